"""What the pages of surgeries show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, groupby
from typing import Any, cast

from django.db.models import Count, Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from communities.choices import Capability
from communities.models import CommunityPage
from communities.permissions import communities_stewarded
from communities.shown_rights import rights_in
from core.audiences import Viewer
from core.days import midnight
from core.editing.rights import writes
from core.editors import edits_everything
from core.models import Topic
from core.pagination import page_of
from core.topics import topics_of
from people.absence.listings import Concerned
from people.away import Absence, Leaves, known_now
from people.models import User
from reading.listings import save_button
from search.related import near
from surgeries.models import ForWhom, Session, Status, SurgeryIndexPage, SurgeryPage

DAYS = 7
DATES_ABOUT_A_TOPIC = 6
CONCERNED_SHOWN = 30
SOON = timedelta(days=28)


@dataclass(slots=True)
class ScheduleDay:
    """One day of the schedule."""

    date: date
    sessions: list[Session] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.date == timezone.localdate()

    @property
    def is_tomorrow(self) -> bool:
        return self.date == timezone.localdate() + timedelta(days=1)

    @property
    def is_past(self) -> bool:
        return self.date < timezone.localdate()

    @property
    def count(self) -> int:
        """How many take place."""
        return sum(1 for session in self.sessions if not session.is_cancelled)


def sessions_shown_to(viewer: Viewer) -> Any:
    """The sessions that ``viewer`` may see, with everything that a row of the schedule says."""
    return Session.objects.shown_to(viewer).for_listing()


def schedule_context(request: HttpRequest, _page: SurgeryIndexPage) -> dict[str, Any]:
    """The schedule of one week, Monday to Sunday, for everybody or for one kind of visitor."""
    monday = _monday(request.GET.get("week", ""))
    for_whom = request.GET.get("for", "")
    sessions = sessions_shown_to(request.user).between(monday, monday + timedelta(days=DAYS - 1))
    if for_whom in (ForWhom.STAFF, ForWhom.RESIDENTS):
        sessions = sessions.filter(surgery__for_whom__in=(for_whom, ForWhom.BOTH))
    elif for_whom == "online":
        sessions = sessions.filter(place="", surgery__place="")
    days = cast("list[ScheduleDay]", SimpleLazyObject(lambda: by_day(sessions, monday)))
    this_monday = _monday("")
    feed_url = request.build_absolute_uri(feed_address(request.user))
    return {
        "days": days,
        "is_quiet": SimpleLazyObject(lambda: not any(day.sessions for day in days)),
        "is_this_week": monday == this_monday,
        "week": monday,
        "week_ends": monday + timedelta(days=DAYS - 1),
        "previous_week": monday - timedelta(days=DAYS),
        "next_week": monday + timedelta(days=DAYS),
        "for_whom": for_whom,
        "held": SimpleLazyObject(lambda: sum(day.count for day in days if day.is_past)),
        "feed_url": feed_url,
        "webcal_url": f"webcal:{feed_url.partition(':')[2]}",
        "series": SimpleLazyObject(lambda: page_of(request, series_shown_to(request.user))),
        "next_session": SimpleLazyObject(lambda: sessions_shown_to(request.user).upcoming().first()),
    }


def feed_address(viewer: Viewer) -> str:
    """Where ``viewer``'s calendar subscribes: an address of their own, or everybody's."""
    if isinstance(viewer, User):
        return reverse("surgeries:personal_feed", args=[viewer.calendar_key])
    return reverse("surgeries:feed")


def series_shown_to(viewer: Viewer) -> Any:
    """The surgeries that ``viewer`` may see, by title."""
    return SurgeryPage.objects.shown_to(viewer).select_related("community").order_by("title")


def by_day(sessions: Iterable[Session], first: date) -> list[ScheduleDay]:
    """The sessions by the day that they begin on where the hub is; days without any are there too."""
    days = {first + timedelta(days=n): ScheduleDay(first + timedelta(days=n)) for n in range(DAYS)}
    for day, of_day in groupby(sessions, key=lambda session: timezone.localdate(session.starts)):
        days[day].sessions = list(of_day)
    return list(days.values())


def _monday(text: str) -> date:
    """The Monday of the week that ``text`` (a date, ISO 8601) falls in; of this week where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = timezone.localdate()
    day = min(max(day, date(1970, 1, 5)), date(9990, 1, 1))
    return day - timedelta(days=day.weekday())


def surgery_context(request: HttpRequest, surgery: SurgeryPage) -> dict[str, Any]:
    """A surgery's own page: its next sessions, and those that were."""
    sessions = sessions_shown_to(request.user).filter(surgery=surgery)
    return {
        "upcoming": list(sessions.upcoming()[:8]),
        "patterns": [pattern for pattern in surgery.patterns.all() if pattern.is_in_words],
        "past": page_of(request, sessions.past(), per_page=10),
        "topics": SimpleLazyObject(lambda: topics_of(surgery)),
        "near": near(surgery, request.user, leave_out=surgery.sessions.all()),
        "save": save_button(request, surgery),
    }


