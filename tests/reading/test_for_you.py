"""For you: a few things that have to do with what somebody wrote, joined, saved and read, each with its reason."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import services as communities
from communities.models import Role
from hub.audiences import Audience
from reading import finding, keeping, listings
from reading.models import Dismissed, Opened, Reader, Saved
from search import engines, maintenance
from search.documents import key_of
from search.engines.base import EngineUnavailable
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
    tell,
)

pytestmark = pytest.mark.django_db

BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey for the food bank."
CARS = "Renew a parking permit for your car online: what you need, what it costs, how long it takes."
TODAY = timezone.localdate
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
"""Tasks are taken and not done: what is shown until somebody in the background has looked."""


@pytest.fixture(autouse=True)
def _nothing_beside(monkeypatch):
    """The newest stories stand on the front page anyway; here they would hide what is looked for."""
    monkeypatch.setattr("home.listings.STORIES", 0)


def about(words, factory, title, **fields):
    if factory is StoryFactory:
        fields = {"need": f"<p>{words}</p>", "what_we_did": "", **fields}
    return factory(title=title, summary=words, **fields)


def bees(factory, title, **fields):
    return about(BEES, factory, title, **fields)


@pytest.fixture
def mine(home, carys):
    """A story that Carys told."""
    return tell(bees(StoryFactory, "Bees on the roof"), carys)


def saves(person, thing):
    Reader.objects.get_or_create(person=person)
    Saved.objects.create(person=person, key=key_of(thing))


def read(person, thing):
    Reader.objects.get_or_create(person=person)
    Opened.objects.create(person=person, key=key_of(thing))


def post(person, address):
    return browse(person).post(f"/reading/{address}")


def section(page):
    """The part of a page that is for one person."""
    return page.partition('id="for-you"')[2].partition('aria-labelledby="communities-heading"')[0]


def front(person, address="/"):
    return section(browse(person).get(address).content.decode())


def fresh(person):
    """What a person finds on a day on which everything was brought to the index."""
    maintenance.rebuild()
    Reader.objects.update(day=None, asked=None)
    return front(person)


# -- why ---------------------------------------------------------------------------------------------------------------
def test_because_you_wrote(mine, carys):
    bees(GuidanceFactory, "Keeping bees")
    page = fresh(carys)
    assert "Keeping bees" in page
    assert "Because you wrote “Bees on the roof”" in page


def test_because_you_are_in(home, carys):
    make_member(carys, bees(CommunityFactory, "Beekeepers"))
    bees(GuidanceFactory, "Keeping bees")
    assert "Because you are in Beekeepers" in fresh(carys)


def test_because_you_help_at(home, carys):
    surgery = bees(SurgeryFactory, "Ask about bees")
    SessionFactory(surgery=surgery).mentors.add(carys)
    bees(GuidanceFactory, "Keeping bees")
    assert "Because you help at “Ask about bees”" in fresh(carys)


def test_because_you_look_after(home, carys):
    bees(GuidanceFactory, "Keeping bees", checked_by=carys)
    bees(StoryFactory, "Bees on the roof")
    assert "Because you look after “Keeping bees”" in fresh(carys)


def test_because_you_saved_and_because_you_read(home, carys, bryn):
    guidance = bees(GuidanceFactory, "Keeping bees")
    bees(StoryFactory, "Bees on the roof")
    saves(carys, guidance)
    read(bryn, guidance)
    maintenance.rebuild()
    assert "Because you saved “Keeping bees”" in front(carys)
    assert "Because you read “Keeping bees”" in front(bryn)


def test_the_strongest_reason_is_named(mine, carys):
    read(carys, mine)
    bees(GuidanceFactory, "Keeping bees")
    assert "Because you wrote" in fresh(carys)


def test_what_is_near_three_of_ones_things_stands_before_what_is_near_one(home, carys):
    for number in range(3):
        saves(carys, bees(StoryFactory, f"Bees {number}"))
    saves(carys, about(CARS, StoryFactory, "Parking permits"))
    about(CARS, GuidanceFactory, "How to park")
    bees(GuidanceFactory, "Keeping bees")
    page = fresh(carys)
    assert page.index("Keeping bees") < page.index("How to park")


# -- what is left out --------------------------------------------------------------------------------------------------
def test_a_stranger_to_everything_has_no_section(mine, carys):
    bees(GuidanceFactory, "Keeping bees")
    assert "For you" not in fresh(PersonFactory(first_name="Elin"))
    assert "For you" not in browse().get("/").content.decode()


def test_what_has_to_do_with_something_else_is_no_filler(mine, carys):
    about(CARS, GuidanceFactory, "How to park")
    assert "For you" not in fresh(carys)


def test_ones_own_things_are_known(mine, carys):
    """What they wrote, joined, helps at, look after, saved and read: none of it is put before them."""
    make_member(carys, bees(CommunityFactory, "Own community"))
    surgery = bees(SurgeryFactory, "Own surgery")
    SessionFactory(surgery=surgery, title="Own date", summary=BEES).mentors.add(carys)
    bees(GuidanceFactory, "Own guidance").authors.add(carys)
    saves(carys, bees(GuidanceFactory, "Own saved"))
    read(carys, bees(GuidanceFactory, "Own read"))
    fresh(carys)
    reader = Reader.objects.get(person=carys)
    assert reader.day == TODAY()
    assert reader.picks == []


def test_no_people_and_nothing_that_is_over(mine, carys):
    PersonFactory(public=True, about=BEES, first_name="Beata")
    surgery = SurgeryFactory()
    for title, days in (("Bees gone by", -9), ("Bees to come", 9)):
        SessionFactory(surgery=surgery, title=title, summary=BEES, starts=timezone.now() + timedelta(days=days))
    page = fresh(carys)
    assert "Bees to come" in page
    assert "Bees gone by" not in page
    assert "Beata" not in page


def test_what_passes_after_it_was_found_is_shown_no_more(mine, carys):
    session = SessionFactory(title="Bees today", summary=BEES)
    fresh(carys)
    reader = Reader.objects.get(person=carys)
    assert [pick["key"] for pick in reader.picks] == [key_of(session)]
    reader.picks[0]["until"] = (TODAY() - timedelta(days=1)).isoformat()
    reader.save()
    cache.clear()
    assert "Bees today" not in front(carys)


def test_at_most_four_two_of_a_kind_and_two_for_the_same_reason(mine, carys):
    for number in range(4):
        bees(GuidanceFactory, f"Keeping bees {number}")
        bees(SurgeryFactory, f"Ask about bees {number}")
        bees(StoryFactory, f"Other bees {number}")
    assert fresh(carys).count("Because you wrote") == 2
    for number in range(3):
        saves(carys, bees(CommunityFactory, f"Beekeepers {number}"))
    page = fresh(carys)
    assert page.count("Not this<span") == 4
    for words in ("Keeping bees", "Ask about bees", "Other bees"):
        assert page.count("<h3><a href=") == 4
        assert sum(f">{words} {number}</a>" in page for number in range(4)) <= 2


def test_what_the_page_shows_anyway_is_not_shown_twice(mine, carys, monkeypatch):
    monkeypatch.setattr("home.listings.STORIES", 4)
    bees(StoryFactory, "New bees")
    bees(GuidanceFactory, "Keeping bees")
    page = fresh(carys)
    assert "Keeping bees" in page
    assert "New bees" not in page


# -- whose it is -------------------------------------------------------------------------------------------------------
def test_a_private_thing_is_put_before_members_alone(mine, carys, dev, private_community):
    tell(bees(StoryFactory, "Dev and the bees"), dev)
    bees(GuidanceFactory, "Secret bees", community=private_community, private=True)
    maintenance.rebuild()
    assert "Secret bees" in front(dev)
    assert "Secret bees" not in front(carys)


def test_what_is_hidden_after_it_was_found_is_gone_at_once(
    mine, carys, private_community, django_capture_on_commit_callbacks
):
    guidance = bees(GuidanceFactory, "Keeping bees")
    assert "Keeping bees" in fresh(carys)
    with django_capture_on_commit_callbacks(execute=True):
        guidance.community, guidance.audience = private_community, Audience.MEMBERS
        guidance.save()
    assert "Keeping bees" not in front(carys)


def test_a_reason_that_is_hidden_is_not_named(home, dev, private_community, django_capture_on_commit_callbacks):
    secret = bees(StoryFactory, "Secret bees", community=private_community, private=True)
    read(dev, secret)
    bees(GuidanceFactory, "Keeping bees")
    assert "Because you read “Secret bees”" in fresh(dev)
    StoryPage.objects.filter(pk=secret.pk).update(audience_token="organisation")
    cache.clear()
    dev.memberships.all().delete()
    assert "Secret bees" not in front(dev)


def test_whoever_leaves_a_community_is_told_nothing_because_of_it(home, carys):
    community = bees(CommunityFactory, "Beekeepers")
    make_member(PersonFactory(), community, Role.FACILITATOR)
    membership = make_member(carys, community)
    bees(GuidanceFactory, "Keeping bees")
    assert "Because you are in Beekeepers" in fresh(carys)
    communities.leave(membership)
    with override_settings(TASKS=NOBODY_WORKS):
        assert "Beekeepers" not in front(carys)
    assert "Beekeepers" not in front(carys)


def test_whoever_joins_a_community_is_not_sent_there_any_longer(mine, carys):
    community = bees(CommunityFactory, "Beekeepers")
    assert "Beekeepers</a>" in fresh(carys)
    communities.join(community, carys)
    with override_settings(TASKS=NOBODY_WORKS):
        assert "Beekeepers</a>" not in front(carys)
    assert "Beekeepers</a>" not in front(carys)


def test_colleagues_with_the_same_rights_see_their_own(home, carys, bryn, community):
    elin = PersonFactory(first_name="Elin")
    make_member(elin, community)
    saves(bryn, bees(StoryFactory, "Bees on the roof"))
    bees(GuidanceFactory, "Keeping bees")
    saves(elin, about(CARS, StoryFactory, "Parking permits"))
    about(CARS, GuidanceFactory, "How to park")
    maintenance.rebuild()
    for _time in ("found", "kept"):
        assert "Keeping bees" in front(bryn)
        assert "Keeping bees" not in front(elin)
        assert "How to park" in front(elin)
        assert "How to park" not in front(bryn)


# -- what somebody does with it ----------------------------------------------------------------------------------------
def test_not_this_never_comes_back_and_can_be_taken_back(mine, carys):
    guidance = bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    after = post(carys, f"dismiss/{key_of(guidance)}/")["Location"]
    assert "“Keeping bees” is not put before you again." in front(carys, after)
    assert "Keeping bees" not in front(carys)
    assert "Keeping bees" not in fresh(carys)
    post(carys, f"restore/{key_of(guidance)}/")
    assert "Keeping bees" in fresh(carys)


def test_taken_back_it_stands_there_again_at_once(mine, carys):
    guidance = bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    post(carys, f"dismiss/{key_of(guidance)}/")
    post(carys, f"restore/{key_of(guidance)}/")
    assert "Keeping bees" in front(carys)


@pytest.mark.parametrize("deed", ["opened", "save"])
def test_what_was_opened_or_saved_from_it_is_shown_no_more(mine, carys, deed):
    guidance = bees(GuidanceFactory, "Keeping bees")
    assert "Keeping bees</a>" in fresh(carys)
    post(carys, f"{deed}/{key_of(guidance)}/")
    assert "Keeping bees</a>" not in front(carys)


def test_clearing_shows_at_once_and_nothing_is_found_because_of_it(home, carys):
    read(carys, bees(StoryFactory, "Bees on the roof"))
    bees(GuidanceFactory, "Keeping bees")
    assert "Because you read" in fresh(carys)
    with override_settings(TASKS=NOBODY_WORKS):
        post(carys, "clear/")
        assert "For you" not in front(carys)
    assert "For you" not in fresh(carys)


def test_what_is_found_meanwhile_does_not_bring_back_what_was_cleared(home, carys):
    from reading import services

    read(carys, bees(StoryFactory, "Bees on the roof"))
    bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    reader = Reader.objects.get(person=carys)
    picks = finding.picks_for(carys, reader)
    assert picks
    services.clear(carys)
    services.keep_picks(reader, picks, keeping.rights_of(carys))
    assert Reader.objects.get(person=carys).picks == []


# -- when --------------------------------------------------------------------------------------------------------------
def test_it_is_found_once_a_day(mine, carys, monkeypatch):
    bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    bees(SurgeryFactory, "Ask about bees")
    maintenance.rebuild()
    assert "Ask about bees" not in front(carys)
    Reader.objects.update(day=TODAY() - timedelta(days=1))
    assert "Ask about bees" in front(carys)


def test_what_stood_there_yesterday_gives_way_to_what_is_as_good(mine, carys):
    for number in range(4):
        bees(GuidanceFactory, f"Keeping bees {number}")
    fresh(carys)
    yesterday = [pick["key"] for pick in Reader.objects.get().picks[:2]]
    reader = Reader.objects.get()
    reader.day, reader.picks = TODAY() - timedelta(days=1), reader.picks[:2]
    today = [pick["key"] for pick in finding.picks_for(carys, reader)][:2]
    assert set(today).isdisjoint(yesterday)


def test_while_the_engine_is_away_there_is_what_was_found_yesterday_or_nothing(mine, carys, monkeypatch):
    bees(GuidanceFactory, "Keeping bees")
    fresh(carys)

    def away():
        raise EngineUnavailable("nobody there")

    monkeypatch.setattr(engines, "engine", away)
    for days, stands in ((1, True), (2, False)):
        Reader.objects.update(day=TODAY() - timedelta(days=days), asked=None)
        cache.clear()
        assert ("Keeping bees" in front(carys)) is stands


def test_of_two_who_look_in_at_once_one_goes_to_find(mine, carys):
    from reading import services

    assert services.claim(carys, TODAY())
    assert not services.claim(carys, TODAY())


def test_a_person_who_is_gone_by_then_stops_nothing(home, carys):
    from reading.tasks import find_for

    assert find_for.call(carys.pk + 1000) == 0


def test_what_was_found_is_kept_with_the_page(mine, carys, monkeypatch):
    bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    browser = browse(carys)
    browser.get("/")
    monkeypatch.setattr(listings, "seen_by", None)
    with CaptureQueriesContext(connection) as captured:
        assert "Keeping bees" in browser.get("/").content.decode()
    assert len(captured) <= 15


def test_it_is_asked_for_as_often_with_many_things_as_with_one(mine, carys):
    def asked():
        fresh(carys)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert "For you" in front(carys)
        return len(captured)

    bees(GuidanceFactory, "Keeping bees")
    few = asked()
    for number in range(8):
        bees(GuidanceFactory, f"More bees {number}")
    assert asked() == few


def test_dismissed_things_go_with_the_account(mine):
    person = PersonFactory(first_name="Elin")
    post(person, f"dismiss/{key_of(mine)}/")
    assert Dismissed.objects.exists()
    person.delete()
    assert not Dismissed.objects.exists()
