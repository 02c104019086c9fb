"""What a fixture is given again is what it would have made."""

from contextlib import nullcontext
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from communities.models import CommunityPage
from core import versions
from core.models import Topic
from stories.models import StoryPage
from tests import replay
from tests.factories import PersonFactory, StoryFactory, make_member

Rows = dict[str, list[Any]]


class Telling:
    """A fixture that counts how often it made something itself."""

    def __init__(self) -> None:
        self.times = 0
        self.given = replay.replayed(self.make)

    def make(self, home: Any, community: CommunityPage) -> StoryPage:
        self.times += 1
        person = PersonFactory(first_name="Teller")
        make_member(person, community)
        community.purpose = "To light the lane."
        community.save()
        return StoryFactory(title="The lamp", slug="lamp", community=community, owner=person)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Telling:
    monkeypatch.setattr(replay, "_made", {})
    return Telling()


def rows() -> Rows:
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in apps.get_models()}


def hooks() -> list[type]:
    return [type(hook) for _savepoints, hook, _robust in connection.run_on_commit]


def test_rows_hooks_and_objects_are_those_of_the_first_time(
    telling: Telling, home: Any, community: CommunityPage
) -> None:
    before = transaction.savepoint()
    connection.run_on_commit = []
    replay.begins()
    first = telling.given(home=home, community=community)
    there, kept = rows(), hooks()
    first.title = "Another"  # whoever changes what they were given changes nothing for others
    transaction.savepoint_rollback(before)
    connection.run_on_commit = []
    assert rows() != there

    replay.begins()
    community.purpose = "To mend what is broken."
    again = telling.given(home=home, community=community)
    assert telling.times == 1
    assert rows() == there
    assert hooks() == kept
    assert (again.pk, again.title) == (first.pk, "The lamp")
    assert again.community is first.community is community
    assert community.purpose == "To light the lane."


def test_a_change_is_another_version_than_any_that_another_test_began_with(
    telling: Telling, home: Any, community: CommunityPage
) -> None:
    """What a process remembers under a version is believed by all of its tests."""
    for _time in range(2):
        before = transaction.savepoint()
        replay.begins()
        story = telling.given(home=home, community=community)
        began_with = versions.ScopeChange.objects.count()
        story.save()
        assert versions.ScopeChange.objects.count() > began_with
        transaction.savepoint_rollback(before)


@pytest.mark.parametrize("otherwise", ["somebody wrote before", "another fixture came before", "another day"])
def test_whoever_begins_otherwise_is_made_it_anew(
    telling: Telling, home: Any, community: CommunityPage, otherwise: str
) -> None:
    before = transaction.savepoint()
    replay.begins()
    telling.given(home=home, community=community)
    transaction.savepoint_rollback(before)

    replay.begins()
    if otherwise == "somebody wrote before":
        Topic.objects.create(name="Lamps", slug="lamps")
    if otherwise == "another fixture came before":
        replay.replayed(PersonFactory)()
    with time_machine.travel("2026-03-02 09:00") if otherwise == "another day" else nullcontext():
        telling.given(home=home, community=community)
    assert telling.times == 2
