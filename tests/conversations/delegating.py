"""Delegations to test with, made as the pages make them."""

from datetime import date, timedelta

from django.utils import timezone

from conversations.delegates import services
from conversations.models import Delegation
from people.models import User

MONTH = timedelta(days=30)


def asked(principal: User, delegate: User, until: date | None = None, *, announces: bool = False) -> Delegation:
    today = timezone.localdate()
    return services.name(principal, delegate, today, until or today + MONTH, announces=announces)


def delegated(principal: User, delegate: User, until: date | None = None, *, announces: bool = False) -> Delegation:
    made = asked(principal, delegate, until, announces=announces)
    services.accept(made, delegate)
    made.refresh_from_db()
    return made
