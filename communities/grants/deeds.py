"""Asking for grants, by stewards, and deciding about them, by the hub team."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from communities.access import get_community, get_for_hub_team
from communities.choices import Capability
from communities.grants import services
from communities.grants.forms import (
    ExtendGrantForm,
    GiveForm,
    GrantForm,
    RefuseForm,
    RequestGrantForm,
    WithdrawGrantForm,
)
from communities.grants.services import CannotGrant
from communities.grants.views import get_grant
from communities.models import CommunityPage, Grant
from communities.rights import NotAllowed, can
from core.editors import is_hub_team
from core.text import Words
from people.handover import pk_of
from people.requests import SignedInRequest

TEMPLATE = "communities/grants/deed.html"


def get_undecided(request: SignedInRequest, pk: int) -> Grant:
    """For the hub team; 404 for everybody else."""
    if not is_hub_team(request.user):
        raise Http404
    return get_grant(request, pk)


def answered(request: SignedInRequest, form: forms.Form, deed: Callable[[], Grant], said: Words) -> HttpResponse | None:
    """What follows a form that was sent: the page of the grant, or nothing where something stands in the way."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        grant = deed()
    except (CannotGrant, NotAllowed) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, str(said))
    return redirect(grant)


def shown(request: SignedInRequest, form: forms.Form, community: CommunityPage, **words: Any) -> HttpResponse:
    """The form, with what was typed."""
    context = {"form": form, "page": community, **words}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)


# -- asking ------------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """A steward asks the organisation for something."""
    community = get_community(request, slug)
    if not can(request.user, Capability.MANAGE_MEMBERS, community).is_own:
        raise Http404
    form = RequestGrantForm(request.POST or None, initial=_extended(request, community))

    def deed() -> Grant:
        return services.ask(community, request.user, purpose=form.cleaned_data["purpose"], **form.what)

    response = answered(request, form, deed, _("You asked for it. The hub team is told, and you hear what is decided."))
    return response or shown(
        request,
        form,
        community,
        title=_("Ask for a grant"),
        lede=_("What may your community do that it may not do yet? The organisation decides."),
        button=_("Ask for it"),
    )


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A steward takes back what their community asked for."""
    grant = get_grant(request, pk)
    if not can(request.user, Capability.MANAGE_MEMBERS, grant.community).is_own:
        raise Http404
    try:
        services.take_back(grant, request.user)
    except (CannotGrant, NotAllowed) as refusal:
        messages.error(request, str(refusal))
        return redirect(grant)
    messages.success(request, _("You took it back. Nobody decides about it, and you can ask for it again."))
    return redirect(grant.community.url)


def _extended(request: SignedInRequest, community: CommunityPage) -> dict[str, Any]:
    """What stands in the form of whoever asks that a grant of this community goes on."""
    key = pk_of(request.GET.get("extends", ""))
    grant = Grant.objects.filter(pk=key, community=community).exclude(starts=None).select_related("role").first()
    if grant is None:
        return {}
    return {"capability": grant.capability, "role": grant.role.slug if grant.role else None, "asset": grant.asset}


# -- deciding ----------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write down a decision that nobody asked for on the hub."""
    community = get_for_hub_team(request, slug)
    form = GiveForm(request.POST or None, initial={"first": timezone.localdate()})

    def deed() -> Grant:
        return services.give(community, request.user, decision=form.decision, terms=form.terms, **form.what)

    return answered(request, form, deed, GRANTED) or shown(
        request,
        form,
        community,
        title=_("Record a grant"),
        lede=_("What did the organisation decide? It holds from the first day to the last."),
        button=_("Grant it"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    asked = get_undecided(request, pk)
    form = GrantForm(request.POST or None, initial={"first": timezone.localdate()})
    return answered(
        request, form, lambda: services.grant(asked, request.user, form.decision, form.terms), GRANTED
    ) or shown(
        request, form, asked.community, grant=asked, title=_("Grant it"), lede=asked.purpose, button=_("Grant it")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    asked = get_undecided(request, pk)
    form = RefuseForm(request.POST or None)

    def deed() -> Grant:
        return services.refuse(asked, request.user, form.decision, form.cleaned_data["reason"])

    return answered(request, form, deed, _("It is refused, and those who asked are told why.")) or shown(
        request, form, asked.community, grant=asked, title=_("Refuse it"), lede=asked.purpose, button=_("Refuse it")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    given = get_undecided(request, pk)
    form = ExtendGrantForm(request.POST or None)

    def deed() -> Grant:
        return services.extend(given, request.user, form.decision, form.until)

    return answered(request, form, deed, _("It goes on for longer.")) or shown(
        request, form, given.community, grant=given, title=_("Extend it"), lede=given.conditions, button=_("Extend it")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    given = get_undecided(request, pk)
    form = WithdrawGrantForm(request.POST or None)

    def deed() -> Grant:
        return services.withdraw(given, request.user, form.decision, form.cleaned_data["reason"])

    return answered(request, form, deed, _("It is withdrawn, and opens nothing from now on.")) or shown(
        request,
        form,
        given.community,
        grant=given,
        title=_("Withdraw it"),
        lede=_("It ends at once, also for whoever is in the middle of using it."),
        button=_("Withdraw it"),
        is_grave=True,
    )


GRANTED = gettext_lazy("It is granted. The stewards are told, and it stands in the register.")
