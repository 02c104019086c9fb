"""Sections that rooms above put on a page of a room below.

A community's page shows its next sessions and its stories, a person's page shows what they told and where they mentor;
but neither room may know the rooms above it. So those rooms add what they show to ``SECTIONS`` in their
``contributions.py``, and the page shows what it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.registry import Registry
from core.text import Words

Filler = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one kind of page.

    ``place`` is the kind of page ("community", "beside a community", "person", "topic", "search results"). ``filler``
    gets the request and the page's subject, and returns what the template shows, or ``None`` where there is nothing.
    """

    place: str
    name: str
    title: Words
    template: str
    filler: Filler


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section with what it shows."""

    name: str
    title: Words
    template: str
    data: dict[str, Any]


SECTIONS: Registry[Section] = Registry("sections of pages", taken_by="core")


def add_section(section: Section, *, order: int) -> None:
    """Put a section on every page of its kind, lower ``order`` first."""
    SECTIONS.add(f"{section.place}: {section.name}", section, order=order)


def sections_of(place: str, request: HttpRequest, subject: object) -> list[FilledSection]:
    """The sections that have something to show, in order."""
    return [
        FilledSection(section.name, section.title, section.template, data)
        for section in SECTIONS
        if section.place == place and (data := section.filler(request, subject)) is not None
    ]
