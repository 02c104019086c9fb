"""Writes pages of one type below their index; each kind of page says what is peculiar to it."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.html import escape
from wagtail.models import Page

from core.audiences import Audience
from core.models import HubPage
from importing.models import ImportedRow
from importing.rows import ArchiveRow
from importing.tree import add_children, link
from importing.writing import ArchiveWriter, assign

R = TypeVar("R", bound=ArchiveRow)
P = TypeVar("P", bound=HubPage)
SUMMARY = 400


class PageWriter(ArchiveWriter[R, P]):
    """Writes pages of one type below their index. What an archive published is for everyone."""

    index: type[Page]
    topic_link: type[models.Model]

    @abstractmethod
    def values(self, row: R) -> dict[str, Any]:
        """The page's fields."""

    @abstractmethod
    def attach(self, pages: Sequence[tuple[P, R]]) -> None:
        """Write what hangs on pages that have nothing yet, besides their topics."""

    def detach(self, page: P) -> None:
        """Take off what ``attach`` would write again."""

    def reckon(self, page: P, row: R) -> None:
        """Fill fields that follow from others, before the page is written in a batch."""

    def create(self, rows: Sequence[R]) -> None:
        pages = [
            self.model(imported_id=self.key(row), slug=row.id, audience=Audience.EVERYONE, **self.values(row))
            for row in rows
        ]
        for page, row in zip(pages, rows, strict=True):
            self.reckon(page, row)
        add_children(self.index._default_manager.get(), pages)
        self._attach_all(list(zip(pages, rows, strict=True)))

    def update(self, row: R, thing: P) -> None:
        self.topic_link._default_manager.filter(content_object_id=thing.pk).delete()
        self.detach(thing)
        self._attach_all([(thing, row)])
        page = self.model._default_manager.get(pk=thing.pk)  # with the links that it now has
        values = self.values(row)
        assign(page, {**values, "draft_title": values["title"]})
        page.save()

    def is_edited(self, thing: P, remembered: ImportedRow) -> bool:
        """The editor keeps a revision of whatever somebody saved; an import makes none."""
        return thing.latest_revision_id is not None

    def _attach_all(self, pages: Sequence[tuple[P, R]]) -> None:
        topics = ((page.pk, topic.pk) for page, row in pages for topic in self.lookup.topics(row.topics))  # type: ignore[attr-defined]  # a row with topics
        link(self.topic_link, "content_object", "tag", topics)
        self.attach(pages)


def published(moment: datetime | None) -> dict[str, Any]:
    """When a page first appeared, for feeds and for the editor."""
    return {"first_published_at": moment, "last_published_at": moment} if moment else {}


def with_whole_summary(summary: str, body: str) -> str:
    """``body``, after the summary where that is too long for its place: nothing is lost."""
    return body if len(summary) <= SUMMARY else f"<p>{escape(summary)}</p>\n{body}"
