"""Holds every stored token against the rule.

The token of a row follows from its fields, and is written with them. What is written past the models (SQL by hand, a
bulk update that forgot the token, a crash between two commits) shows here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from core.audiences import Visible

PASSES = 4  # a community bounds its surgeries, and they their sessions


@dataclass(frozen=True, slots=True)
class Wrong:
    """A thing whose stored token is not what the rule gives."""

    thing: Visible
    stored: str
    right: str

    def __str__(self) -> str:
        return f"{self.thing._meta.label} {self.thing.pk}: {self.stored}, and should be {self.right}"


def wrong_tokens() -> Iterator[Wrong]:
    """All of them. What is bounded by something wrong shows once that is right."""
    for model in apps.get_models():
        if issubclass(model, Visible):
            for thing in model.with_audience_in_force().order_by("pk").iterator(chunk_size=500):
                if thing.audience_token != (right := thing.own_audience_token()):
                    yield Wrong(thing, thing.audience_token, right)


def repair() -> Iterator[Wrong]:
    """Put all of them right, saying which."""
    for _pass in range(PASSES):
        found = list(wrong_tokens())
        for wrong in found:
            wrong.thing.write_audience_token(wrong.right)
            yield wrong
        if not found:
            return
