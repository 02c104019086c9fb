"""The rows of an archive, one shape for each file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from importing.fields import BadRow, Fields, exists, placed
from people.choices import Kind

People = Mapping[str, str]
"""The ids that rows may name, by the form in which they are compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """What every row has: an id that is unique within its file and stable."""

    id: str


@dataclass(frozen=True, slots=True)
class TopicRow(Row):
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class PersonRow(Row):
    name: str
    given_name: str
    family_name: str
    organisation: str
    about: str
    location: str
    kind: str = ""  # where the row does not say


@dataclass(frozen=True, slots=True)
class Channel:
    """A mailing list or another way in which a community talked, where it came from."""

    kind: str
    audience: str
    terms: str
    members: int | None


@dataclass(frozen=True, slots=True)
class CommunityRow(Row):
    title: str
    summary: str
    purpose: str
    body: str
    opened: date | None
    closed: date | None
    leads: tuple[str, ...]
    topics: tuple[str, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class TextRow(Row):
    """A story or an article."""

    title: str
    summary: str
    body: str
    published: datetime | None
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    source: str
    source_url: str


@dataclass(frozen=True, slots=True)
class EventRow(Row):
    title: str
    summary: str
    body: str
    starts: datetime
    ends: datetime
    host: str
    location: str
    people: tuple[str, ...]
    topics: tuple[str, ...]


R = TypeVar("R", bound=Row)
Parser = Callable[[Fields, People], Row]
ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)  # what a session lasts whose end nobody wrote down


def topic(fields: Fields, people: People) -> TopicRow:
    return TopicRow(id=fields.id(), title=fields.title(longest=100), summary=fields.line("summary", 1000))


def person(fields: Fields, people: People) -> PersonRow:
    return PersonRow(
        id=fields.id(),
        name=fields.title("name", 200),
        given_name=fields.line("given_name", 150),
        family_name=fields.line("family_name", 150),
        organisation=fields.line("organisation", 250),
        about=fields.text("about"),
        location=fields.line("location", 160),
        kind=fields.choice("kind", Kind.values),
    )


def community(fields: Fields, people: People) -> CommunityRow:
    opened, closed = fields.moment("opened"), fields.moment("closed")
    if opened and closed and closed.date() < opened.date():
        raise BadRow(_("It closed before it opened."))
    return CommunityRow(
        id=fields.id(),
        title=fields.title(),
        summary=fields.line("summary", 10_000),
        purpose=fields.line("purpose", 10_000),
        body=fields.text("body"),
        opened=opened.date() if opened else None,
        closed=closed.date() if closed else None,
        leads=fields.people("leads", people),
        topics=fields.names("topics"),
        channels=tuple(_channel(each) for each in fields.list("channels")),
    )


def _channel(row: Any) -> Channel:
    fields = Fields(row)
    members = row.get("members")
    return Channel(
        kind=fields.line("kind", 100),
        audience=fields.line("audience", 100),
        terms=fields.line("terms", 1000),
        members=members if isinstance(members, int) else None,
    )


def text(fields: Fields, people: People) -> TextRow:
    (published,) = placed([fields.moment("published")])
    return TextRow(
        id=fields.id(),
        title=fields.title(),
        summary=fields.line("summary", 10_000),
        body=fields.text("body"),
        published=published,
        authors=fields.people("authors", people),
        topics=fields.names("topics"),
        source=fields.line("source", 200),
        source_url=fields.address("source_url"),
    )


def event(fields: Fields, people: People) -> EventRow:
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


PARSERS: dict[str, Parser] = {
    "topics": topic,
    "people": person,
    "communities": community,
    "stories": text,
    "events": event,
    "articles": text,
}
"""How each file is read, in the order in which one names the rows of another."""
