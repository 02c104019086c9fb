"""A right that ended while somebody wrote: they get back what they typed, and read why and whom to ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.text import Words
from core.typed import words_of


def refused(request: HttpRequest, because: Words, ask: Words, back: str) -> HttpResponse:
    """The page that says so."""
    context = {"typed": words_of(request), "because": because, "ask": ask, "back": back}
    return render(request, "core/writing_refused.html", context, status=403)
