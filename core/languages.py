"""In which language somebody is written to. Who keeps what they chose says so here; nobody chose: the hub's."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation

from core.registry import Registry

CHOSEN: Registry[Callable[..., str]] = Registry("language that somebody chose for e-mails", "core")
"""Each is called with a person, and returns a code of a language, or nothing."""


def offered(code: str) -> str:
    """``code``, or the hub's language where it is offered in no such language (any more)."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language_of(person: object) -> str:
    return offered(next((code for ask in CHOSEN if (code := ask(person))), ""))


def in_language_of(person: object = None) -> AbstractContextManager[None]:
    """For whatever is written to ``person``; the hub's language for whoever has no account."""
    return translation.override(language_of(person) if person is not None else settings.LANGUAGE_CODE)
