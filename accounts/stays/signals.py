"""Hears of people from outside who are back, by whatever way."""

from collections.abc import Collection

from accounts.stays import services
from people.presence import presence_changed


def listen() -> None:
    presence_changed.connect(on_presence_changed, dispatch_uid="accounts.stays.presence")


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    services.go_on(people)
