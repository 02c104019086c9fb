"""The demo's pages of guidance, and the files that hang on them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from random import Random

from django.core.files.base import ContentFile
from django.utils.translation import gettext, gettext_lazy as _

from communities.models import CommunityPage
from core.audiences import Audience
from core.markup import HERE, block, blocks_of, body_of
from core.models import HubDocument
from demo.invention import Inventor, scatter, sentences
from demo.kind import Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from demo.papers import NEW_PAGE, docx, pdf
from importing.kinds.articles import GuidanceWriter
from importing.texts import TextRow
from knowledge.models import GuidanceIndexPage, GuidancePage, GuidanceTopic

MANY = 2_000  # pages that are invented


@dataclass(frozen=True, slots=True)
class Guidance:
    slug: str
    title: str
    summary: str
    community: str
    checked_by: str
    checked_days_ago: int
    due_in_days: int
    audience: str
    topics: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that hangs on a page of guidance; its slug is the file's name."""

    slug: str
    title: str
    guidance: str
    audience: str
    text: str


class Files(ContentKind[File, HubDocument]):
    name, word = "files", "file"
    shape = File

    def names(self, file: File) -> Iterator[tuple[str, Iterable[str]]]:
        yield "guidance", (file.guidance,)

    def add(self, council: Council, file: File) -> HubDocument:
        page = next(page for page in council.content[GUIDANCE] if page.slug == file.guidance)
        return _hang_up(file, council.moment(page.checked_days_ago))


class GuidancePages(ContentKind[Guidance, GuidancePage]):
    name, word, table = "guidance", "page of guidance", "guidance"
    counted = _("%(n)d pages of guidance")
    needs = ("topics", "people", "communities", "files")
    shape = Guidance
    writer = GuidanceWriter
    turn = 1

    def names(self, page: Guidance) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (page.checked_by,)
        yield "communities", (page.community,)
        yield "topics", page.topics

    def check(self, page: Guidance, content: Content) -> Faults:
        yield from in_the_past(page.slug, (page.checked_days_ago,))
        if page.due_in_days < -page.checked_days_ago:
            yield f"{page.slug}: it falls due before it was checked."

    def add(self, council: Council, row: Guidance) -> GuidancePage:
        checker = council[PEOPLE][row.checked_by]
        documents = [council[FILES][file.slug] for file in council.content[FILES] if file.guidance == row.slug]
        page = GuidancePage(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            community=council[COMMUNITIES][row.community],
            audience=row.audience,
            body=body_of([*blocks_of(row.body, HERE), *_links_to(documents)]),
            checked_by=checker,
            checked_on=council.day(row.checked_days_ago),
            due_on=council.day(-row.due_in_days),
            written_on=council.day(row.checked_days_ago),
        )
        council.about(page, GuidanceTopic, row.topics)
        council.publish(GuidanceIndexPage, page, council.moment(row.checked_days_ago))
        page.authors.add(checker)
        return page

    def said(self, page: Guidance) -> Iterable[str]:
        return sentences(page.body) if page.audience == Audience.EVERYONE else ()

    def lacking(self, size: Mapping[str, int]) -> int:
        return MANY

    def invent(self, inventor: Inventor, number: int) -> Iterator[TextRow]:
        return inventor.texts(number)

    def settle(self, chance: Random, communities: list[CommunityPage]) -> None:
        scatter(GuidancePage, communities, chance)


def _hang_up(file: File, uploaded: datetime) -> HubDocument:
    """Upload one file, as if it had been there for a while."""
    content = ContentFile(_written(file), name=file.slug)
    document: HubDocument = HubDocument.objects.create(title=file.title, file=content, audience=file.audience)
    HubDocument.objects.filter(pk=document.pk).update(created_at=uploaded)
    return document


def _links_to(documents: list[HubDocument]) -> list[dict[str, object]]:
    """The end of a page's body: what there is to take along."""
    if not documents:
        return []
    links = (f'<li><a linktype="document" id="{one.pk}">{escape(one.title)}</a></li>' for one in documents)
    return [block("heading", gettext("To take along")), block("paragraph", f"<ul>{''.join(links)}</ul>")]


def _written(file: File) -> bytes:
    pages = NEW_PAGE.split(file.text)
    return docx(pages) if file.slug.endswith(".docx") else pdf(file.title, pages)


FILES = Files()
GUIDANCE = GuidancePages()
