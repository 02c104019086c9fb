"""For you: a few things that have to do with what somebody wrote, joined, saved and read, each with its reason."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone

from communities import services as communities
from communities.models import FACILITATOR
from core.audiences import Audience
from indexing import maintenance
from indexing.documents import key_of
from reading.models import Reader
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
from tests.reading.bees import BEES, CARS, NOBODY_WORKS, TODAY, about, bees, fresh, front, read, saves

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_beside")]


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
    assert page.count("Not interested<span") == 4
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
    StoryPage.objects.filter(pk=secret.pk).update(live=False)
    cache.clear()
    assert Reader.objects.get(person=dev).picks
    assert "Secret bees" not in front(dev)


def test_whoever_leaves_a_community_is_told_nothing_because_of_it(home, carys):
    community = bees(CommunityFactory, "Beekeepers")
    make_member(PersonFactory(), community, FACILITATOR)
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
