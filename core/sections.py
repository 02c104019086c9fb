"""Sections that rooms above put on a page of a room below.

A community's page shows its next sessions and its stories, a person's page shows what they told and where they mentor;
but neither room may know the rooms above it. So those rooms register what they add, and the page shows what it is
given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Filler = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one kind of page. ``filler`` gets the request and the page's subject, and returns what
    the template shows, or ``None`` where there is nothing to show.
    """

    place: str
    name: str
    title: Any
    template: str
    order: int
    filler: Filler


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section with what it shows."""

    name: str
    title: Any
    template: str
    data: dict[str, Any]


_sections: list[Section] = []


def register_section(place: str, name: str, title: Any, template: str, order: int) -> Callable[[Filler], Filler]:
    """Put a section on every page of the kind ``place`` ("community", "beside a community",
    "person", "topic"), lower ``order`` first.
    """

    def decorator(filler: Filler) -> Filler:
        _sections.append(Section(place, name, title, template, order, filler))
        _sections.sort(key=lambda section: section.order)
        return filler

    return decorator


def sections_of(place: str, request: HttpRequest, subject: Any) -> list[FilledSection]:
    """The sections that have something to show, in order."""
    return [
        FilledSection(section.name, section.title, section.template, data)
        for section in _sections
        if section.place == place and (data := section.filler(request, subject)) is not None
    ]
