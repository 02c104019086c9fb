"""Where somebody is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.sessions import services
from accounts.sessions.listings import sessions_context
from people.requests import SignedInRequest


@login_required
@require_safe
def own_sessions(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/sessions.html", sessions_context(request))


@login_required
@require_POST
def sign_out_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of one's own; that of somebody else is not there."""
    if services.end_one(request.user, pk):
        messages.success(request, _("Signed out there."))
    else:
        messages.info(request, _("That session had ended already."))
    return redirect("account_sessions")


@login_required
@require_POST
def sign_out_elsewhere(request: SignedInRequest) -> HttpResponse:
    ended = services.end_others(request.user, request.session.session_key)
    said = ngettext("Signed out of one other session.", "Signed out of %(n)s other sessions.", ended) % {"n": ended}
    messages.success(request, said if ended else _("You are signed in here only."))
    return redirect("account_sessions")
