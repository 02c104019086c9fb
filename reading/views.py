"""Saving a thing, what one saved and read, and what one does not want to be shown.

Every one of these is about whoever asks: no address names a person.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reading import services
from reading.listings import history_context, saved_context
from reading.lookup import get_thing, seen_by
from reading.retention import may_be_kept

PREFETCHED = "prefetch"  # by a browser that guesses: nobody has opened anything yet


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What is kept of what one read, and why."""
    return render(request, "reading/history.html", history_context(request))


@login_required
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """What one put aside for later."""
    return render(request, "reading/saved.html", saved_context(request))


# -- saving ------------------------------------------------------------------------------------------------------------
@login_required
@require_POST
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Put a thing aside, and go on where one was."""
    thing = get_thing(request.user, key)
    try:
        services.save(request.user, key)
    except services.TooManySaved as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved. You find it under “What you saved”, on your page."))
    return redirect("reading:saved" if request.POST.get("from") == "list" else thing.url)


@login_required
@require_POST
def unsave(request: HttpRequest, key: str) -> HttpResponse:
    """Take a thing off the list, also one that is no longer there."""
    services.unsave(request.user, key)
    thing = seen_by(request.user, [key]).get(key)
    if thing is None or request.POST.get("from") == "list":
        return redirect(f"{reverse('reading:saved')}?{urlencode({'removed': key})}")
    messages.success(request, _("Removed from your list."))
    return redirect(thing.url)


@login_required
@require_POST
def unsave_gone(request: HttpRequest) -> HttpResponse:
    """Take everything off the list that is gone or no longer for whoever asks."""
    services.unsave_gone(request.user)
    messages.success(request, _("Your list holds only what is there for you."))
    return redirect("reading:saved")


# -- what one read -----------------------------------------------------------------------------------------------------
@require_POST
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """Note that one opened a thing. Its page tells this once it is being looked at, and waits for no answer."""
    if request.user.is_authenticated and PREFETCHED not in request.headers.get("Sec-Purpose", ""):
        services.opened(request.user, get_thing(request.user, key).key)
    return HttpResponse(status=204)


@login_required
@require_POST
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Remove one thing from what one read."""
    services.forget(request.user, key)
    messages.success(request, _("Removed from what you read."))
    return redirect("reading:history")


@login_required
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Remove all that one read, in one press."""
    services.clear(request.user)
    messages.success(request, _("The list of what you read is cleared."))
    return redirect("reading:history")


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keep what one reads from now on, or stop and remove it."""
    on = request.POST.get("keep") == "yes" and may_be_kept()
    services.keep_history(request.user, on=on)
    said = _("What you read is kept from now on.") if on else _("What you read is no longer kept.")
    messages.success(request, said)
    return redirect("reading:history")


# -- for you -----------------------------------------------------------------------------------------------------------
@login_required
@require_POST
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    """Do not show a thing again, and offer to take that back."""
    services.dismiss(request.user, get_thing(request.user, key).key)
    return redirect(front(dismissed=key))


@login_required
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Take a “not this” back, where it was said or in the list of all of them."""
    services.restore(request.user, key)
    if request.POST.get("from") != "list":
        return redirect(front())
    messages.success(request, _("It can appear on your front page again."))
    return redirect("reading:history")


@login_required
@require_POST
def restore_all(request: HttpRequest) -> HttpResponse:
    """Take every “not this” back."""
    services.restore_all(request.user)
    messages.success(request, _("Everything can appear on your front page again."))
    return redirect("reading:history")


def front(**said: str) -> str:
    """The place on the front page where things stand for whoever looks at it."""
    return f"{reverse('wagtail_serve', args=[''])}{'?' if said else ''}{urlencode(said)}#for-you"
