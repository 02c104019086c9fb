"""Opening what is closed, with a reason: whoever runs the hub says why, and those whose it is are told.

The reason is kept in the audit log. It opens what one audience alone may see, in the editor only, for an hour.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Revision

from core.audiences import Viewer, Visible
from core.current_reader import GRANTED
from core.editing.access import missing_tokens

LASTS = timedelta(hours=1)
SESSION = "editor_reasons"
opened = Signal()  # person, thing, tokens and the entry of the log: rooms above tell those whose it is


class ReasonForm(forms.Form):
    """Why somebody who is no member needs to see what is for members."""

    reason = forms.CharField(
        label=_("Why do you need to open it?"),
        help_text=_("The community’s facilitators read this, with your name."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why in a sentence.")},
    )
    asked_by_get = forms.BooleanField(required=False, widget=forms.HiddenInput)


PREFIX = "opening"
OURS = {f"{PREFIX}-{name}" for name in ReasonForm.base_fields} | {"csrfmiddlewaretoken"}


def granted(request: HttpRequest) -> frozenset[str]:
    """The tokens that this session holds for reasons given within the last hour."""
    now = timezone.now().timestamp()
    return frozenset(token for token, until in request.session.get(SESSION, {}).items() if until > now)


def ask(request: HttpRequest, things: Sequence[Any]) -> HttpResponseBase | None:
    """Ask why, once; ``None`` where the answer came with what was to be done, which then goes on.

    What somebody typed into the form that they were about to send stands in the question's form, and goes with it.
    """
    answered = request.method == "POST" and f"{PREFIX}-reason" in request.POST
    form = ReasonForm(request.POST if answered else None, prefix=PREFIX)
    if answered and form.is_valid():
        grant(request, things, form.cleaned_data["reason"])
        if form.cleaned_data["asked_by_get"]:
            return redirect(request.get_full_path())
        return None
    by_get = request.method != "POST" or bool(request.POST.get(f"{PREFIX}-asked_by_get"))
    context = {"form": form, "kept": list(_kept(request)), "by_get": by_get, "asked_by_get": f"{PREFIX}-asked_by_get"}
    return render(request, "core/editing/reason.html", context, status=403)


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in OURS:
            yield from ((name, str(value)) for value in values)


def grant(request: HttpRequest, things: Sequence[Any], reason: str) -> None:
    """Open ``things`` to this session for a while; log it, and tell those whose they are."""
    until = (timezone.now() + LASTS).timestamp()
    kept = {token: end for token, end in request.session.get(SESSION, {}).items() if end > timezone.now().timestamp()}
    for thing in things:
        tokens = missing_tokens(request.user, thing)
        kept |= dict.fromkeys(tokens, until)
        _tell(request.user, thing.content_object if isinstance(thing, Revision) else thing, tokens, reason)
    request.session[SESSION] = kept
    setattr(request.user, GRANTED, getattr(request.user, GRANTED, frozenset()) | frozenset(kept))


def _tell(person: Viewer, thing: object, tokens: frozenset[str], reason: str) -> None:
    data = {"reason": reason, "tokens": sorted(tokens)}
    entry = log(instance=thing, action="core.opened", user=person, data=data)
    if isinstance(thing, Visible):
        opened.send(type(thing), person=person, thing=thing, tokens=tokens, entry=entry)
