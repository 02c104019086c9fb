"""The demo's surgeries, with their dates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from core.markup import HERE, rich_text
from demo.dates import DatePattern, Span, spans
from demo.invention import MARK, Inventor
from demo.kind import LONGEST, Content, ContentKind, Council, Faults
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from importing.kinds.events import EventRow, EventWriter
from surgeries import services as surgeries
from surgeries.choices import Nth, Repeats
from surgeries.models import (
    ForWhom,
    LeftOut,
    Pattern as SeriesPattern,
    Session,
    SessionMentor,
    SurgeryIndexPage,
    SurgeryPage,
    SurgeryTopic,
)

MANY, HOSTS = 3_000, 60  # sessions that are invented, and communities that hold them
EXCEPTIONS = ("cancelled", "moved")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One date to come that is cancelled or moved."""

    upcoming_index: int
    what: str
    note: str
    new_start: str = ""
    new_place: str = ""


@dataclass(frozen=True, slots=True)
class Surgery:
    slug: str
    title: str
    summary: str
    description: str
    community: str
    for_whom: str
    audience: str
    place: str
    online_url: str
    topics: tuple[str, ...]
    mentors: tuple[str, ...]
    pattern: DatePattern
    capacity: int
    what_to_bring: str
    exceptions: tuple[Deviation, ...] = ()


class Surgeries(ContentKind[Surgery, SurgeryPage]):
    name, word = "surgeries", "surgery"
    counted = _("%(n)d surgeries")
    needs = ("topics", "people", "communities")
    shape = Surgery
    longest = LONGEST | {"place": 250, "what_to_bring": 250}
    choices = {**ContentKind.choices, "for_whom": ForWhom.values}
    writer = EventWriter

    def names(self, surgery: Surgery) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", surgery.mentors
        yield "communities", (surgery.community,)
        yield "topics", surgery.topics

    def check(self, surgery: Surgery, content: Content) -> Faults:
        """The first date to come is left alone: moved to an earlier hour it could lie in the past."""
        pattern = surgery.pattern
        if pattern.weekday not in range(7) or pattern.every_days not in (7, 14, 28) or pattern.minutes < 1:
            yield f"{surgery.slug}: its pattern gives no dates."
        if (pattern.every_days == 28) != bool(pattern.nth):
            yield f"{surgery.slug}: every fourth week is said as a day of the month."
        for exception in surgery.exceptions:
            if exception.upcoming_index not in range(1, surgery.pattern.upcoming):
                yield f"{surgery.slug}: there is no date {exception.upcoming_index} to change."
            if exception.what not in EXCEPTIONS:
                yield f"{surgery.slug}: a date cannot be {exception.what}."

    def add(self, council: Council, row: Surgery) -> SurgeryPage:
        page = SurgeryPage(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            description=rich_text(row.description, HERE),
            community=council[COMMUNITIES][row.community],
            audience=row.audience,
            for_whom=row.for_whom,
            place=row.place,
            online_url=row.online_url,
            what_to_bring=row.what_to_bring,
        )
        council.about(page, SurgeryTopic, row.topics)
        past, upcoming = spans(row.pattern, council.now)
        council.publish(SurgeryIndexPage, page, past[0][0] if past else council.now)
        sessions = _add_sessions(council, page, row, [*past, *upcoming])
        for deviation in row.exceptions:
            _change(sessions[len(past) + deviation.upcoming_index], deviation)
        return page

    def lacking(self, size: Mapping[str, int]) -> int:
        return MANY

    def invent(self, inventor: Inventor, number: int) -> Iterator[EventRow]:
        hosts = inventor.hosts[:HOSTS]
        return (_invented(inventor, n, hosts) for n in range(number))

    def settle(self, chance: Random, communities: list[CommunityPage]) -> None:
        """A surgery is as public as its community, and its sessions as the surgery."""
        for page in SurgeryPage.objects.filter(community__imported_id__startswith=f"{MARK}-").select_related(
            "community"
        ):
            SurgeryPage.objects.filter(pk=page.pk).update(audience=page.community.audience)


def _add_sessions(council: Council, page: SurgeryPage, row: Surgery, when: list[Span]) -> list[Session]:
    """All dates of one surgery at once, the mentors in the order in which they are named."""
    pattern = _pattern(page, row, [timezone.localdate(starts) for starts, _ends in when])
    sessions = Session.objects.bulk_create(
        Session(
            surgery=page,
            pattern=pattern,
            pattern_date=timezone.localdate(starts),
            capacity=pattern.capacity,
            starts=starts,
            ends=ends,
        )
        for starts, ends in when
    )
    SessionMentor.objects.bulk_create(
        SessionMentor(session=session, person=council[PEOPLE][name], sort_order=place)
        for session in sessions
        for place, name in enumerate(row.mentors)
    )
    return list(sessions)


def _pattern(page: SurgeryPage, row: Surgery, days: list[date]) -> SeriesPattern:
    """What gives these dates, and gives more of them as time goes by."""
    said = row.pattern
    begins = time.fromisoformat(said.start)
    by_weeks = Repeats.WEEKLY if said.every_days == 7 else Repeats.FORTNIGHTLY
    pattern = SeriesPattern.objects.create(
        surgery=page,
        repeats=Repeats.NTH if said.nth else by_weeks,
        weekday=said.weekday,
        nth=said.nth or Nth.FIRST,
        first=days[0],
        begins=begins,
        ends=(datetime.combine(days[0], begins) + timedelta(minutes=said.minutes)).time(),
        capacity=row.capacity or None,
        made_until=days[-1],
    )
    held = set(days)
    missing = [day for day in pattern.rule.dates(days[0], days[-1]) if day not in held]
    LeftOut.objects.bulk_create(LeftOut(pattern=pattern, date=day) for day in missing)
    return pattern


def _change(session: Session, deviation: Deviation) -> None:
    """Cancel or move one date as a facilitator would, so that it says what it was moved from."""
    if deviation.what == "cancelled":
        surgeries.cancel(session, deviation.note)
        return
    day = timezone.localdate(session.starts)
    starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(deviation.new_start)))
    surgeries.move(session, starts, deviation.new_place or None, deviation.note)


def _invented(inventor: Inventor, n: int, hosts: list[str]) -> EventRow:
    """Half of them over, half to come, some time in half a year either way."""
    chance, topics = inventor.chance, inventor.some_topics(1)
    day = inventor.now + timedelta(days=chance.randint(-180, 180))
    starts = day.replace(hour=chance.randint(9, 18), minute=0, second=0, microsecond=0)
    return EventRow(
        id=f"{MARK}-{n}",
        title="",
        summary=inventor.say(topics, 1)[:400],
        body="",
        starts=starts,
        ends=starts + timedelta(minutes=chance.choice((60, 90, 120))),
        host=chance.choice(hosts),
        location=chance.choice(inventor.places),
        people=inventor.some_people(2),
        topics=topics,
    )


SURGERIES = Surgeries()
