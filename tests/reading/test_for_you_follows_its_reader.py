"""For you follows what its reader does with it, and the days: nothing comes back that somebody sent away."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core import outbox
from indexing import engines, maintenance
from indexing.documents import key_of
from indexing.engines.base import EngineUnavailable
from reading import listings, recommendations, retention, services
from reading.background import FOR_YOU, find_for
from reading.models import Dismissed, Reader
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, StoryFactory, SurgeryFactory
from tests.reading.bees import NOBODY_WORKS, TODAY, bees, fresh, front, post, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_beside")]


# -- what somebody does with it ----------------------------------------------------------------------------------------
def test_not_this_never_comes_back_and_can_be_taken_back(mine, carys):
    guidance = bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    after = post(carys, f"dismiss/{key_of(guidance)}/")["Location"]
    assert "“Keeping bees” is hidden here for a year." in front(carys, after)
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
    read(carys, bees(StoryFactory, "Bees on the roof"))
    bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    reader = Reader.objects.get(person=carys)
    picks = recommendations.picks_for(carys, reader)
    assert picks
    services.clear(carys)
    services.keep_picks(reader, picks, retention.rights_of(carys))
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
    stood_there = set(Reader.objects.get().shown)
    assert len(stood_there) == 2
    Reader.objects.update(day=TODAY() - timedelta(days=1))
    assert stood_there.isdisjoint(keys_found(carys)[:2])


def keys_found(person):
    return [pick["key"] for pick in recommendations.picks_for(person, Reader.objects.get(person=person))]


def test_what_stood_there_this_morning_stays_when_something_else_is_saved(mine, carys):
    for number in range(4):
        bees(GuidanceFactory, f"Keeping bees {number}")
    other = StoryFactory(title="Parking permits", summary="Renew a permit online.", need="", what_we_did="")
    fresh(carys)
    this_morning = keys_found(carys)
    with override_settings(TASKS=NOBODY_WORKS):
        post(carys, f"save/{key_of(other)}/")
    assert keys_found(carys) == this_morning
    front(carys)
    assert Reader.objects.get().changed is None
    assert keys_found(carys) == this_morning


def test_and_what_stood_there_yesterday_still_gives_way_after_that(mine, carys):
    for number in range(4):
        bees(GuidanceFactory, f"Keeping bees {number}")
    fresh(carys)
    yesterday = Reader.objects.get().shown
    Reader.objects.update(day=TODAY() - timedelta(days=1))
    for _look in ("the first of today", "after something was done"):
        front(carys)
        assert set(yesterday).isdisjoint(keys_found(carys)[:2])
        services.restore_all(carys)


def away():
    raise EngineUnavailable("nobody there")


def test_while_the_engine_is_away_there_is_what_was_found_yesterday_or_nothing(mine, carys, monkeypatch):
    bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    monkeypatch.setattr(engines, "engine", away)
    for days, stands in ((1, True), (2, False)):
        Reader.objects.update(day=TODAY() - timedelta(days=days), asked=None)
        cache.clear()
        assert ("Keeping bees" in front(carys)) is stands


def test_of_two_who_look_in_at_once_one_goes_to_find(mine, carys):
    assert services.ask_for_picks(carys, TODAY())
    assert not services.ask_for_picks(carys, TODAY())
    assert outbox.Delivery.objects.to(FOR_YOU).count() == 1


def test_what_was_asked_for_while_the_engine_was_away_is_found_when_it_is_back(mine, carys, monkeypatch):
    bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    services.ask_for_picks(carys, TODAY())
    with monkeypatch.context() as patch:
        patch.setattr(engines, "engine", away)
        with pytest.raises(EngineUnavailable):
            outbox.drain(FOR_YOU)
    assert outbox.drain(FOR_YOU) == 1
    assert "Keeping bees" in front(carys)


def test_found_twice_it_is_the_same(mine, carys):
    bees(GuidanceFactory, "Keeping bees")
    fresh(carys)
    once = Reader.objects.get().picks
    assert find_for(carys.pk) == len(once) == 1
    assert Reader.objects.get().picks == once


def test_a_person_who_is_gone_by_then_stops_nothing(home):
    person = PersonFactory(first_name="Elin")
    services.ask_for_picks(person, TODAY())
    person.delete()
    assert outbox.drain(FOR_YOU) == 1


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
