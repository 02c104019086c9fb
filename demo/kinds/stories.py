"""The demo's stories, each in a file of its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from communities.models import CommunityPage
from core.audiences import Audience
from core.markup import HERE, rich_text
from demo.invention import Inventor, scatter, sentences
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from demo.shaping import load, shaped
from importing.kinds.stories import StoryWriter
from importing.texts import TextRow
from importing.writing import assign
from stories.models import StoryAuthor, StoryIndexPage, StoryPage, StoryTopic

PAGES, HOSTS = 10_000, 60  # of every kind in a large hub, and how many of them are surgeries


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class StoryShape:
    title: str
    summary: str
    community: str
    authors: tuple[str, ...]
    days_ago: int
    topics: tuple[str, ...]
    scene: str
    audience: str
    need: str
    did: str
    changed: str
    evidence: str
    reuse: str
    quote: Quote
    slug: str = ""
    draft: bool = False
    """Whether its first author is still writing it."""


class Stories(ContentKind[StoryShape, StoryPage]):
    name, word = "stories", "story"
    counted = _("%(n)d stories")
    needs = ("topics", "people", "communities")
    shape = StoryShape
    longest = LONGEST | {"who": 160}
    writer = StoryWriter
    turn = 2  # they fill what the other kinds leave

    def read(self, folder: Path) -> tuple[StoryShape, ...]:
        files = sorted((folder / "stories").glob("*.toml"))
        return tuple(shaped(StoryShape, {"slug": path.stem, **load(path)}, path.name) for path in files)

    def parts(self, story: StoryShape) -> Iterable[Any]:
        return (story, story.quote)

    def names(self, story: StoryShape) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", story.authors
        yield "communities", (story.community,)
        yield "topics", story.topics

    def check(self, story: StoryShape, content: Content) -> Faults:
        return in_the_past(story.slug, (story.days_ago,))

    def add(self, council: Council, row: StoryShape) -> StoryPage:
        page = StoryPage(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            community=council[COMMUNITIES][row.community],
            audience=row.audience,
            need=rich_text(row.need, HERE),
            what_we_did=rich_text(row.did, HERE),
            what_changed=rich_text(row.changed, HERE),
            evidence=rich_text(row.evidence, HERE),
            reuse=rich_text(row.reuse, HERE),
            quote=row.quote.text,
            quoted=row.quote.who,
            told_on=council.day(row.days_ago),
            scene=row.scene,
        )
        council.about(page, StoryTopic, row.topics)
        authors = [
            StoryAuthor(person=council[PEOPLE][name], sort_order=place) for place, name in enumerate(row.authors)
        ]
        assign(page, {"author_links": authors})
        if row.draft:
            page.live, page.has_unpublished_changes, page.owner = False, True, council[PEOPLE][row.authors[0]]
        council.publish(StoryIndexPage, page, None if row.draft else council.moment(row.days_ago))
        if row.draft:
            page.save_revision(user=page.owner)
        return page

    def said(self, story: StoryShape) -> Iterable[str]:
        if story.audience != Audience.EVERYONE:
            return ()
        return sentences(story.need, story.did, story.changed, story.reuse)

    def lacking(self, size: Mapping[str, int]) -> int:
        return max(PAGES - Page.objects.count() - size["communities"] - size["guidance"] - HOSTS, 0)

    def invent(self, inventor: Inventor, number: int) -> Iterator[TextRow]:
        return inventor.texts(number)

    def settle(self, chance: Random, communities: list[CommunityPage]) -> None:
        scatter(StoryPage, communities, chance)


STORIES = Stories()
