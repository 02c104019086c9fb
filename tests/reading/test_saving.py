"""Saving a thing for later: a button on its page, a list of one's own, and a way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audiences import Audience
from indexing.documents import key_of
from people.models import User
from reading.models import Saved
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
)

pytestmark = pytest.mark.django_db
BUTTON, SAVED = "Save for later", "Saved. Remove from your list"


@pytest.fixture
def story(home):
    return StoryFactory(title="Bees on the roof")


def post(person, deed, thing, **data):
    return browse(person).post(f"/reading/{deed}/{key_of(thing)}/", data)


def told(person, address="/reading/saved/"):
    return browse(person).get(address).content.decode()


@pytest.mark.parametrize("factory", [StoryFactory, GuidanceFactory, CommunityFactory, SurgeryFactory, SessionFactory])
def test_every_thing_to_read_can_be_saved_from_its_page_and_taken_off_again(home, carys, factory):
    thing = factory()
    assert BUTTON in told(carys, thing.url)
    form = told(carys, thing.url).partition('<form class="save" method="post" action="')[2].partition('"')[0]
    assert browse(carys).post(form).status_code == 302
    page = told(carys, thing.url)
    assert SAVED in page
    assert form.replace("/save/", "/unsave/") in page


def test_a_date_without_words_of_its_own_saves_its_series(home, carys):
    session = SessionFactory()
    assert f"/reading/save/{key_of(session.surgery)}/" in told(carys, session.url)


def test_nobody_is_offered_what_they_cannot_do(story):
    assert BUTTON not in told(None, story.url)


def test_saving_leads_back_to_the_thing_and_twice_is_once(story, carys):
    assert post(carys, "save", story)["Location"] == story.url
    post(carys, "save", story)
    assert Saved.objects.count() == 1
    assert story.title in told(carys)


def test_what_is_off_the_list_can_be_put_back_in_one_press(story, carys):
    post(carys, "save", story)
    after = post(carys, "unsave", story, **{"from": "list"})["Location"]
    page = told(carys, after)
    assert "Nothing saved." in page
    assert f'action="/reading/save/{key_of(story)}/"' in page
    assert post(carys, "save", story, **{"from": "list"})["Location"] == "/reading/saved/"
    assert story.title in told(carys)


def test_one_persons_list_is_nobody_elses(story, carys, bryn):
    post(carys, "save", story)
    assert story.title not in told(bryn)
    assert SAVED not in told(bryn, story.url)


def test_what_somebody_may_no_longer_see_is_left_out_and_can_still_be_removed(story, private_community, dev):
    post(dev, "save", story)
    StoryPage.objects.get().delete()
    hidden = StoryFactory(title="Hidden bees")
    post(dev, "save", hidden)
    hidden.audience = Audience.ORGANISATION
    hidden.save()
    assert "bees" not in told(dev).lower()
    assert post(dev, "unsave", hidden).status_code == 302
    assert not Saved.objects.filter(key=key_of(hidden)).exists()


def test_what_is_gone_is_counted_and_taken_off_in_one_press(story, carys, bryn):
    other = StoryFactory(title="Other bees")
    for person in (carys, bryn):
        post(person, "save", story)
        post(person, "save", other)
    other.delete()
    assert "1 thing of your list is gone" in told(carys)
    page = browse(carys).post("/reading/saved/gone/", follow=True).content.decode()
    assert "of your list" not in page
    assert story.title in page
    assert list(Saved.objects.filter(person=carys).values_list("key", flat=True)) == [key_of(story)]
    assert Saved.objects.filter(person=bryn).count() == 2


@pytest.mark.parametrize(
    "key", ["stories.storypage:0", "people.user:{pk}", "no.such:1", "nonsense", "stories.storypage:x"]
)
def test_what_is_no_thing_to_read_is_not_there(carys, key):
    assert browse(carys).post(f"/reading/save/{key.format(pk=carys.pk)}/").status_code == 404


def test_a_full_shelf_says_so(story, carys, monkeypatch):
    monkeypatch.setattr(Saved, "MOST", 1)
    post(carys, "save", story)
    other = StoryFactory(title="One too many")
    page = browse(carys).post(f"/reading/save/{key_of(other)}/", follow=True).content.decode()
    assert "You have saved 1 things" in page
    assert "One too many" not in told(carys)


def test_a_get_saves_nothing(story, carys):
    assert browse(carys).get(f"/reading/save/{key_of(story)}/").status_code == 405


def test_the_list_asks_as_often_with_thirty_things_as_with_three(home, carys):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert told(carys).count("<h2><a") in (3, 24)
        return len(queries)

    for number in range(3):
        post(carys, "save", StoryFactory(title=f"Story {number}"))
    few = (asked(), asked())[1]
    for number in range(27):
        post(carys, "save", StoryFactory(title=f"More {number}"))
    assert (asked(), asked())[1] == few


def test_a_draft_in_the_editors_preview_has_no_button(story, hub_team):
    from django.test import RequestFactory

    from reading.listings import save_button

    request = RequestFactory().get("/")
    request.user, request.is_preview = hub_team, True
    assert save_button(request, story) is None
    assert save_button(request, StoryPage(title="New")) is None


def test_who_leaves_takes_the_list_along(story):
    person = PersonFactory(first_name="Elin")
    post(person, "save", story)
    User.objects.get(pk=person.pk).delete()
    assert not Saved.objects.exists()


def test_a_members_button_is_not_kept_for_the_next_member(story, community, bryn, asha):
    elin = PersonFactory(first_name="Elin")
    make_member(elin, community)
    post(bryn, "save", story)
    assert SAVED in told(bryn, story.url)
    assert SAVED not in told(elin, story.url)
