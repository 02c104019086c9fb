"""No place is given twice, however many ask for it at the same moment.

The first test switches the guard off and shows that the race is real: if it fails, the others prove nothing.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from communities import services
from communities.models import CommunityPage, Membership, Places, State
from people.models import User
from tests import racing
from tests.factories import CommunityFactory, PersonFactory
from tests.racing import PATIENCE, seen_by_threads

pytestmark = racing.with_threads

PEOPLE, PLACES = 12, 3
at_once = partial(racing.at_once, threads=PEOPLE)


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[CommunityPage]:
    """A community with three places, and twelve people, where other threads see them."""
    with seen_by_threads(tmp_path, _built) as community:
        yield community


def _built() -> CommunityPage:
    PersonFactory.create_batch(PEOPLE)
    community: CommunityPage = CommunityFactory(capacity=PLACES)
    return community


def counted(community: CommunityPage) -> tuple[int, int, int]:
    """Members, people who wait, and places taken, as the threads left them."""

    def count(_number: int) -> tuple[int, int, int]:
        memberships = Membership.objects.filter(community=community.pk)
        active, waiting = (memberships.filter(state=state).count() for state in (State.ACTIVE, State.WAITING))
        return active, waiting, Places.objects.get(community=community.pk).taken

    return at_once(count)[0]


def look_then_take(both: Barrier) -> Callable[[int], bool]:
    """The guard switched off: look whether a place is free, and take it a moment later."""

    def take(community_pk: int) -> bool:
        places = Places.objects.get(community=community_pk)
        both.wait()
        return places.taken < places.capacity and bool(
            Places.objects.filter(community=community_pk).update(taken=places.taken + 1)
        )

    return take


def test_without_the_guard_every_place_is_given_away_many_times(arena: CommunityPage) -> None:
    take = look_then_take(Barrier(PEOPLE, timeout=PATIENCE))
    assert at_once(lambda _number: take(arena.pk)).count(True) == PEOPLE > PLACES


def test_with_it_each_place_is_given_once(arena: CommunityPage) -> None:
    for _round in range(5):
        assert at_once(lambda _number: Places.take(arena.pk)).count(True) == PLACES
        at_once(lambda _number: Places.give_back(arena.pk))
        assert counted(arena)[2] == 0


def test_of_twelve_who_join_at_once_three_are_in_and_nine_wait(arena: CommunityPage) -> None:
    people = list(User.objects.order_by("pk"))
    at_once(lambda number: services.join(arena, people[number]))
    assert counted(arena) == (3, 9, 3)


def test_somebody_who_sends_the_form_twelve_times_joins_once(arena: CommunityPage) -> None:
    person = User.objects.order_by("pk")[0]
    assert len({membership.pk for membership in at_once(lambda _number: services.join(arena, person))}) == 1
    assert counted(arena) == (1, 0, 1)


def test_somebody_who_leaves_twelve_times_frees_one_place(arena: CommunityPage) -> None:
    first, second, *_others = User.objects.order_by("pk")
    mine, _theirs = at_once(lambda number: services.join(arena, second if number else first))[:2]
    at_once(lambda _number: services.leave(Membership.objects.get(pk=mine.pk)))
    assert counted(arena) == (1, 0, 1)
