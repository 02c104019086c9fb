"""No community is left with fewer than two stewards because somebody went, and the hub team hears of those that are."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from django.utils import timezone

from communities import services
from communities.models import CommunityPage, Holding, Membership
from communities.services import leaves_too_few
from people.models import User
from tests import racing
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.racing import PATIENCE, seen_by_threads

pytestmark = racing.with_threads

STEWARDS = 3
at_once = partial(racing.at_once, threads=STEWARDS)


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[CommunityPage]:
    with seen_by_threads(tmp_path, _built) as community:
        yield community


def _built() -> CommunityPage:
    community: CommunityPage = CommunityFactory()
    for _steward in range(STEWARDS):
        make_member(PersonFactory(), community, "facilitator")
    make_member(PersonFactory(), community)  # somebody whom they could name
    return community


def stewards(community: CommunityPage) -> int:
    return at_once(lambda _number: Membership.objects.stewards().filter(community=community.pk).count())[0]


def theirs(community: CommunityPage, number: int) -> Membership:
    return Membership.objects.filter(community=community.pk).order_by("pk")[number]


def test_without_the_guard_all_go_at_once(arena: CommunityPage) -> None:
    all_looked = Barrier(STEWARDS, timeout=PATIENCE)

    def look_then_go(number: int) -> None:
        mine = theirs(arena, number)
        too_few = leaves_too_few(mine)
        all_looked.wait()
        if not too_few:
            Holding.objects.filter(membership=mine).update(until=timezone.now())

    at_once(look_then_go)
    assert stewards(arena) == 0


def test_with_it_two_stay(arena: CommunityPage) -> None:
    def leave(number: int) -> bool:
        try:
            services.leave(theirs(arena, number))
        except services.CannotLeave:
            return False
        return True

    assert at_once(leave).count(True) == 1
    assert stewards(arena) == 2


def test_a_successor_has_the_same_role(community: CommunityPage, asha: User, bryn: User) -> None:
    page = browse(asha).get(f"{community.url}leave/").content.decode()
    assert str(bryn) in page
    browse(asha).post(f"{community.url}leave/", {"successor": bryn.memberships.get().pk})
    assert (asha.memberships.get().roles, bryn.memberships.get().role_names) == ([], "Facilitator")


@pytest.mark.parametrize("stewards", [1, 2])
def test_the_hub_team_hears_where_there_is_only_one(home: object, hub_team: User, stewards: int) -> None:
    community = CommunityFactory(title="One lantern")
    for _steward in range(stewards):
        make_member(PersonFactory(), community, "facilitator")
    page = browse(hub_team).get("/communities/unattended/").content.decode()
    assert ("One lantern" in page) == (stewards == 1)
