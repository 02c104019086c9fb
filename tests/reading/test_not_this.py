"""What somebody does not want to see: they find all of it on their own page, and take it back there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indexing.documents import key_of
from reading import services
from reading.models import Dismissed, Reader
from tests.conftest import browse
from tests.factories import GuidanceFactory, StoryFactory
from tests.reading.bees import NOBODY_WORKS, bees, fresh, front, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_beside")]
HEADING = "What you have hidden"


@pytest.fixture
def guidance(mine, carys):
    """What Carys does not want to see."""
    thing = bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    post(carys, f"dismiss/{key_of(thing)}/")
    return thing


def own_page(person):
    return browse(person).get("/reading/").content.decode()


def test_it_stands_on_ones_own_page_and_on_nobody_elses(guidance, carys, bryn):
    page = own_page(carys)
    assert HEADING in page
    assert guidance.title in page
    assert HEADING not in own_page(bryn)


def test_it_is_taken_back_there_and_stands_on_the_front_page_again(guidance, carys):
    page = browse(carys).post(f"/reading/restore/{key_of(guidance)}/", {"from": "list"}, follow=True).content.decode()
    assert "It can appear on your front page again." in page
    assert HEADING not in page
    assert guidance.title in front(carys)


@pytest.mark.parametrize("address", ["restore/{key}/", "restore/"])
def test_what_is_taken_back_at_once_stands_where_it_stood_and_nothing_is_looked_for_anew(
    guidance, carys, settings, address
):
    found = Reader.objects.get(person=carys)
    post(carys, address.format(key=key_of(guidance)))
    settings.TASKS = NOBODY_WORKS
    assert guidance.title in front(carys)
    reader = Reader.objects.get(person=carys)
    assert (reader.picks, reader.changed, reader.asked) == (found.picks, None, None)


def test_all_of_it_is_taken_back_in_one_press_also_what_is_gone(guidance, carys, bryn):
    services.dismiss(carys, "stories.storypage:99999")
    services.dismiss(bryn, key_of(guidance))
    page = browse(carys).post("/reading/restore/", follow=True).content.decode()
    assert HEADING not in page
    assert [row.person for row in Dismissed.objects.all()] == [bryn]


def test_what_is_hidden_since_is_not_named(guidance, carys):
    type(guidance).objects.update(audience_token="nobody")
    assert HEADING in own_page(carys)
    assert guidance.title not in own_page(carys)


def test_after_a_year_it_is_forgotten(guidance, carys):
    for days, left in ((364, 1), (366, 0)):
        Dismissed.objects.update(since=timezone.now() - timedelta(days=days))
        services.tidy()
        assert Dismissed.objects.count() == left


def test_there_are_a_hundred_at_most_the_newest(home, carys, monkeypatch):
    monkeypatch.setattr(Dismissed, "MOST", 2)
    for number in range(4):
        services.dismiss(carys, f"stories.storypage:{number}")
    assert {row.key for row in Dismissed.objects.all()} == {"stories.storypage:2", "stories.storypage:3"}


def test_an_address_that_says_it_was_done_is_not_believed(mine, carys):
    guidance = bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    assert "is hidden here" not in front(carys, f"/?dismissed={key_of(guidance)}")


def test_nor_one_that_says_that_something_is_off_the_list(home, carys):
    story = StoryFactory()
    services.save(carys, key_of(story))
    page = browse(carys).get(f"/reading/saved/?removed={key_of(story)}").content.decode()
    assert "Removed from your list." not in page
