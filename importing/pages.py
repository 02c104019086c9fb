"""Writes communities, stories and guidance."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page

from communities.models import CommunityIndexPage, CommunityPage, CommunityTopic, Joining, Membership, Role, Stage
from communities.services import recount_places
from core.audiences import Audience
from core.markup import block, blocks_of, body_of, rich_text, shortened
from core.models import HubPage
from core.text import reading_minutes
from importing.models import ImportedRow
from importing.rows import Channel, CommunityRow, Row, TextRow
from importing.tree import add_children, link
from importing.writing import Writer, assign
from knowledge.models import GuidanceIndexPage, GuidancePage, GuidanceTopic
from stories.models import StoryAuthor, StoryIndexPage, StoryPage, StoryTopic

R = TypeVar("R", bound=Row)
P = TypeVar("P", bound=HubPage)
SUMMARY = 400


class PageWriter(Writer[R, P]):
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
        topics = ((page.pk, topic.pk) for page, row in pages for topic in self.lookup.topics(row.topics))  # type: ignore[attr-defined]
        link(self.topic_link, "content_object", "tag", topics)
        self.attach(pages)


def published(moment: datetime | None) -> dict[str, Any]:
    """When a page first appeared, for feeds and for the editor."""
    return {"first_published_at": moment, "last_published_at": moment} if moment else {}


def with_whole_summary(summary: str, body: str) -> str:
    """``body``, after the summary where that is too long for its place: nothing is lost."""
    return body if len(summary) <= SUMMARY else f"<p>{escape(summary)}</p>\n{body}"


class CommunityWriter(PageWriter[CommunityRow, CommunityPage]):
    kind = "communities"
    model = CommunityPage
    index = CommunityIndexPage
    topic_link = CommunityTopic

    def values(self, row: CommunityRow) -> dict[str, Any]:
        opened = datetime.combine(row.opened, time(12), UTC) if row.opened else None
        body = blocks_of(row.body) + _channels(row.channels)
        if len(row.summary) > SUMMARY:
            body = [block("paragraph", f"<p>{escape(row.summary)}</p>"), *body]
        return {
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "purpose": row.purpose,
            "body": body_of(body),
            "stage": Stage.CLOSED if row.closed else Stage.ACTIVE,
            "joining": Joining.ASK,
            "opened_on": row.opened,
            "closed_on": row.closed,
            "source": self.source,
            **published(opened),
        }

    def attach(self, pages: Sequence[tuple[CommunityPage, CommunityRow]]) -> None:
        for page, row in pages:
            since = page.first_published_at or timezone.now()
            known = set(Membership.objects.filter(community=page).values_list("person_id", flat=True))
            leads = [person for lead in row.leads if (person := self.lookup.people[lead]).pk not in known]
            Membership.objects.bulk_create(
                Membership(community=page, person=person, role=Role.FACILITATOR, since=since) for person in leads
            )
            recount_places(page)

    def detach(self, page: CommunityPage) -> None:
        """Those who lead it there. Whoever joined here stays: they can sign in, and have an address.

        Whoever was removed here is not brought back.
        """
        leading = Membership.objects.current().filter(community=page, role=Role.FACILITATOR)
        leading.filter(person__email=None).delete()


def _channels(channels: Sequence[Channel]) -> list[dict[str, Any]]:
    """How the community talked where it came from, as a list."""
    items = "".join(f"<li>{escape(_channel(channel))}</li>" for channel in channels)
    return [block("heading", "Channels"), block("paragraph", f"<ul>{items}</ul>")] if items else []


def _channel(channel: Channel) -> str:
    members = f"{channel.members:,} members" if channel.members is not None else ""
    named = ", ".join(filter(None, (channel.kind, channel.audience, members)))
    return ". ".join(filter(None, (named[:1].upper() + named[1:], channel.terms)))


class StoryWriter(PageWriter[TextRow, StoryPage]):
    kind = "stories"
    model = StoryPage
    index = StoryIndexPage
    topic_link = StoryTopic

    def values(self, row: TextRow) -> dict[str, Any]:
        told = {"told_on": row.published.date()} if row.published else {}
        return {
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "body": with_whole_summary(row.summary, rich_text(row.body, row.source_url)),
            "source": row.source or self.source,
            "source_url": row.source_url,
            **told,
            **published(row.published),
        }

    def reckon(self, page: StoryPage, row: TextRow) -> None:
        authors = [StoryAuthor(person=self.lookup.people[author]) for author in row.authors]
        assign(page, {"author_links": authors})
        page.minutes, page.byline = reading_minutes(page.text), page.current_byline()

    def attach(self, pages: Sequence[tuple[StoryPage, TextRow]]) -> None:
        StoryAuthor.objects.bulk_create(
            StoryAuthor(story_id=page.pk, person=self.lookup.people[author], sort_order=place)
            for page, row in pages
            for place, author in enumerate(row.authors)
        )

    def detach(self, page: StoryPage) -> None:
        StoryAuthor.objects.filter(story_id=page.pk).delete()


class GuidanceWriter(PageWriter[TextRow, GuidancePage]):
    """Articles become guidance that nobody here checked yet."""

    kind: ClassVar[str] = "articles"
    model = GuidancePage
    index = GuidanceIndexPage
    topic_link = GuidanceTopic

    def values(self, row: TextRow) -> dict[str, Any]:
        body = blocks_of(row.body, row.source_url)
        if len(row.summary) > SUMMARY:
            body = [block("paragraph", f"<p>{escape(row.summary)}</p>"), *body]
        written = {"written_on": row.published.date()} if row.published else {}
        return {
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "body": body_of(body),
            "source": row.source or self.source,
            "source_url": row.source_url,
            **written,
            **published(row.published),
        }

    def attach(self, pages: Sequence[tuple[GuidancePage, TextRow]]) -> None:
        authors = ((page.pk, self.lookup.people[author].pk) for page, row in pages for author in row.authors)
        link(GuidancePage.authors.through, "guidancepage", "user", authors)

    def detach(self, page: GuidancePage) -> None:
        page.authors.clear()