def session_context(request: HttpRequest, session: Session) -> dict[str, Any]:
    """A session's own page."""
    others = sessions_shown_to(request.user).filter(surgery=session.surgery_id).exclude(pk=session.pk)
    edits = edits_everything(request.user) or writes(request.user, session.surgery)
    return {
        "session": session,
        "edit_url": reverse("surgeries:change_date", args=[session.pk]) if edits else "",
        "surgery": session.surgery,
        "mentors": list(User.objects.here().mark_visible_to(request.user).filter(mentored_sessions=session).by_name()),
        "upcoming": list(others.upcoming()[:4]),
        "topics": SimpleLazyObject(lambda: topics_of(session.surgery)),
        "near": near_session(request, session),
        "save": save_button(request, session if session.has_words else session.surgery),
    }


def near_session(request: HttpRequest, session: Session) -> Any:
    """What is near a session: near its own words where it has some, else near what the series is about."""
    subject = session if session.has_words else session.surgery
    return near(subject, request.user, leave_out=chain([session.surgery], session.surgery.sessions.all()))


def next_sessions(viewer: Viewer, limit: int) -> list[Session]:
    """The soonest sessions that take place and that ``viewer`` may see."""
    return list(sessions_shown_to(viewer).upcoming().exclude(status=Status.CANCELLED)[:limit])


def sessions_i_mentor(person: User, limit: int) -> list[Session]:
    """The next sessions where ``person`` is the one who helps."""
    shown = Session.objects.shown_to(person).select_related("surgery")
    mine = shown.upcoming().filter(mentors=person, status=Status.SCHEDULED)
    return list(mine[:limit])


def mentored_between(person: User, first: date, last: date | None) -> list[Concerned]:
    """The sessions of these days where ``person`` is the one who helps."""
    mine = Session.objects.shown_to(person).select_related("surgery").upcoming().filter(mentors=person)
    mine = mine.filter(status=Status.SCHEDULED, starts__gte=midnight(first))
    if last is not None:
        mine = mine.filter(starts__lt=midnight(last + timedelta(days=1)))
    return [Concerned(one.heading, one.url, timezone.localdate(one.starts)) for one in mine[:CONCERNED_SHOWN]]


def sessions_without_mentor(
    person: User, limit: int, stewarded: Collection[int] | None = None
) -> list[tuple[Session, list[User]]]:
    """The next sessions of communities that ``person`` facilitates where mentors are away that day, with these."""
    if not (leaves := known_now()):
        return []
    hosted = Session.objects.shown_to(person).filter(surgery__community__in=communities_stewarded(person, stewarded))
    soon = hosted.upcoming().filter(status=Status.SCHEDULED, starts__lt=timezone.now() + SOON)
    absent = User.objects.here().filter(pk__in=Absence.objects.standing().order_by().values("person"))
    mentors = Prefetch("mentors", absent, to_attr="at_times_away")
    asked = soon.filter(mentors__in=absent).distinct().select_related("surgery").prefetch_related(mentors)
    lacking = ((session, _away_then(session, leaves)) for session in asked)
    return [(session, people) for session, people in lacking if people][:limit]


def _away_then(session: Session, leaves: Leaves) -> list[User]:
    day = timezone.localdate(session.starts)
    return [one for one in session.at_times_away if any(leave.holds(day) for leave in leaves.get(one.pk, ()))]


def surgeries_of_community(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On a community's page: where to meet it next, as all who see that page alike see it."""
    sessions = Session.objects.shown_to(request.user).select_related("surgery").filter(surgery__community=community)
    upcoming = list(sessions.upcoming()[:3])
    past = [] if upcoming else list(sessions.past()[:3])
    if not (upcoming or past):
        return None
    return {"sessions": upcoming or past, "past": bool(past)}


def start_a_surgery(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On a community's page: the way to start one, for whoever may. It stands in nothing that is kept."""
    if Capability.SURGERIES not in rights_in(request, community):
        return None
    return {"url": reverse("surgeries:start", args=[community.slug])}


def surgeries_about(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """On a topic's page: where to ask about it next; the surgeries themselves where no date is announced."""
    series = list(SurgeryPage.objects.shown_to(request.user).filter(topic_links__tag=topic).order_by("title")[:8])
    if not series:
        return None
    sessions = Session.objects.shown_to(request.user).select_related("surgery")
    upcoming = sessions.filter(surgery__topic_links__tag=topic).exclude(status=Status.CANCELLED).upcoming()
    return {"sessions": list(upcoming[:DATES_ABOUT_A_TOPIC]), "series": series}


def surgeries_of_person(request: HttpRequest, person: User) -> dict[str, Any] | None:
    """On a person's page: where one can meet them, and how often they helped."""
    sessions = sessions_shown_to(request.user).filter(mentors=person)
    upcoming = list(sessions.upcoming().exclude(status=Status.CANCELLED)[:4])
    helped = Session.objects.shown_to(request.user).past().filter(mentors=person, status=Status.SCHEDULED)
    held = helped.order_by().aggregate(n=Count("pk"))["n"]
    return {"sessions": upcoming, "held": held} if upcoming or held else None
