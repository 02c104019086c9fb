"""News of saved searches: told once a morning as a notice, never what one may not see, and nothing is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from communities import services as communities
from core import outbox
from core.hub_address import hub_root
from core.notices import Timing
from indexing import engines, maintenance
from indexing.engines.base import EngineUnavailable
from notifications.models import Letter, Notice, Preferences
from people.models import User
from reading.models import SavedSearch, SearchOwner
from reading.searches import news as unseen, notices, notifying, rounds, services
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import StoryFactory, at
from tests.notifications import mails
from tests.reading.saving import MORNING, bring, keep, news_in_inbox, tell_of_bees, told

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

NEXT = MORNING + timedelta(days=1)
AT_EIGHT = at(2026, 11, 23, 8, 5)  # daily e-mails go out


@pytest.fixture(autouse=True)
def mine(home: Any, bryn: User) -> SavedSearch:
    """Bryn knows of the bees on the roof."""
    tell_of_bees("Bees on the roof")
    return keep(bryn, alerts=True)


@pytest.fixture
def news(mine: SavedSearch) -> StoryPage:
    """Something that Bryn does not know yet."""
    return tell_of_bees("Bees at the library")


def number(person: User) -> int:
    new: int = browse(person).get("/inbox/new/").json()["new"]
    return new


# -- what is told ------------------------------------------------------------------------------------------------------
def test_nothing_new_is_no_word():
    bring()
    assert told() == set()


def test_bryn_reads_what_is_new_in_the_inbox_until_they_have_looked(news, bryn):
    bring()
    assert (news_in_inbox(bryn), number(bryn)) == ([["Bees at the library"]], 1)
    browse(bryn).get("/search/?q=keeping+bees+and+honey")
    assert (news_in_inbox(bryn), number(bryn)) == ([], 0)


def test_what_only_lies_near_a_question_is_no_news(bryn, mine):
    mine.delete()
    asked = keep(bryn, "annual leave", alerts=True)
    story: StoryPage = StoryFactory(title="Leave the garden", summary="Why we leave the annual flowers for the birds.")
    maintenance.rebuild()
    found = unseen.found_by(asked, bryn)
    assert story.title in {stored.title for stored in found.hits}
    assert not found.new
    bring()
    assert told() == set()


def test_of_very_much_some_is_named_and_the_rest_counted(news, bryn, mine, monkeypatch):
    monkeypatch.setattr(notices, "SHOWN", 1)
    SavedSearch.objects.filter(pk=mine.pk).update(known=[])
    bring()
    page = browse(bryn).get("/inbox/").content.decode()
    assert "2 new things in “keeping bees and honey”" in page
    assert "and 1 more" in page


def test_what_one_looked_at_meanwhile_is_no_news(news, mine, bryn):
    unseen.looked(mine, bryn)
    bring()
    assert told() == set()


def test_what_one_morning_told_the_next_does_not(news, bryn):
    bring()
    bring(NEXT)
    assert news_in_inbox(bryn) == [["Bees at the library"]]
    tell_of_bees("Bees in the park")
    bring(NEXT + timedelta(days=1))
    assert news_in_inbox(bryn) == [["Bees in the park"], ["Bees at the library"]]


def test_a_search_that_was_saved_while_search_was_away_begins_with_the_first_answer(news, mine, bryn):
    SavedSearch.objects.filter(pk=mine.pk).update(known=None)
    bring()
    tell_of_bees("Bees in the park")
    bring(NEXT)
    assert news_in_inbox(bryn) == [["Bees in the park"]]


# -- to whom -----------------------------------------------------------------------------------------------------------
def test_nobody_is_told_who_did_not_ask_for_it(carys):
    keep(carys)
    tell_of_bees("Bees at the library")
    bring()
    assert carys.email not in told()


def test_who_turned_it_off_removed_it_or_is_gone_hears_nothing(news, mine, bryn):
    services.set_alerts(mine, wanted=False)
    bring()
    services.set_alerts(mine, wanted=True)
    services.remove(mine)
    bring()
    services.bring_back(mine)
    User.objects.filter(pk=bryn.pk).update(is_active=False)
    bring()
    assert told() == set()


def test_what_was_told_of_a_search_that_is_kept_no_more_is_neither_shown_nor_counted(news, mine, bryn):
    bring()
    before = number(bryn)
    services.remove(mine)
    assert (before, number(bryn), news_in_inbox(bryn)) == (1, 0, [])
    services.bring_back(mine)
    assert number(bryn) == 1


def test_rights_are_those_of_the_moment(private_community, dev):
    keep(dev, alerts=True)
    tell_of_bees("Secret bees", community=private_community, private=True)
    bring()
    before = news_in_inbox(dev)
    communities.leave(dev.memberships.get())
    assert (before, news_in_inbox(dev)) == ([["Secret bees"]], [])


def test_what_the_index_still_shows_and_the_database_hides_is_not_told_and_not_lost(news, bryn):
    StoryPage.objects.filter(pk=news.pk).update(audience_token="nobody")
    bring()
    assert told() == set()
    StoryPage.objects.filter(pk=news.pk).update(audience_token="everyone")
    bring(NEXT)
    assert told() == {bryn.email}


# -- by e-mail, as for all that concerns one ---------------------------------------------------------------------------
def test_it_is_e_mailed_once_a_day_with_whole_addresses(news, bryn):
    bring()
    (message,) = mails.bring(AT_EIGHT)
    root = hub_root()
    for text in (mails.plain(message), mails.html(message)):
        assert f"{root}{news.url}" in text
        assert f"{root}/search/?q=keeping+bees+and+honey" in text
    assert "bees" not in message.subject
    assert mails.bring(AT_EIGHT + timedelta(days=1)) == []


@pytest.mark.parametrize(("timing", "sent"), [("at once", 1), ("daily", 1), ("weekly", 1), ("never", 0)])
def test_it_comes_when_bryn_chose(news, bryn, timing, sent):
    Preferences.objects.create(person=bryn, wanted=timing, digest_on=0)
    bring()
    assert len(mails.bring(AT_EIGHT)) == sent
    assert news_in_inbox(bryn) == [["Bees at the library"]]


def test_rights_are_asked_again_when_it_is_sent(private_community, dev):
    keep(dev, alerts=True)
    tell_of_bees("Secret bees", community=private_community, private=True)
    bring()
    communities.leave(dev.memberships.get())
    assert mails.bring(AT_EIGHT) == []


def test_what_was_seen_before_the_e_mail_went_out_is_not_in_it(news, mine, bryn):
    bring()
    mine.refresh_from_db()
    unseen.looked(mine, bryn)
    assert mails.bring(AT_EIGHT) == []


def test_a_mail_program_ends_it_with_one_press_and_the_inbox_goes_on(news, bryn):
    bring()
    (message,) = mails.bring(AT_EIGHT)
    (address,) = re.findall(r"<https?://[^/]+(/.+)>", message.extra_headers["List-Unsubscribe"])
    Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert Preferences.objects.get(person=bryn).wanted == Timing.NEVER
    tell_of_bees("Bees in the park")
    bring(NEXT)
    assert mails.bring(AT_EIGHT + timedelta(days=1)) == []
    assert news_in_inbox(bryn)[0] == ["Bees in the park"]


def test_who_waits_for_nothing_costs_no_row_of_a_daily_e_mail():
    bring()
    tuesday = AT_EIGHT + timedelta(days=1)  # nor is there a weekly one
    mails.bring(tuesday)
    assert not Letter.objects.exists()


# -- how often, and in trouble -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("later", "again"),
    [
        (timedelta(minutes=5), False),
        (timedelta(hours=21, minutes=20), False),  # 4:50 on the next day
        (timedelta(hours=21, minutes=40), True),  # 5:10
    ],
)
def test_searches_are_asked_once_a_morning_however_often_the_clock_runs(news, bryn, later, again):
    bring()
    tell_of_bees("Bees in the park")
    bring(MORNING + later)
    assert len(news_in_inbox(bryn)) == 1 + again


def test_while_search_is_away_everything_waits_and_nothing_is_lost(news, bryn, monkeypatch):
    def away(self: Any, request: Any) -> None:
        raise EngineUnavailable("The disk is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(type(engines.engine()), "search", away)
        with pytest.raises(EngineUnavailable):
            bring()
    assert outbox.Delivery.objects.to(rounds.NEWS).get().attempts == 0
    bring()
    assert told() == {bryn.email}


def test_a_process_that_is_killed_half_way_has_told_nothing_and_the_next_tells_all(news, bryn, monkeypatch):
    class Killed(BaseException):
        """What nothing catches."""

    def killed(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(notifying, "remember", killed)
        with pytest.raises(Killed):
            notifying.tell(bryn, since=MORNING)
    assert SearchOwner.objects.get(owner=bryn).looked is None
    bring()
    assert news_in_inbox(bryn) == [["Bees at the library"]]


def test_one_broken_search_keeps_nobody_else_from_being_told(news, mine, bryn, carys):
    keep(carys, alerts=True)
    SavedSearch.objects.update(known=[])
    SavedSearch.objects.filter(pk=mine.pk).update(filters=["no", "choices"])
    bring()
    assert told() == {carys.email}
    assert "AttributeError" in outbox.Delivery.objects.to(rounds.NEWS).get().reason


def test_one_broken_thing_hides_no_other(news, bryn, monkeypatch):
    tell_of_bees("Bees in the park")
    monkeypatch.setattr(StoryPage, "url", property(lambda page: 1 / 0 if page.pk == news.pk else "/park/"))
    bring()
    assert news_in_inbox(bryn) == [["Bees in the park"]]


def test_a_round_asks_for_everybody_with_one_statement(news, asha, carys, django_assert_max_num_queries):
    for person in (asha, carys):
        keep(person, alerts=True)
    with django_assert_max_num_queries(8):
        assert rounds.begin() == 3
    assert Notice.objects.count() == 0
