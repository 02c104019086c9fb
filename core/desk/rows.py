"""What lies on the desk, and who puts it there.

A panel has a title, rows that rooms give, and words for when there are none. ``add_rows`` puts rows into one of the
panels below; ``PANELS.add`` makes a further panel, with a template of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from core.registry import Registry
from core.text import Words

SHOWN = 4
"""Rows that one source shows; the rest is where its link leads."""
WAITING, DRAFTS, SCHEDULED = "waiting", "drafts", "scheduled"
ROWS_TEMPLATE = "core/desk/rows.html"


@dataclass(frozen=True, slots=True)
class DeskLink:
    """Words that lead somewhere."""

    words: Words
    url: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One thing: what it is, where it opens, and what else can be done with it."""

    title: str
    url: str
    kind: Words = ""
    text: Words = ""
    when: datetime | None = None
    also: Sequence[DeskLink] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """What one source gives. ``all`` leads to the rest, and is shown where there are rows."""

    rows: Sequence[DeskRow] = ()
    all: DeskLink | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. ``fill`` returns what the template shows, or ``None`` where the panel is not for this person."""

    name: str
    title: Words
    fill: Callable[[HttpRequest], dict[str, Any] | None]
    template: str = ROWS_TEMPLATE
    empty: Words = ""
    next_step: Callable[[HttpRequest], DeskLink | None] = field(default=lambda _request: None)


@dataclass(frozen=True, slots=True)
class DeskSource:
    """Rows of one room for one panel."""

    panel: str
    fill: Callable[[HttpRequest], Rows]


PANELS: Registry[Panel] = Registry("panels of the editor's desk", taken_by="core")
SOURCES: Registry[DeskSource] = Registry("rows of the editor's desk", taken_by="core")


def add_rows(panel: str, name: str, fill: Callable[[HttpRequest], Rows], *, order: int) -> None:
    """Put what ``fill`` gives into ``panel``, lower ``order`` first. It asks a fixed number of queries."""
    SOURCES.add(f"{panel}: {name}", DeskSource(panel, fill), order=order)


def rows_of(panel: str) -> Callable[[HttpRequest], dict[str, Any]]:
    """What a panel of rows shows."""

    def fill(request: HttpRequest) -> dict[str, Any]:
        given = [source.fill(request) for source in SOURCES if source.panel == panel]
        return {
            "rows": [row for one in given for row in one.rows[:SHOWN]],
            "all": [one.all for one in given if one.rows and one.all],
        }

    return fill
