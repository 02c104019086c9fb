"""Sessions as calendars (RFC 5545): one session to keep, or a feed to subscribe to."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from core.branding import branding
from core.text import one_line
from surgeries.models import Session

REFRESH = timedelta(hours=1)


def calendar_of(sessions: Iterable[Session], base_url: str, name: str = "") -> bytes:
    """An iCalendar file. ``base_url`` is where the hub is (scheme and host), for the links in it.

    Only a feed has a ``name``: for one session, programs would offer a new calendar of that name.
    """
    calendar, hub = Calendar(), branding()
    calendar.add("prodid", f"-//{hub.name}//{hub.body}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        _name(calendar, name)
    for session in sessions:
        calendar.add_component(_event(session, base_url))
    return calendar.to_ical()


def _name(calendar: Calendar, name: str) -> None:
    calendar.add("x-wr-calname", vText(one_line(name)))  # named as text: icalendar escapes nothing it does not know
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")


def _event(session: Session, base_url: str) -> Event:
    """One session. Its UID never changes and its SEQUENCE only grows, so that a calendar knows what it holds
    already.
    """
    event = Event()
    event.add("uid", f"{session.uid}@folkmoot")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed.astimezone(UTC))
    event.add("last-modified", session.changed.astimezone(UTC))
    event.add("dtstart", session.starts.astimezone(UTC))
    event.add("dtend", session.ends.astimezone(UTC))
    heading = one_line(session.heading)  # what came with an archive was never in a form
    event.add("summary", _("Cancelled: %(title)s") % {"title": heading} if session.is_cancelled else heading)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if session.is_cancelled else "OPAQUE")
    event.add("url", f"{base_url}{session.url}")
    event.add("description", _description(session, base_url))
    if session.where:
        event.add("location", one_line(session.where))
    return event


def _description(session: Session, base_url: str) -> str:
    mentors = ", ".join(str(mentor) for mentor in session.mentor_list)
    lines = [
        session.note,
        session.summary or session.surgery.summary,
        _("With %(mentors)s.") % {"mentors": mentors} if mentors else "",
        session.link,
        f"{base_url}{session.url}",
    ]
    return "\n\n".join(one_line(line) for line in lines if line)
