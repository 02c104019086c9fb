"""A small hub about bees, for what is put before people and why."""

from typing import Any

from django.test import TestCase
from django.utils import timezone

from indexing import maintenance
from indexing.documents import key_of
from reading.models import Opened, Reader, Saved
from tests.conftest import browse
from tests.factories import StoryFactory

BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey for the food bank."
CARS = "Renew a parking permit for your car online: what you need, what it costs, how long it takes."
TODAY = timezone.localdate
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
"""Tasks are taken and not done: what is shown until somebody in the background has looked."""


def about(words: str, factory: Any, title: str, **fields: Any) -> Any:
    if factory is StoryFactory:
        fields = {"need": f"<p>{words}</p>", "what_we_did": "", **fields}
    return factory(title=title, summary=words, **fields)


def bees(factory: Any, title: str, **fields: Any) -> Any:
    return about(BEES, factory, title, **fields)


def saves(person: Any, thing: Any) -> None:
    Reader.objects.get_or_create(person=person)
    Saved.objects.create(person=person, key=key_of(thing))


def read(person: Any, thing: Any) -> None:
    Reader.objects.get_or_create(person=person)
    Opened.objects.create(person=person, key=key_of(thing))


def post(person: Any, address: str) -> Any:
    return browse(person).post(f"/reading/{address}")


def section(page: str) -> str:
    """The part of a page that is for one person."""
    return page.partition('id="for-you"')[2].partition('aria-labelledby="communities-heading"')[0]


def front(person: Any, address: str = "/") -> str:
    """What somebody finds there once whoever was sent to look for something is back."""
    browser = browse(person)
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.get(address)
    return section(browser.get(address).content.decode())


def fresh(person: Any) -> str:
    """What a person finds on a day on which everything was brought to the index."""
    maintenance.rebuild()
    Reader.objects.update(day=None, asked=None)
    return front(person)
