"""The front page: what stands on it for whom."""

import pytest

from home.models import HomePage
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member


def front(person: User | None = None) -> str:
    return browse(person).get("/").content.decode()


def test_communities_that_are_closed_are_not_offered_to_newcomers(home: HomePage) -> None:
    CommunityFactory(title="Allotments by Night")
    CommunityFactory(title="Blockchain Circle", closed=True)
    assert "Allotments by Night" in front()
    assert "Blockchain Circle" not in front()


def test_whoever_belongs_somewhere_sees_their_own_first(home: HomePage, carys: User) -> None:
    CommunityFactory(title="Allotments by Night")
    mine = CommunityFactory(title="Potholes and Pavements")
    assert "Allotments by Night" in front(carys)
    make_member(carys, mine)
    page = front(carys)
    assert "Your communities" in page
    assert "Potholes and Pavements" in page
    assert "Allotments by Night" not in page


@pytest.mark.parametrize("reader", ["nobody", "carys"])
def test_a_story_that_nobody_signed_has_its_day_alone(home: HomePage, carys: User, reader: str) -> None:
    StoryFactory.create_batch(2, told_on="2026-03-02")
    page = front(carys if reader == "carys" else None)
    assert '<p class="small soft"> 2 March' in " ".join(page.split())
    assert "None" not in page


def test_the_host_is_shown_to_those_who_may_see_them(home: HomePage, carys: User) -> None:
    home.welcome_title, home.host = "New here?", PersonFactory(first_name="Hilda")
    home.save()
    for _time in ("first", "kept"):
        assert "Hilda Example" in front(carys)
        assert "Hilda Example" not in front()
    assert "New here?" in front()
