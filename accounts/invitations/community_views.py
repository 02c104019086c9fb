"""Inviting people into a community, by those who facilitate it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.invitations import services
from accounts.invitations.forms import InviteForm
from accounts.invitations.models import Invitation
from accounts.invitations.pasted_addresses import Addressee
from accounts.invitations.permissions import may_vouch
from accounts.invitations.views import say_sent_again, say_withdrawn, sent_too_many
from communities.access import get_where
from communities.choices import Capability
from core.rate_limits import limited
from people.requests import SignedInRequest

WAITS = gettext_lazy(
    "Whoever of them has no account yet gets the e-mail once the hub team says, too, that they work here."
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask people to join. The answer is the same whether anybody signs in with an address."""
    community = get_where(request, slug, Capability.MANAGE_MEMBERS, Capability.INVITE_OUTSIDE)
    form = InviteForm(request.POST or None, by=request.user, community=community)
    if request.method == "POST" and form.is_valid():
        if refused := sent_too_many(request, form):
            return refused
        services.ask(form.offer(), form.cleaned_data["addresses"], by=request.user)
        messages.success(request, _asked(form.cleaned_data["addresses"]))
        kind = form.cleaned_data["kind"]
        if not all(may_vouch(request.user, kind, one.email) for one in form.cleaned_data["addresses"]):
            messages.info(request, WAITS)
        return redirect("communities:members", slug=slug)
    context = {"form": form, "page": community}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


def _asked(addressees: list[Addressee]) -> str:
    if len(addressees) == 1:
        return _("%(email)s is asked to join.") % {"email": addressees[0].email}
    words = ngettext("%(n)s person is asked to join.", "%(n)s people are asked to join.", len(addressees))
    return words % {"n": len(addressees)}


@login_required
@require_POST
@limited("invitations")
def again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once more."""
    community = get_where(request, slug, Capability.MANAGE_MEMBERS)
    say_sent_again(request, get_object_or_404(Invitation, pk=pk, community=community), by=request.user)
    return redirect("communities:members", slug=slug)


@login_required
@require_POST
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    community = get_where(request, slug, Capability.MANAGE_MEMBERS)
    say_withdrawn(request, Invitation.objects.filter(pk=pk, community=community).first(), by=request.user)
    return redirect("communities:members", slug=slug)
