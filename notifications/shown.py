"""Matters of the inbox as pages show them, from plain values: what was drawn once is not drawn again for a reader who
comes back, nor for another one who is told the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from core.fragments import kept_by_value
from notifications.listings import Matter
from notifications.wording import WordedNotice

KEPT_FOR = 600  # seconds, as long as other fragments: a new release may draw matters otherwise
LINKS = 4
WORDS = 40


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """One thing that happened, as it stands there."""

    url: str
    title: str
    links: tuple[tuple[str, str], ...]
    text: str
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class ShownMatter:
    """Everything that is said of one matter."""

    title: str
    notices: tuple[ShownNotice, ...]
    earlier: int  # that are not shown

    @property
    def is_new(self) -> bool:
        return any(notice.is_new for notice in self.notices)


def shown(matters: Iterable[Matter]) -> list[SafeString]:
    """The matters, as HTML."""
    where = reverse("notifications:go_to", args=[0])
    values = [_matter(matter, where) for matter in matters]
    template = get_template("notifications/matter.html")
    pieces = kept_by_value("matter", values, KEPT_FOR, lambda matter: template.render({"matter": matter}))
    return [mark_safe(piece) for piece in pieces]  # noqa: S308 (a template made it)


def _matter(matter: Matter, where: str) -> ShownMatter:
    return ShownMatter(
        title=_plain(matter.title),
        notices=tuple(_notice(one, where) for one in matter.told),
        earlier=matter.earlier,
    )


def _notice(told: WordedNotice, where: str) -> ShownNotice:
    words, happened = told.words, told.happening
    return ShownNotice(
        url=where.replace("/0/", f"/{happened.pk}/"),
        title=_plain(words.title),
        links=tuple((link.url, _plain(link.title)) for link in words.links[:LINKS]),
        text=Truncator(_plain(words.text)).words(WORDS, truncate=" …"),
        at=happened.at,
        is_new=not happened.is_read,
    )


def _plain(words: object) -> str:
    """Words that wait for their language, in it. They are never HTML: the template escapes them."""
    return f"{words}"
