"""Asking to be named as somebody who knows about a topic, and answering it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.claims import listings, services
from communities.claims.forms import AnswerClaimForm, RequestClaimForm, WithdrawClaimForm
from communities.claims.permissions import answerable_by, may_answer, seen_by
from communities.claims.services import CannotClaim
from communities.models import Claim
from core.rate_limits import limited
from people.requests import SignedInRequest

UNPROCESSABLE = 422


def get_claim(request: SignedInRequest, pk: int) -> Claim:
    """One's own claim, or one that the viewer answers; 404 for everybody else."""
    claim: Claim = get_object_or_404(seen_by(request.user).for_listing(), pk=pk)
    return claim


def _page(request: SignedInRequest, name: str, form: forms.Form | None = None, **context: Any) -> HttpResponse:
    """The page, with what was typed."""
    context = {
        "form": form,
        "trail": [{"title": _("Named as somebody who knows"), "url": reverse("claims:mine")}],
        **context,
    }
    status = UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200
    return render(request, f"communities/claims/{name}.html", context, status=status)


def _posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What I asked to be named for."""
    return _page(request, "mine", **listings.mine_context(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("claims")
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask to be named for a topic of a community of mine."""
    known = listings.ask_context(request.user)
    form = RequestClaimForm(_posted(request), **known)
    if form.is_bound and form.is_valid():
        community, topic = form.about
        try:
            said = form.cleaned_data
            claim = services.ask(request.user, community, topic, said["words"], said.get("things", ()))
        except CannotClaim as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You hear what is said to it."))
            return redirect(claim)
    return _page(request, "ask", form, to_ask=known["to_ask"])


@login_required
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for my answer."""
    return _page(request, "waiting", **listings.waiting_context(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """One claim with what shows it; whoever may answers it here."""
    shown = get_claim(request, pk)
    answers = may_answer(request.user, shown)
    if request.method == "POST" and not answers:
        raise Http404
    form = AnswerClaimForm(_posted(request))
    if form.is_bound and form.is_valid():
        try:
            services.answer(shown, request.user, form.cleaned_data["reason"].strip(), is_yes=form.is_yes)
        except CannotClaim as refusal:
            form.add_error(None, str(refusal))
            shown = get_claim(request, pk)
        else:
            messages.success(request, _("They are named.") if form.is_yes else _("They are told why not."))
            return redirect(shown)
    context = listings.claim_context(shown, request.user)
    return _page(
        request, "claim", form, answers=answers, asks=answers and (shown.is_waiting or form.is_bound), **context
    )


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what nobody has answered."""
    shown: Claim | None = Claim.objects.for_listing().filter(pk=pk, person=request.user).first()
    if shown is None:  # pressed twice: nothing is left
        return redirect("claims:mine")
    try:
        services.take_back(shown, request.user)
    except CannotClaim as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("You took it back."))
    return redirect("claims:mine")


@login_required
@require_POST
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was looked at again, and holds."""
    shown = get_object_or_404(answerable_by(request.user).for_listing(), pk=pk)
    try:
        services.renew(shown, request.user)
    except CannotClaim as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They stay named for two years."))
    return redirect(shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let it count no more: one's own, or somebody's that the viewer answers."""
    shown = get_claim(request, pk)
    is_mine = shown.person_id == request.user.pk
    form = WithdrawClaimForm(_posted(request), is_mine=is_mine)
    if form.is_bound and form.is_valid():
        try:
            services.withdraw(shown, request.user, form.cleaned_data.get("reason", "").strip())
        except CannotClaim as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It counts no more."))
            return redirect(shown)
    return _page(request, "withdraw", form, claim=shown, is_mine=is_mine)
