"""Events of an archive: each host's are the sessions of one surgery."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from core.audiences import Audience
from core.markup import rich_text, shortened
from importing.fields import BadRow, Fields, exists, placed
from importing.models import ImportedRow
from importing.rows import ArchiveRow, People
from importing.scope import ImportScope
from importing.tree import add_children, link
from importing.writing import ArchiveWriter, Lookup, assign
from surgeries.models import Session, SurgeryIndexPage, SurgeryPage, SurgeryTopic

SUMMARY = 600
LONGEST_ID = 300
FILLING = re.compile(r"\b(the|communit(y|ies) of practice|community|cop|federal|program|pros|u\.?s\.?)\b|[^a-z0-9 ]")
ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)  # what a session lasts whose end nobody wrote down
TOLERANCE = 2  # seconds between writing a session and remembering that it was written


@dataclass(frozen=True, slots=True)
class EventRow(ArchiveRow):
    title: str
    summary: str
    body: str
    starts: datetime
    ends: datetime
    host: str
    location: str
    people: tuple[str, ...]
    topics: tuple[str, ...]


def _span(fields: Fields) -> tuple[datetime, datetime]:
    """From when to when. A day without a time is the whole day, and the last one is a part of it."""
    starts, ends = placed([fields.required_moment("starts"), fields.moment("ends")])
    assert starts is not None  # noqa: S101 (it is required)
    for name, moment in (("starts", starts), ("ends", ends)):
        if moment is not None and not exists(moment):
            raise BadRow(_("%(field)s is in an hour that the clocks left out.") % {"field": name})
    if ends is None or ends == starts:
        is_day = fields.is_day("starts") or (ends is not None and starts.time() == time.min)
        ends = starts + ONE_DAY if is_day else starts.astimezone(UTC) + ONE_HOUR
    elif fields.is_day("ends"):
        ends += ONE_DAY
    if ends.astimezone(UTC) <= starts.astimezone(UTC):
        raise BadRow(_("It ends before it starts."))
    return starts, ends


def forms(name: str) -> list[str]:
    """The ways in which people write one name: without its filling words, and by the letters it is known by."""
    letters = re.search(r"\(([\w&.-]+)\)", name)
    plain = " ".join(FILLING.sub(" ", re.sub(r"\(.*?\)", "", name).lower()).split())
    return [form for form in (plain, letters[1].lower() if letters else "") if form] or [name.lower()]


class Hosts:
    """Which series a host's sessions belong to. A host that is written in several ways is one host of its archive."""

    def __init__(self, scope: ImportScope) -> None:
        self._prefix = scope.prefix
        self._communities = {
            form: page
            for page in CommunityPage.objects.filter(imported_id__startswith=scope.prefix).order_by("-pk")
            for form in forms(page.title)
        }
        self._series: dict[str, SurgeryPage] = {}
        for page in SurgeryPage.objects.filter(imported_id__startswith=scope.prefix).order_by("pk"):
            self._know(page, page.title)

    def series(self, host: str) -> SurgeryPage:
        """The series of this host, made where there is none yet."""
        host = host or _("Events")
        page = next((self._series[form] for form in forms(host) if form in self._series), None) or self._make(host)
        self._know(page, host)
        return page

    def _know(self, page: SurgeryPage, host: str) -> None:
        for form in forms(host):
            self._series.setdefault(form, page)

    def _make(self, host: str) -> SurgeryPage:
        community = next((self._communities[form] for form in forms(host) if form in self._communities), None)
        page = SurgeryPage(
            imported_id=f"{self._prefix}host:{host}"[:LONGEST_ID],
            slug=host,
            title=host,
            summary=community.summary if community else "",
            community=community,
            audience=Audience.EVERYONE,
        )
        add_children(SurgeryIndexPage.objects.get(), [page])
        return page


class EventWriter(ArchiveWriter[EventRow, Session]):
    kind = "events"
    model = Session

    @staticmethod
    def read(fields: Fields, people: People) -> EventRow:
        starts, ends = _span(fields)
        return EventRow(
            id=fields.id(),
            title=fields.title(),
            summary=fields.line("summary", 10_000),
            body=fields.text("body"),
            starts=starts,
            ends=ends,
            host=fields.line("host", 255) or fields.line("organiser", 255),
            location=fields.line("location", 250),
            people=fields.people("people", people),
            topics=fields.names("topics"),
        )

    def __init__(self, lookup: Lookup, source: str) -> None:
        super().__init__(lookup, source)
        self.hosts = Hosts(lookup.scope)

    def forget(self) -> None:
        super().forget()
        self.hosts = Hosts(self.lookup.scope)

    def create(self, rows: Sequence[EventRow]) -> None:
        sessions = [Session(imported_id=self.key(row), **self._values(row)) for row in rows]
        made = Session.objects.bulk_create(sessions)
        self._attach(list(zip(made, rows, strict=True)))

    def update(self, row: EventRow, thing: Session) -> None:
        assign(thing, self._values(row))
        thing.save()
        thing.mentors.clear()
        self._attach([(thing, row)])

    def is_edited(self, thing: Session, remembered: ImportedRow) -> bool:
        return (thing.changed - remembered.written).total_seconds() > TOLERANCE

    def _attach(self, sessions: Sequence[tuple[Session, EventRow]]) -> None:
        mentors = ((session.pk, self.lookup.people[person].pk) for session, row in sessions for person in row.people)
        link(Session.mentors.through, "session", "person", mentors)
        topics = {
            (session.surgery_id, topic.pk) for session, row in sessions for topic in self.lookup.topics(row.topics)
        }
        surgeries = {surgery for surgery, _topic in topics}
        known = SurgeryTopic.objects.filter(content_object__in=surgeries).values_list("content_object_id", "tag_id")
        link(SurgeryTopic, "content_object", "tag", sorted(topics - set(known)))

    def _values(self, row: EventRow) -> dict[str, Any]:
        body = rich_text(row.body)
        return {
            "surgery": self.hosts.series(row.host),
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "body": body if len(row.summary) <= SUMMARY else f"<p>{escape(row.summary)}</p>\n{body}",
            "starts": row.starts,
            "ends": row.ends,
            "place": row.location,
        }
