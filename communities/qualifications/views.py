"""One's own qualifications, and verifying those of others."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.models import Award, Qualification
from communities.qualifications import listings, services
from communities.qualifications.forms import AwardDecisionForm, EvidenceForm, RecordForm, WithdrawAwardForm
from communities.qualifications.permissions import may_verify, seen_by
from communities.qualifications.services import CannotAward
from core.editors import is_hub_team
from people.requests import SignedInRequest


def get_award(request: SignedInRequest, pk: int) -> Award:
    """One's own award, or one that the viewer verifies; 404 for everybody else."""
    award: Award = get_object_or_404(seen_by(request.user).select_related("person", "qualification"), pk=pk)
    return award


def _form(request: SignedInRequest, form: forms.Form, template: str, **context: Any) -> HttpResponse:
    """The form, with what was typed."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"communities/qualifications/{template}.html", {"form": form, **context}, status=status)


# -- one's own ---------------------------------------------------------------------------------------------------------
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What somebody has shown, what their roles demand, and what is suspended meanwhile."""
    return render(request, "communities/qualifications/mine.html", listings.mine_context(request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give evidence of one's own."""
    qualification = get_object_or_404(Qualification, slug=slug)
    form = EvidenceForm(request.POST if request.method == "POST" else None, qualification=qualification)
    if form.is_bound and form.is_valid():
        try:
            award = services.give(request.user, qualification, form.said)
        except CannotAward as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your evidence waits to be verified. You hear what is said to it."))
            return redirect(award)
    return _form(request, form, "give", qualification=qualification, trail=_trail())


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back evidence that nobody has looked at."""
    award = get_object_or_404(Award.objects.select_related("person"), pk=pk, person=request.user)
    try:
        services.take_back(award, request.user)
    except CannotAward as refusal:
        messages.error(request, str(refusal))
        return redirect(award)
    messages.success(request, _("You took it back."))
    return redirect("qualifications:mine")


# -- verifying ---------------------------------------------------------------------------------------------------------
@login_required
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for this viewer, if anything does."""
    return render(request, "communities/qualifications/waiting.html", listings.waiting_context(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def award(request: SignedInRequest, pk: int) -> HttpResponse:
    """One award, with its evidence; whoever may verifies it here, or says why not."""
    shown = get_award(request, pk)
    verifies = may_verify(request.user, shown)
    if request.method == "POST" and not verifies:
        raise Http404
    form = AwardDecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            if form.says_no:
                services.refuse(shown, request.user, form.cleaned_data["reason"].strip())
            else:
                services.verify(shown, request.user)
        except CannotAward as refusal:
            form.add_error(None, str(refusal))
            shown = get_award(request, pk)
        else:
            messages.success(request, _("They are told why not.") if form.says_no else _("It counts from now on."))
            return redirect("qualifications:award", pk=pk)
    context = {
        **listings.award_context(shown, request.user),
        "verifies": verifies,
        "shows_form": verifies and (shown.is_waiting or form.is_bound),
        "trail": _trail(),
    }
    return _form(request, form, "award", **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """End somebody's award before its time."""
    shown = get_award(request, pk)
    if not may_verify(request.user, shown):
        raise Http404
    form = WithdrawAwardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.withdraw(shown, request.user, form.cleaned_data["reason"].strip())
        except CannotAward as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It counts no more. Roles that demand it are suspended."))
            return redirect(shown)
    return _form(request, form, "withdraw", award=shown, trail=_trail())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedInRequest) -> HttpResponse:
    """The hub team writes down what it has seen of somebody else; 404 for everybody else."""
    if not is_hub_team(request.user):
        raise Http404
    form = RecordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.record(form.person, form.cleaned_data["qualification"], form.said, request.user)
        except CannotAward as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is recorded, and counts."))
            return redirect(made)
    return _form(request, form, "record", trail=_trail())


def _trail() -> list[dict[str, str]]:
    return [{"title": _("My qualifications"), "url": reverse("qualifications:mine")}]
