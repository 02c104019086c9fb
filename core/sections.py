"""Sections that rooms above put on a page of a room below.

A community's page shows its next sessions and its stories, a person's page shows what they told and where they mentor;
but neither room may know the rooms above it. So those rooms add what they show to ``SECTIONS`` in their
``contributions.py``, and the page shows what it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from core.registry import Registry
from core.text import Words

Scopes = Callable[[Any], str]
Filler = Callable[[HttpRequest, Any], dict[str, Any] | None]


def nothing_else(_subject: object) -> str:
    """It depends on what the whole page depends on."""
    return ""


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
    depends_on: Scopes = nothing_else
    """The scopes, beside those of its page, that say whether it stands there."""
    shows: Scopes = nothing_else
    """And those that only what it shows depends on."""


@dataclass
class PlacedSection:
    """A section of one page. It is filled when it is looked at, so that each can be kept by itself."""

    section: Section
    request: HttpRequest
    subject: object

    @property
    def name(self) -> str:
        return self.section.name

    @property
    def title(self) -> Words:
        return self.section.title

    @property
    def template(self) -> str:
        return self.section.template

    @cached_property
    def data(self) -> dict[str, Any] | None:
        return self.section.filler(self.request, self.subject)

    @property
    def is_there(self) -> bool:
        return self.data is not None

    @property
    def depends_on(self) -> str:
        return self.section.depends_on(self.subject)

    @property
    def shows(self) -> str:
        return f"{self.depends_on} {self.section.shows(self.subject)}"


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
        FilledSection(each.name, each.title, each.template, each.data)
        for each in placed_sections(place, request, subject)
        if each.data is not None
    ]


def placed_sections(place: str, request: HttpRequest, subject: object) -> list[PlacedSection]:
    """The sections that may stand there, in order, none of them filled yet."""
    return [PlacedSection(section, request, subject) for section in SECTIONS if section.place == place]
