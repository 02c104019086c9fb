"""What tests of e-mails to people do again and again."""

from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.core import mail

from communities.models import Holding, Membership
from core.outbox import drain
from notifications.mail.due import ask_for_mail
from notifications.mail.writing import CONSUMER
from notifications.models import Notice
from people.models import User
from tests.factories import at
from tests.notifications.kinds import post, send

TUESDAY = at(2026, 11, 24, 10, 0)
MONDAY = at(2026, 11, 30, 8, 5)  # the next one, when weekly e-mails go out
NIGHT = at(2026, 11, 24, 23, 0)
SOON = timedelta(minutes=3)


def bring(when: datetime = TUESDAY + SOON) -> list[Any]:
    """The e-mails that go out at a moment."""
    before = len(mail.outbox)
    with time_machine.travel(when, tick=False):
        ask_for_mail()
        drain(CONSUMER)
    return mail.outbox[before:]


def bring_what_waits() -> list[Any]:
    """The e-mails of what is addressed to people until now, whatever the time is."""
    have_been_members()  # at that time, too
    Notice.objects.filter(mail_due__isnull=False, mailed_at=None).update(mail_due=TUESDAY)
    return bring()


def plain(message: Any) -> str:
    return str(message.body)


def html(message: Any) -> str:
    return str(message.alternatives[0][0])


def have_been_members() -> None:
    """As though everybody had joined long ago."""
    Membership.objects.active().update(since=TUESDAY - timedelta(days=90))
    Holding.objects.update(since=TUESDAY - timedelta(days=90))


def told(community: Any, *people: User, when: Any = TUESDAY, **data: Any) -> None:
    with time_machine.travel(when, tick=False):
        send(community, *people, **data)


def happened(community: Any, when: Any = TUESDAY, times: int = 1, **data: Any) -> None:
    have_been_members()
    with time_machine.travel(when, tick=False):
        for _each in range(times):
            post(community, **data)
