"""A session that is moved or cancelled reaches whoever goes there, with the entry for their calendar."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from icalendar import Calendar

from core.outbox import drain
from surgeries import services
from surgeries.models import Session
from tests.factories import SessionFactory
from tests.notifications.mails import SOON, TUESDAY, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(home: Any, carys: Any) -> Session:
    """Carys helps there, in a week."""
    starts = TUESDAY + timedelta(days=7)
    made: Session = SessionFactory(starts=starts, ends=starts + timedelta(hours=1))
    made.mentors.add(carys)
    return made


def told(when: Any, *deeds: Any) -> Any:
    with time_machine.travel(when, tick=False):
        for deed in deeds:
            deed()
        drain("notices")
    (made,) = bring(when + SOON)
    return made


def entry(made: Any) -> Any:
    (part,) = [part for part in made.message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "PUBLISH"
    (event,) = Calendar.from_ical(part.get_payload(decode=True)).events
    return event


def test_a_calendar_takes_over_what_was_moved_and_then_cancelled(session, carys):
    later = session.starts + timedelta(hours=3)
    moved = entry(told(TUESDAY, lambda: services.move(session, later, note="The hall is let.")))
    cancelled = entry(told(TUESDAY + timedelta(hours=1), lambda: services.cancel(session)))
    assert moved["uid"] == cancelled["uid"]
    assert (moved["dtstart"].dt, moved["status"], cancelled["status"]) == (later, "CONFIRMED", "CANCELLED")
    assert cancelled["sequence"] > moved["sequence"]


def test_two_changes_at_once_are_one_e_mail_that_says_how_it_stands(session, carys):
    made = told(TUESDAY, lambda: services.cancel(session), lambda: services.restore(session))
    assert made.body.count("Changed: Tuesday 1 December, 10:00") == 1
    assert entry(made)["status"] == "CONFIRMED"
