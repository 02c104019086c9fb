"""The feed of a saved search: at a secret address, by its owner's rights at the moment of asking."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities import services as communities
from indexing import engines, maintenance
from indexing.engines.base import EngineUnavailable
from reading.models import SavedSearch
from reading.searches import listings, news, services
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import SessionFactory
from tests.reading.saving import keep, tell_of_bees

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def ask(mine: SavedSearch) -> Any:
    """What somebody gets who has the address and nothing else."""
    mine.refresh_from_db()
    return browse().get(listings.feed(mine))


def entries(mine: SavedSearch) -> list[Any]:
    return ET.fromstring(ask(mine).content).findall("a:entry", ATOM)


def titles(mine: SavedSearch) -> list[str]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in entries(mine)]


@pytest.fixture
def mine(home: Any, bryn: Any) -> SavedSearch:
    tell_of_bees("Bees on the roof", told_on=date(2026, 3, 1))
    return keep(bryn, kind=["story"])


def test_it_is_a_feed_with_absolute_addresses(mine):
    feed = ET.fromstring(ask(mine).content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.findtext("a:title", namespaces=ATOM) == "keeping bees and honey – Folkmoot"
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.find("a:link", ATOM).get("href").startswith("http://testserver/stories/")
    assert entry.findtext("a:updated", namespaces=ATOM).startswith("2026-03-01")
    assert entry.findtext("a:id", namespaces=ATOM)


def test_the_newest_stand_first_and_what_is_new_to_one_before_them(mine):
    tell_of_bees("Bees of last year", told_on=date(2025, 6, 1))
    tell_of_bees("Bees of this year", told_on=date(2026, 6, 1))
    news.looked(mine, mine.owner)
    tell_of_bees("Bees of long ago", told_on=date(1998, 6, 1))
    assert titles(mine) == ["Bees of long ago", "Bees of this year", "Bees on the roof", "Bees of last year"]


def test_a_title_with_signs_in_it_is_told_as_it_is(mine):
    tell_of_bees("Bees & <b>wasps</b>")
    assert "Bees & <b>wasps</b>" in titles(mine)


def test_what_no_feed_can_hold_is_left_out_of_it(mine):
    SavedSearch.objects.filter(pk=mine.pk).update(text="keeping bees\x01 and honey")
    tell_of_bees("Bees\x02 and\ufffe wasps")
    feed = ET.fromstring(ask(mine).content)
    assert "bees and honey" in feed.findtext("a:title", namespaces=ATOM)
    assert "Bees and  wasps" in titles(mine)


def test_a_poll_makes_no_document_of_anything(mine, monkeypatch):
    monkeypatch.setattr("stories.search_documents.StorySource.document", None)
    assert titles(mine) == ["Bees on the roof"]


def test_what_says_nothing_in_the_database_any_more_is_told_as_it_is_now(mine):
    StoryPage.objects.update(title="Bees on the tower")
    assert titles(mine) == ["Bees on the tower"]


def test_every_entry_has_a_day_that_is_not_to_come(mine, bryn):
    SessionFactory(
        title="Bees and honey", summary="Keeping bees on the roof.", starts=timezone.now() + timedelta(days=9)
    )
    maintenance.rebuild()
    days = [entry.findtext("a:updated", namespaces=ATOM)[:10] for entry in entries(keep(bryn))]
    assert len(days) >= 2
    assert max(days) <= timezone.localdate().isoformat()


def test_nobody_keeps_it_and_no_search_engine_finds_it(mine):
    response = ask(mine)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_a_new_address_ends_the_old_one(mine, bryn):
    old = listings.feed(mine)
    browse(bryn).post(f"/reading/searches/{mine.pk}/address/")
    assert browse().get(old).status_code == 404
    assert ask(mine).status_code == 200


def test_what_is_removed_has_no_feed(mine):
    services.remove(mine)
    assert ask(mine).status_code == 404


def test_who_is_no_longer_here_has_no_feed(mine, bryn):
    bryn.is_active = False
    bryn.save()
    assert ask(mine).status_code == 404


@pytest.mark.parametrize("key", ["no-such-key", "%00", "a" * 300])
def test_an_address_that_was_guessed_is_nothing(mine, key):
    assert browse().get(f"/reading/searches/{key}.atom").status_code == 404


def test_it_holds_what_its_owner_may_see_and_no_longer_than_that(mine, private_community, dev):
    tell_of_bees("Secret bees", community=private_community, private=True)
    devs = keep(dev)
    assert "Secret bees" in titles(devs)
    assert "Secret bees" not in titles(mine)
    communities.leave(dev.memberships.get())
    assert "Secret bees" not in titles(devs)


def test_an_index_that_lags_behind_gives_nothing_away(mine):
    StoryPage.objects.update(audience_token="nobody")
    assert titles(mine) == []


def test_a_feed_reader_is_asked_to_come_back_while_search_is_away(mine, monkeypatch):
    def away(self: Any, request: Any) -> None:
        raise EngineUnavailable("The disk is gone.")

    monkeypatch.setattr(type(engines.engine()), "search", away)
    response = ask(mine)
    assert (response.status_code, response["Retry-After"]) == (503, "900")
    assert "no-store" in response["Cache-Control"]
