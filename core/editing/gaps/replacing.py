"""How a function of Wagtail is replaced by one of ours, which calls it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from core.editing import people

GAPS: dict[tuple[Any, str], Callable[..., Any]] = {}
"""What is replaced: the class or module, and the name there."""


def close() -> None:
    """Put ours in the place of Wagtail's. Done twice, it is done once."""
    people.close()
    for (place, name), ours in GAPS.items():
        theirs = getattr(place, name)
        if not hasattr(theirs, "_closes"):
            replacement = wraps(theirs)(_bind(ours, theirs))
            replacement._closes = ours  # type: ignore[attr-defined]  # marks what is replaced
            setattr(place, name, replacement)


def _bind(ours: Callable[..., Any], theirs: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: ours(theirs, *args, **kwargs)


def closes(*gaps: tuple[Any, str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(ours: Callable[..., Any]) -> Callable[..., Any]:
        GAPS.update(dict.fromkeys(gaps, ours))
        return ours

    return register
