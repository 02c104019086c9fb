"""What is new in a community: the next date to meet it, and the newest thing that it wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.audiences import Viewer
from core.models import HubPage
from core.pictures.shown import with_photographs
from design.templatetags.look import nearby_day
from design.templatetags.prose import dated
from knowledge.models import GuidancePage
from stories.models import StoryPage
from surgeries.models import Session, Status


@dataclass(frozen=True, slots=True)
class CommunityNews:
    """One line: a glyph, what it is, and a word on when."""

    icon: str
    title: str
    url: str
    when: str


def with_news(communities: QuerySet[Any], viewer: Viewer, most: int) -> list[Any]:
    """The first of ``communities``, each with the ``news`` that ``viewer`` may see, in the query that fetches them.

    A front page of which nothing is kept asks enough already: what a line says comes as JSON beside its community.
    """
    dates = Session.objects.shown_to(viewer).upcoming().exclude(status=Status.CANCELLED)
    stories = StoryPage.objects.shown_to(viewer).order_by("-told_on", "-pk")
    checked = Coalesce("checked_on", "written_on")
    guidance = GuidancePage.objects.shown_to(viewer).annotate(day=checked).order_by("-day", "-pk")
    shown = list(
        communities.annotate(
            next_date=_first(
                dates.filter(surgery__community=OuterRef("pk")),
                *("pk", "title", "starts", "surgery__title"),
            ),
            newest_story=_first(stories.filter(community=OuterRef("pk")), "title", "url_path", "told_on"),
            newest_guidance=_first(guidance.filter(community=OuterRef("pk")), "title", "url_path", "day"),
        )[:most]
    )
    for community in with_photographs(shown, viewer):
        community.news = [*_date(community.next_date), *_words(community.newest_story, community.newest_guidance)]
    return shown


def _first(things: QuerySet[Any], *fields: str) -> Subquery:
    """The first of ``things``, as far as a line says it."""
    return Subquery(things.values(line=JSONObject(**{name: name for name in fields}))[:1])


def _date(found: dict[str, Any] | None) -> Iterator[CommunityNews]:
    if found is not None:
        starts = datetime.fromisoformat(found["starts"])  # with its zone from PostgreSQL, in UTC without from SQLite
        starts = localtime(starts if starts.tzinfo else starts.replace(tzinfo=UTC))
        when = _("%(day)s, %(time)s") % {"day": nearby_day(starts), "time": date_format(starts, "H:i")}
        yield CommunityNews("session", found["title"] or found["surgery__title"], Session(pk=found["pk"]).url, when)


def _words(story: dict[str, Any] | None, guidance: dict[str, Any] | None) -> Iterator[CommunityNews]:
    """The story or the guidance, whichever is newer."""
    lines: list[tuple[str, str, HubPage]] = []
    if story is not None:
        lines.append((story["told_on"], "story", StoryPage(title=story["title"], url_path=story["url_path"])))
    if guidance is not None:
        page = GuidancePage(title=guidance["title"], url_path=guidance["url_path"])
        lines.append((guidance["day"], "guidance", page))
    for day, icon, newest in sorted(lines, key=lambda line: line[0], reverse=True)[:1]:
        yield _line(icon, newest, day)


def _line(icon: str, page: HubPage, day: str) -> CommunityNews:
    told = parse_date(day)
    return CommunityNews(icon, page.title, str(page.url), dated(told) if told else "")
