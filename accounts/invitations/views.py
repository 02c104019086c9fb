"""The hub team's invitations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import hub_team_only
from accounts.invitations import services
from accounts.invitations.forms import HubInviteForm, InviteForm, may_write_to
from accounts.invitations.listings import invitations_context
from accounts.invitations.models import Invitation
from core.rate_limits import limit, limited, too_many
from people.models import User
from people.requests import SignedInRequest


@login_required
@hub_team_only
@require_safe
def invitations(request: SignedInRequest) -> HttpResponse:
    """Who invited whom, and what became of it."""
    return render(request, "accounts/invitations.html", invitations_context(request))


@login_required
@hub_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite people to the hub, and into a community where one is chosen."""
    form = HubInviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        if refused := sent_too_many(request, form):
            return refused
        services.ask(form.offer(), form.cleaned_data["addresses"], by=request.user)
        count = len(form.cleaned_data["addresses"])
        words = ngettext("One person is invited.", "%(n)s people are invited.", count)
        messages.success(request, words % {"n": count})
        return redirect("invitations")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


def sent_too_many(request: SignedInRequest, form: InviteForm) -> HttpResponse | None:
    """Each address counts, whoever pastes a hundred of them at once."""
    counted = limit("invitations")
    within = [counted.take("person", request.user.pk) for _addressee in form.cleaned_data["addresses"]]
    return None if all(within) else too_many(request, counted.wait("person", request.user.pk))


@login_required
@hub_team_only
@require_POST
@limited("invitations")
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new link. What waited for the hub team's word goes out with it."""
    say_sent_again(request, get_object_or_404(Invitation, pk=pk), by=request.user)
    return redirect("invitations")


@login_required
@hub_team_only
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    say_withdrawn(request, Invitation.objects.filter(pk=pk).first(), by=request.user)
    return redirect("invitations")


def say_sent_again(request: SignedInRequest, invitation: Invitation, by: User) -> None:
    """Send it again, and say what became of that. The words are the same whether anybody has the address."""
    if not may_write_to(invitation.email):
        messages.error(request, _("%(email)s was written to often enough today.") % {"email": invitation.email})
    elif services.send_again(invitation, by):
        words = _("%(email)s was asked once more. A link that was sent before opens nothing now.")
        messages.success(request, words % {"email": invitation.email})
    else:
        messages.info(request, _("This invitation is open no more. The page shows how it stands now."))


def say_withdrawn(request: SignedInRequest, invitation: Invitation | None, by: User) -> None:
    """Take it back, and say so."""
    if invitation is not None and services.withdraw(invitation, by):
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    else:
        messages.info(request, _("This invitation is open no more. The page shows how it stands now."))
