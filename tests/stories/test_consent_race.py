"""Somebody takes their name back at the moment when the story goes out.

The first test switches the guard off and shows that the race is real: if it fails, the other proves nothing.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, current_thread
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from communities.models import FACILITATOR
from core.audiences import Audience
from people.models import User
from stories.consent import services
from stories.models import StoryPage
from stories.named import gate
from stories.named.choices import AskedBy, ConsentState
from stories.named.models import NamedPerson
from stories.named.passages import fingerprint
from tests import racing
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member
from tests.racing import PATIENCE, at_once, seen_by_threads

pytestmark = racing.with_threads
NAME = "Wilhelmina Quill"


def _built() -> int:
    """A story that waits to be published, whose named person has agreed."""
    writer, mina = PersonFactory(), PersonFactory(first_name="Wilhelmina", last_name="Quill")
    words = {"title": f"{NAME} lights the lane", "slug": "lane", "audience": Audience.ORGANISATION, "live": False}
    community = CommunityFactory()
    make_member(writer, community, FACILITATOR)
    story = StoryFactory(community=community, owner=writer, **words)
    story.save_revision(user=writer)
    said = {"name": NAME, "also": "", "instead": "a resident", "on_picture": False, "way": AskedBy.HUB}
    named = services.put(story, None, {**said, "given_on": None, "kept_by": "", "person": mina}, writer)
    services.ask(story, named, writer)
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert services.answer(named, ConsentState.YES, "", fingerprint(draft, named))
    return int(story.pk)


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[int]:
    with seen_by_threads(tmp_path, _built) as pk:
        yield pk


def publish(pk: int, before: Callable[[StoryPage], Any] = lambda _story: None) -> None:
    story = StoryPage.objects.select_related("latest_revision").get(pk=pk)
    revision = story.latest_revision
    assert revision is not None
    before(story)
    try:
        revision.publish(user=User.objects.get(pk=story.owner_id), skip_permission_checks=True)
    except ValidationError:
        raise AssertionError("She has answered, this way or the other.") from None


def withdraw(_pk: int) -> None:
    named = NamedPerson.objects.select_related("person").get()
    services.answer(named, ConsentState.WITHDRAWN, "", "")


def left(pk: int) -> list[bool]:
    """Whether the name stands in the row, and in a version, as another thread reads them."""

    def look(_number: int) -> list[bool]:
        story = StoryPage.objects.get(pk=pk)
        contents = [str(content) for content in story.revisions.values_list("content", flat=True)]
        return [NAME in story.title, any(NAME in content for content in contents), story.live]

    return list(at_once(look, 1)[0])


def test_without_the_guard_the_name_goes_out_after_it_was_taken_back(arena: int) -> None:
    looked, gone = Barrier(2, timeout=PATIENCE), Barrier(2, timeout=PATIENCE)
    seen: dict[str, list[NamedPerson]] = {}

    def as_seen(story: StoryPage, *, lock: bool = False) -> list[NamedPerson]:
        return seen.get(current_thread().name) or gate.named_in(story, lock=lock)

    def look(story: StoryPage) -> None:
        seen[current_thread().name] = gate.named_in(story)
        looked.wait()
        gone.wait()

    def deed(number: int) -> None:
        if number:
            looked.wait()
            withdraw(arena)
            gone.wait()
        else:
            publish(arena, look)

    with mock.patch("stories.models.named_in", as_seen):
        at_once(deed, 2)
    assert left(arena)[0]


@pytest.mark.parametrize("first", [0, 1])
def test_with_it_the_name_is_nowhere_whoever_came_first(arena: int, first: int) -> None:
    at_once(lambda number: (withdraw if number == first else publish)(arena), 2)
    assert left(arena) == [False, False, True]
