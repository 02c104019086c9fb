"""The inbox of whoever asks, and how word reaches them."""

from datetime import datetime
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_community
from communities.permissions import membership_of
from core.numbers import LARGEST
from core.parameters import parameter
from core.tags import has_it
from notifications import listings, services
from notifications.choices import NoticeLevel
from notifications.forms import PreferencesForm
from notifications.models import Happening, Preferences
from notifications.shown import shown
from notifications.wording import WordedNotice, put_in_words
from people.models import User

PREFETCHED = "prefetch"  # by a browser that guesses: nobody has opened anything yet
DIGITS = 18  # of one that any hub reaches


@login_required
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What is new for whoever asks, and what was."""
    context = listings.inbox_context(request, _reader(request))
    context["pieces"] = shown(context["matters"])
    context["marked"] = _moment(parameter(request, "marked"))
    return render(request, "notifications/inbox.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def number(request: HttpRequest) -> HttpResponse:
    """How much is new, for the script that asks now and then. It ends by itself for who is not signed in any more."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    new = listings.number_for(request, request.user)
    tag = f'"{request.user.pk}-{new}"'
    if has_it(request, tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    return JsonResponse({"new": new, "shown": listings.shown(new), "said": listings.said(new)}, headers={"ETag": tag})


@login_required
@require_safe
@never_cache
def go_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads. It is read from then on."""
    told = get_told(request, pk)
    if PREFETCHED not in request.headers.get("Sec-Purpose", "") and request.method == "GET":
        services.read(_reader(request), told.happening)
    return redirect(told.words.url)


def get_told(request: HttpRequest, pk: int) -> WordedNotice:
    """What happened, in words for whoever asks, or 404 where it is not for them, or no longer."""
    reader = _reader(request)
    mine = Happening.objects.concerning(reader).select_related("actor").filter(pk=min(pk, LARGEST))
    told = put_in_words(reader, mine)
    if not told:
        raise Http404
    return told[0]


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read that stood in the inbox when its page was made."""
    up_to = request.POST.get("up_to", "")
    if not up_to.isdecimal() or len(up_to) > DIGITS:
        return redirect("notifications:inbox")
    moment = services.read_all(_reader(request), int(up_to))
    return redirect(f"{reverse('notifications:inbox')}?{urlencode({'marked': moment.isoformat()})}")


@login_required
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take the marking of one moment back."""
    if moment := _moment(request.POST.get("from", "")):
        services.take_back(_reader(request), moment)
        messages.success(request, _("New again."))
    return redirect("notifications:inbox")


@login_required
@require_POST
def set_level(request: HttpRequest, slug: str) -> HttpResponse:
    """How much one hears of a community that one is a member of."""
    community = get_community(request, slug)
    membership = membership_of(request.user, community)
    if membership is None or not membership.is_active:
        raise Http404
    level = request.POST.get("level", "")
    if level in NoticeLevel.values:
        services.set_level(_reader(request), community, NoticeLevel(level))
        messages.success(request, listings.says(NoticeLevel(level)) % {"community": community.title})
    return redirect("notifications:settings" if request.POST.get("from") == "settings" else community.url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    """When one gets e-mails, and how much one hears of each community."""
    reader = _reader(request)
    mine = Preferences.objects.filter(person=reader).first() or Preferences(person=reader)
    form = PreferencesForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from the next e-mail on."))
        return redirect("notifications:settings")
    return render(request, "notifications/settings.html", {"form": form, **listings.settings_context(reader)})


def _reader(request: HttpRequest) -> User:
    return cast("User", request.user)


def _moment(text: str) -> datetime | None:
    """A moment from an address or a form; ``None`` for what is none."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
