"""What was kept: read, copied, sent to those who publish, or thrown away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.ended_rights import suspended_right, why_ended
from communities.kept_texts import services
from communities.kept_texts.access import get_own, get_readable
from communities.kept_texts.publishers import capabilities_of
from people.requests import SignedInRequest


@login_required
@require_safe
def kept_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was typed, why it could not be saved, and what to do."""
    text = get_readable(request, pk)
    is_mine = text.person_id == request.user.pk
    context = {"text": text, "is_mine": is_mine}
    if is_mine:
        capabilities = capabilities_of(text.model)
        because, ask = why_ended(request.user, capabilities, text.community)
        comes_back = bool(suspended_right(request.user, capabilities, text.community))
        may_be_sent = text.sent_at is None and services.may_be_sent(text)
        context |= {"because": because, "ask": ask, "may_be_sent": may_be_sent, "comes_back": comes_back}
    return render(request, "communities/kept_text.html", context)


@login_required
@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    text = get_own(request, pk)
    if services.send(text):
        messages.success(request, _("Sent. Those who publish it can read it now."))
    else:
        messages.error(request, _("Nobody publishes it now, so it was not sent. It stays here for you."))
    return redirect(text)


@login_required
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    services.discard(get_own(request, pk))
    messages.success(request, _("Thrown away."))
    return redirect("/")
