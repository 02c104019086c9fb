"""What a role asks of whoever holds it, what changed since they answered, and their answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from communities.models import CommunityPage, Holding, Membership, Responsibilities
from communities.roles.forms import SuccessorForm
from communities.services import CannotLeave
from communities.services.responsibilities import answer
from people.models import User
from people.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One line of what a role asks: as it was, new, or taken out."""

    text: str
    is_new: bool = False
    is_gone: bool = False


def what_changed(before: str, after: str) -> Iterator[RequirementLine]:
    """The lines of ``after``, with what is new in them and what was taken out."""
    for line in ndiff(before.splitlines(), after.splitlines()):
        if not line.startswith("?"):
            yield RequirementLine(line[2:], is_new=line.startswith("+"), is_gone=line.startswith("-"))


# -- who has not accepted ----------------------------------------------------------------------------------------------
def with_latest() -> Any:
    """Roles of members, each with the ``latest`` version of what it asks."""
    latest = Responsibilities.objects.filter(role=OuterRef("role")).order_by("-number").values("pk")[:1]
    found = Holding.objects.of_members().annotate(latest=Subquery(latest))
    return found.filter(latest__isnull=False).select_related("role", "membership__community", "membership__person")


def unanswered_by(person: User) -> QuerySet[Holding]:
    """What ``person`` is asked to accept."""
    asked = with_latest().filter(Q(answered=None) | ~Q(answered=F("latest")), membership__person=person)
    found: QuerySet[Holding] = asked.filter(membership__community__live=True).order_by("since", "pk")
    return found


def not_accepted_in(community: CommunityPage) -> QuerySet[Holding]:
    """For the stewards alone: whoever has not answered, or said no."""
    lacking = Q(answered=None) | ~Q(answered=F("latest")) | Q(accepts=False)
    return (
        with_latest().filter(lacking, membership__community=community).order_by("membership__person__sort_name", "pk")
    )


# -- the answer --------------------------------------------------------------------------------------------------------
class AnswerRoleForm(SuccessorForm):
    """Yes, or no with a reason, and with a name where there would be fewer than two who look after the community."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("If you do not accept: why?"),
        help_text=gettext_lazy(
            "The community’s facilitators read it, and nobody else. The role opens nothing until you accept it."
        ),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("version", "reason", "successor")

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, membership=membership, **kwargs)
        if "successor" in self.fields:
            self.fields["successor"].required = False  # only where they do not accept
            self.fields["successor"].label = _("If you do not accept: who looks after it in your place?")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.data.get("answer") == "no" and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why, so that the facilitators can do something about it."))
        return values


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read what a role of one's own asks, and accept it or say why not."""
    mine = with_latest().select_related("answered").filter(membership__person=request.user)
    holding: Any = get_object_or_404(mine.filter(membership__community__live=True), pk=pk)
    latest = Responsibilities.objects.get(pk=holding.latest)
    form = AnswerRoleForm(
        request.POST if request.method == "POST" else None,
        membership=holding.membership,
        initial={"version": latest.pk},
    )
    if form.is_valid():
        try:
            is_kept = form.cleaned_data["version"] == latest.pk and _answers(holding, latest, form)
        except CannotLeave as refusal:
            form.add_error("successor" if "successor" in form.fields else None, str(refusal))
        else:
            return _answered(request, pk, is_kept=is_kept)
    before = holding.answered.text if holding.answered else ""
    context = {
        "holding": holding,
        "page": holding.membership.community,
        "lines": list(what_changed(before if holding.answered else latest.text, latest.text)),
        "has_changed": holding.answered is not None and holding.answered != latest,
        "is_accepted": holding.answered == latest and holding.accepts,
        "is_declined": holding.answered == latest and holding.is_declined,
        "form": form,
    }
    return render(request, "communities/accept_role.html", context, status=422 if form.errors else 200)


def _answers(holding: Holding, latest: Responsibilities, form: AnswerRoleForm) -> bool:
    says_no = form.data.get("answer") == "no"
    reason = form.cleaned_data["reason"].strip() if says_no else ""
    return answer(holding, latest, reason, form.cleaned_data.get("successor"))


def _answered(request: SignedInRequest, pk: int, *, is_kept: bool) -> HttpResponse:
    if is_kept:
        messages.success(request, _("Your answer is kept."))
        return redirect("/")
    messages.info(request, _("What the role asks has changed meanwhile. This is how it stands now."))
    return redirect("communities:accept_role", pk=pk)
