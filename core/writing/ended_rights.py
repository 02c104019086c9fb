"""A right that ended while somebody wrote: they get back what they typed, and read why and whom to ask."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.text import Words
from core.typed_forms import TypedField, words_of


def refused(
    request: HttpRequest, because: Words, ask: Words, back: str, kept: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page that says so. ``kept``: what they wrote before, where they come back to it and send nothing."""
    typed = words_of(request) if kept is None else [TypedField(name, text) for name, text in kept.items()]
    words = {"because": because, "ask": ask, "back": back, "is_kept": kept is not None}
    context = {"typed": [field for field in typed if field.is_text], **words}
    return render(request, "core/writing_refused.html", context, status=403)
