"""Hears of accounts that are switched off or on, by whatever way."""

from collections.abc import Collection

from accounts.leaving.departures import follow_presence
from people.presence import presence_changed


def listen() -> None:
    presence_changed.connect(on_presence_changed, dispatch_uid="accounts.leaving.presence")


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    follow_presence(people)
