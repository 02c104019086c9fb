"""Who leaves, what they hand over, and what came to oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from accounts.leaving import services
from accounts.leaving.access import get_decided, get_leaver
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.leaving.forms import LastDayForm
from accounts.leaving.listings import (
    HandoverRow,
    chosen,
    groups_of,
    handover_context,
    leaving_context,
    people_called,
    received_context,
)
from accounts.leaving.permissions import may_bring_back
from core.editors import is_hub_team
from core.rate_limits import limited
from people.handover import CannotGive
from people.models import User
from people.requests import SignedInRequest


@login_required
@require_safe
def leaving(request: SignedInRequest) -> HttpResponse:
    """Who leaves and who has left, for the hub team."""
    if not is_hub_team(request.user):
        raise Http404
    return render(request, "accounts/leaving.html", leaving_context(request))


@login_required
@require_safe
def received(request: SignedInRequest) -> HttpResponse:
    """What others handed over to the reader."""
    return render(request, "accounts/received.html", received_context(request))


@login_required
@require_safe
def handover(request: SignedInRequest, slug: str) -> HttpResponse:
    """What somebody looks after, and who is to have it. A look by others is an entry in the log."""
    person = get_leaver(request, slug)
    if person.pk != request.user.pk:
        log(instance=person, action="accounts.handover_read", user=request.user)
    return _page(request, person, LastDayForm(before=person.leaves_on))


def _page(request: SignedInRequest, person: User, form: LastDayForm) -> HttpResponse:
    context = {**handover_context(request, person), "form": form}
    return render(request, "accounts/handover.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
@limited("suggestions", methods=("GET",))
def successors(request: SignedInRequest, slug: str) -> JsonResponse:
    """People who could take something over, while their name is typed."""
    person = get_leaver(request, slug)
    found = people_called(request.GET.get("q", ""), request.user, person)
    offered = [{"title": str(one), "label": one.job_title, "url": _address(person, one)} for one in found]
    said = ngettext("%(count)d person.", "%(count)d people.", len(found)) % {"count": len(found)}
    return JsonResponse({"suggestions": offered, "said": said if found else _("Nobody is called so.")})


@login_required
@require_POST
def give(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give one thing, or all of a kind, to the person who was chosen."""
    person = get_leaver(request, slug)
    to = chosen(request.POST.get("to", ""), request.user, person)
    if to is None:
        messages.error(request, _("Choose who is to have it first."))
        return redirect("handover", slug=slug)
    what, key = request.POST.get("what", ""), request.POST.get("key", "")
    mine = {row.key: row for group in groups_of(person, request.user) if group.name == what for row in group.rows}
    wanted = [row for row in mine.values() if key in {"", row.key}]
    given = sum(_was_given(request, person, what, row, to) for row in wanted)
    if given:
        words = ngettext("%(person)s has it now.", "%(person)s has these %(count)d now.", given)
        messages.success(request, words % {"person": to, "count": given})
    elif not wanted:
        messages.error(request, _("Somebody else has this by now."))
    return redirect(f"{_address(person, to)}#{what}" if what else _address(person, to))


def _was_given(request: SignedInRequest, person: User, what: str, row: HandoverRow, to: User) -> bool:
    try:
        services.give(person, what, row.key, to, request.user)
    except CannotGive as refusal:
        messages.error(request, str(refusal))
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def last_day(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set somebody's last day."""
    person = get_decided(request, slug)
    if request.method != "POST":  # a form that was sent back, and is loaded again
        return redirect("handover", slug=slug)
    form = LastDayForm(request.POST, before=person.leaves_on)
    if form.is_valid():
        try:
            services.plan(person, form.cleaned_data["leaves_on"], request.user)
        except services.CannotSwitchOff as refusal:
            form.add_error("leaves_on", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("handover", slug=slug)
    return _page(request, person, form)


@login_required
@require_POST
def switch_off(request: SignedInRequest, slug: str) -> HttpResponse:
    """Somebody is here no more, from now on."""
    person = get_decided(request, slug)
    try:
        services.switch_off(person, SwitchContext(SwitchedBy.SCREEN, request.user))
    except services.CannotSwitchOff as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s’s account is switched off.") % {"person": person})
    return redirect("handover", slug=slug)


@login_required
@require_POST
def bring_back(request: SignedInRequest, slug: str) -> HttpResponse:
    """Somebody is here again."""
    person = get_decided(request, slug)
    if not may_bring_back(request.user, person):
        raise Http404
    services.bring_back(person, SwitchContext(SwitchedBy.SCREEN, request.user))
    messages.success(request, _("%(person)s is back. What was paused goes on.") % {"person": person})
    return redirect("handover", slug=slug)


@login_required
@require_POST
def let_the_rest_go(request: SignedInRequest, slug: str) -> HttpResponse:
    """Nobody is named for the rest."""
    person = get_decided(request, slug)
    services.let_the_rest_go(person, request.user)
    messages.success(request, _("The hand-over is done. Whoever sees to the rest is told."))
    return redirect("handover", slug=slug)


def _address(person: User, to: User) -> str:
    return f"{reverse('handover', args=[person.slug])}?{urlencode({'to': to.slug})}"
