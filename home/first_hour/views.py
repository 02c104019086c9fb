"""The list's own page, what is pressed there, and the link in the test mail."""

import logging
from collections.abc import Callable
from functools import wraps
from smtplib import SMTPException
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.branding import branding
from core.editors import is_hub_team
from core.rate_limits import limited
from home.first_hour import services
from home.first_hour.listings import first_hour
from people.requests import SignedInRequest

logger = logging.getLogger(__name__)
View = Callable[[SignedInRequest], HttpResponse]


def for_the_hub_team(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """404 for everybody else."""

    @login_required
    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        if not is_hub_team(request.user):
            raise Http404
        return view(cast("SignedInRequest", request))

    return cast("Callable[[HttpRequest], HttpResponse]", wrapper)


@require_safe
@for_the_hub_team
def page(request: SignedInRequest) -> HttpResponse:
    """Every step, done or open."""
    return render(request, "home/first_hour/page.html", {"first_hour": first_hour()})


@require_POST
@for_the_hub_team
def confirm(request: SignedInRequest) -> HttpResponse:
    """Somebody confirms a step, or takes that back."""
    name = request.POST.get("step", "")
    if "undo" in request.POST:
        services.take_back(name)
    elif not services.confirm(name, request.user):
        raise Http404
    return redirect("home:first_hour")


@require_POST
@for_the_hub_team
def aside(request: SignedInRequest) -> HttpResponse:
    """The list leaves the front page, or comes back to it."""
    if "back" in request.POST:
        services.call_back()
        messages.success(request, _("The list is on the front page again."))
    else:
        services.put_aside(request.user)
        messages.success(request, _("The list is put aside. In the editor it stands under Settings."))
    return redirect("home:first_hour")


@require_POST
@for_the_hub_team
@limited("test_mails")
def test_mail(request: SignedInRequest) -> HttpResponse:
    """Send one to whoever asks. What the mail server says is for the hub team to read."""
    try:
        services.send_test_mail(request.user)
    except (OSError, SMTPException, ValueError) as error:
        logger.exception("The test mail was not sent.")
        said = _("The e-mail could not be sent. The mail server, or the way to it, says: %(error)s")
        messages.error(request, said % {"error": _reason(error)})
    else:
        said = _("An e-mail is on its way to %(address)s, from %(sender)s. Open the link in it.")
        messages.success(request, said % {"address": request.user.email, "sender": branding().sender_address})
    return redirect("home:first_hour")


def _reason(error: Exception) -> str:
    """What an error says, without the bytes that mail servers answer in."""
    answers = error.recipients.values() if hasattr(error, "recipients") else [error.args or (error,)]
    parts = (part for answer in answers for part in answer)
    words = (part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in parts)
    return " ".join(" ".join(words).split())[:300]


@require_safe
@never_cache
def test_mail_arrived(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever opens the link of a test mail, signed in or not, shows that it came."""
    if not services.test_mail_arrived(key):
        raise Http404
    return render(request, "home/first_hour/arrived.html", {"sender": branding().sender_address})
