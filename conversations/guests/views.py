"""Guests of one conversation: for those who invite them, those who answer for them, and themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.invitations.views import sent_too_many
from conversations.access import get_part, home_of
from conversations.guests import services
from conversations.guests.forms import GuestForm, KeepForm
from conversations.guests.listings import rows_of
from conversations.models import Conversation, Guest
from conversations.permissions import TalkRights
from conversations.services import CannotPost
from core.numbers import LARGEST
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is invited, and the form to invite more."""
    found, part = get_part(request, pk)
    rows = rows_of(found, part)
    if not part.invites and not any(row.may_see_to for row in rows):
        raise Http404
    form = GuestForm(request.POST or None, conversation=found, part=part, by=request.user)
    if request.method == "POST" and form.is_valid():
        if refused := sent_too_many(request, form):
            return refused
        try:
            asked = services.invite(found, form.offer(), form.cleaned_data["addresses"], request.user)
        except CannotPost as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_who(request, asked, {one.email for one in form.cleaned_data["addresses"]})
            return redirect("conversations:guests", found.pk)
    context = {"conversation": found, "page": home_of(found), "part": part, "rows": rows, "form": form}
    status = CONFLICT if form.non_field_errors() else UNPROCESSABLE if form.errors else 200
    return render(request, "conversations/guests/page.html", context, status=status)


def _get_seen_to(request: SignedInRequest, pk: int, guest: int) -> tuple[Conversation, Guest, TalkRights]:
    """A guest whom this viewer sees to, or 404."""
    found, part = get_part(request, pk)
    mine: Guest = get_object_or_404(
        Guest.objects.filter(conversation=found).select_related("person"), pk=min(guest, LARGEST)
    )
    if not services.may_see_to(mine, part):
        raise Http404
    mine.conversation = found
    return found, mine, part


def _say_who(request: SignedInRequest, asked: list[Guest], addresses: set[str]) -> None:
    """Who is invited, and who was a moment ago, by whoever was quicker."""
    if asked:
        words = _("They are invited. They read this conversation, and nothing else of the community.")
        messages.success(request, words)
    if known := sorted(addresses - {guest.email for guest in asked}):
        words = _("Invited a moment ago already, so nothing was sent again: %(who)s. To send it anew, wait a while.")
        messages.info(request, words % {"who": ", ".join(known)})


@login_required
@require_POST
def end(request: SignedInRequest, pk: int, guest: int) -> HttpResponse:
    """They read it no more."""
    found, mine, _part = _get_seen_to(request, pk, guest)
    services.end(mine, request.user)
    messages.success(request, _("%(who)s reads it no more.") % {"who": mine.name})
    return redirect("conversations:guests", found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: SignedInRequest, pk: int, guest: int) -> HttpResponse:
    """They stay until another day."""
    found, mine, _part = _get_seen_to(request, pk, guest)
    form = KeepForm(request.POST or None, initial={"until": mine.until})
    if request.method == "POST" and form.is_valid():
        try:
            services.keep(mine, form.cleaned_data["until"], request.user)
        except CannotPost as refusal:
            form.add_error(None, str(refusal))
        else:
            until = date_format(form.cleaned_data["until"], "j F Y")
            messages.success(request, _("%(who)s stays until %(day)s.") % {"who": mine.name, "day": until})
            return redirect("conversations:guests", found.pk)
    context = {"conversation": found, "page": home_of(found), "guest": mine, "form": form}
    status = CONFLICT if form.non_field_errors() else UNPROCESSABLE if form.errors else 200
    return render(request, "conversations/guests/keep.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go, as a guest. Asked first: there is no way back but another invitation."""
    if request.method == "POST" and services.has_left(request.user, pk):  # it was pressed twice
        return _gone(request)
    found, part = get_part(request, pk)
    mine = Guest.objects.going_on().filter(conversation=found, person=request.user).first()
    if mine is None or not part.is_guest(found):
        raise Http404
    if request.method == "POST":
        mine.conversation = found
        services.end(mine, request.user)
        return _gone(request)
    return render(request, "conversations/guests/leave.html", {"conversation": found})


def _gone(request: SignedInRequest) -> HttpResponse:
    messages.success(request, _("You are no guest there any more. What you wrote stays."))
    return redirect("conversations:everywhere")
