"""The parts of the design system on one page, each with a sample: what every page here is set from."""

import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from design.templatetags.art import art_url

FILE = Path(__file__).with_suffix(".toml")
FROM_TODAY = re.compile(r"([+-]\d+) (\d\d):(\d\d)")
FROM_NOW = re.compile(r"now([+-]\d+)")


class GalleryForm(forms.Form):
    """A form with one of each kind of field."""

    subject = forms.CharField(
        label=_("What is your surgery about?"),
        help_text=_("As you’d say it on the doorstep. “Old boilers”, not “energy efficiency measures”."),
    )
    day = forms.DateField(label=_("Which day?"), error_messages={"invalid": _("Choose a day that is still to come.")})
    place = forms.ChoiceField(
        label=_("Where?"), choices=[("library", "Harrowby Library, upstairs"), ("online", _("Online"))]
    )
    for_whom = forms.ChoiceField(
        label=_("Who is it for?"),
        widget=forms.RadioSelect,
        choices=[("both", _("Staff and residents")), ("inside", _("Staff")), ("outside", _("Residents"))],
    )
    walk_in = forms.BooleanField(label=_("People can just walk in"), required=False)
    words = forms.CharField(label=_("Anything else?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _moment(days: str, hour: str, minute: str) -> datetime:
    day = timezone.localtime() + timedelta(days=int(days))
    return day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


def _text(value: str) -> Any:
    """A string of the samples, or the picture, moment or marked words that it stands for."""
    if value.startswith("art:"):
        kind, seed = value.removeprefix("art:").split("/")
        return art_url(kind, seed)
    if match := FROM_TODAY.fullmatch(value):
        return _moment(*match.groups())
    if match := FROM_NOW.fullmatch(value):
        return timezone.now() + timedelta(minutes=int(match[1]))
    return mark_safe(value) if "<mark>" in value else value  # noqa: S308 (our own file)


def _living(value: object) -> Any:
    """Tables of the file as objects with attributes, as components expect them."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _living(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return [_living(inner) for inner in value]
    return _text(value) if isinstance(value, str) else value


def samples() -> dict[str, Any]:
    """One of everything that a component can show."""
    return {
        **vars(_living(tomllib.loads(FILE.read_text(encoding="utf-8")))),
        "form": GalleryForm(),
        "sent_back": GalleryForm({"subject": "Old boilers", "day": "2 March", "place": "library"}, auto_id="back_%s"),
        "shown_page": Paginator(range(90), 10).page(4),
    }


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The page of parts."""
    return render(request, "design/gallery.html", samples())
