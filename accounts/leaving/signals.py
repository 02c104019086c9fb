"""Hears of accounts that are switched off or on, by whatever way."""

from collections.abc import Collection

from accounts.leaving import notices
from accounts.leaving.departures import follow_presence
from accounts.leaving.models import HandedOver
from core.versions import changed_for
from people.models import User
from people.presence import people_going, presence_changed


def listen() -> None:
    presence_changed.connect(on_presence_changed, dispatch_uid="accounts.leaving.presence")
    people_going.connect(on_people_going, dispatch_uid="accounts.leaving.people_going")


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    follow_presence(people)


def on_people_going(people: Collection[int], **_kwargs: object) -> None:
    """What is told of them goes with them: to whoever sees to it, and to whoever has what they looked after."""
    notices.settled(User.objects.filter(pk__in=people))
    changed_for(HandedOver.objects.filter(of__in=people).values_list("to_id", flat=True))
