"""A search that somebody keeps: saved once, removed and brought back, and what of it is new."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, strategies as st

from communities import services as communities
from communities.models import FACILITATOR
from indexing import engines, maintenance
from indexing.engines.base import FACETS, EngineUnavailable
from reading.models import SavedSearch
from reading.searches import listings, news, services
from search.query import Query
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import PersonFactory, make_member
from tests.reading.saving import keep, tell_of_bees, titles_of_new

pytestmark = pytest.mark.django_db


@pytest.fixture
def bees(home: Any) -> StoryPage:
    return tell_of_bees("Bees on the roof")


def page_of(person: Any, path: str = "/reading/searches/") -> str:
    return browse(person).get(path).content.decode()


def post(person: Any, path: str, **data: Any) -> Any:
    return browse(person).post(f"/reading/searches/{path}", data, follow=True)


# -- saving ------------------------------------------------------------------------------------------------------------
def test_bryn_saves_a_search_and_reads_it_in_plain_words(bees, bryn):
    answer = post(bryn, "save/", q="bees and honey", kind=["story", "guidance"])
    assert "Your saved searches say what is new." in answer.content.decode()
    page = page_of(bryn)
    assert "bees and honey" in page
    assert "Kind: Guidance, Stories" in page
    assert "Nothing new" in page


def test_the_results_say_that_it_is_saved_and_undo_it(bees, bryn):
    assert "Save this search" in page_of(bryn, "/search/?q=bees")
    answer = post(bryn, "save/", q="bees").content.decode()
    assert "You have saved this search" in answer
    undone = post(bryn, f"{SavedSearch.objects.get().pk}/remove/", stay="1").content.decode()
    assert "Save this search" in undone
    assert not services.saved_by(bryn).exists()


def test_who_is_not_signed_in_is_offered_no_saving(bees):
    assert "Save this search" not in page_of(None, "/search/?q=bees")


def test_the_same_search_is_saved_once(bees, bryn):
    for words in ("bees and honey", "  Bees and honey ", "BEES AND HONEY"):
        post(bryn, "save/", q=words, kind="story", page="3")
    assert services.saved_by(bryn).count() == 1


def test_other_choices_are_another_search(bees, bryn):
    post(bryn, "save/", q="bees", kind="story")
    post(bryn, "save/", q="bees", kind="guidance")
    assert services.saved_by(bryn).count() == 2


def test_nothing_asked_is_nothing_saved(home, bryn):
    post(bryn, "save/", q="  ")
    assert not SavedSearch.objects.exists()


def test_a_control_character_is_no_part_of_a_question(home, bryn):
    browse(bryn).post("/reading/searches/save/", {"q": "bees\x01 and\x7f honey", "topic": "ho\x02ney"})
    mine = services.saved_by(bryn).get()
    assert (mine.text, mine.filters["topic"]) == ("bees and honey", ["ho ney"])


def test_there_is_an_end_to_saving_and_a_sentence_that_says_so(home, bryn, monkeypatch):
    monkeypatch.setattr(services, "MOST", 2)
    for words in ("bees", "wasps", "hornets"):
        answer = post(bryn, "save/", q=words)
    assert "You have 2 saved searches, which is as many as one can have." in answer.content.decode()
    assert services.saved_by(bryn).count() == 2


def test_what_was_removed_does_not_come_back_over_the_limit(home, bryn, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    first = services.save(bryn, Query("bees"))
    services.remove(first)
    services.save(bryn, Query("wasps"))
    assert "as many as one can have" in post(bryn, f"{first.pk}/bring-back/").content.decode()
    assert [mine.text for mine in services.saved_by(bryn)] == ["wasps"]


@given(st.text(max_size=600), st.dictionaries(st.sampled_from(FACETS), st.lists(st.text(max_size=400), max_size=50)))
def test_whatever_is_asked_can_be_kept_and_leads_back_to_the_same(text, filters):
    query = Query.of(text, filters)
    kept = Query.of(query.text, services.chosen(query))
    assert services.fingerprint(kept) == services.fingerprint(Query.of(kept.text, services.chosen(kept)))
    assert all(len(value) <= services.LONGEST_CHOICE for _name, value in listings.fields(kept)[bool(kept.text) :])


# -- removing ----------------------------------------------------------------------------------------------------------
def test_what_is_removed_can_be_brought_back_as_it_was(bees, bryn):
    mine = keep(bryn)
    answer = post(bryn, f"{mine.pk}/remove/").content.decode()
    assert "is removed." in answer
    assert "Bring it back" in answer
    assert "The search is saved again" in post(bryn, f"{mine.pk}/bring-back/").content.decode()
    assert (services.saved_by(bryn).get().key, titles_of_new(mine, bryn)) == (mine.key, [])


def test_what_was_removed_long_ago_is_gone_with_the_next(home, bryn):
    first, second = keep(bryn, "bees"), keep(bryn, "wasps")
    services.remove(first)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        services.remove(second)
    assert list(SavedSearch.objects.all()) == [second]


def test_what_is_saved_again_after_it_was_removed_is_one_row(home, bryn):
    services.remove(keep(bryn))
    keep(bryn)
    assert SavedSearch.objects.count() == 1
    assert services.saved_by(bryn).count() == 1


@pytest.mark.parametrize("deed", ["remove", "bring-back", "alerts", "address", "seen"])
def test_somebody_elses_search_does_not_exist(home, bryn, carys, deed):
    mine = keep(bryn)
    assert browse(carys).post(f"/reading/searches/{mine.pk}/{deed}/").status_code == 404
    assert "keeping bees" not in page_of(carys, f"/reading/searches/?removed={mine.pk}")


@pytest.mark.parametrize("nonsense", ["", "x", "9" * 40, "-1", "½"])
def test_nonsense_about_what_was_removed_is_no_error(home, bryn, nonsense):
    assert browse(bryn).get("/reading/searches/", {"removed": nonsense}).status_code == 200


# -- what is new -------------------------------------------------------------------------------------------------------
def test_nothing_is_new_right_after_saving(bees, bryn):
    assert titles_of_new(keep(bryn), bryn) == []


def test_what_is_told_later_is_new_until_one_looks(bees, bryn):
    mine = keep(bryn)
    tell_of_bees("Bees at the library")
    assert titles_of_new(mine, bryn) == ["Bees at the library"]
    assert "1 new" in page_of(bryn)
    page_of(bryn, listings.address(mine.query))
    assert titles_of_new(mine, bryn) == []


def test_it_says_so_among_the_results_the_first_time(bees, bryn):
    mine = keep(bryn)
    tell_of_bees("Bees at the library")
    results = [page_of(bryn, listings.address(mine.query)) for _look in range(2)]
    assert [page.count("<span>New</span>") for page in results] == [1, 0]
    assert ["1 new here" in page for page in results] == [True, False]


@pytest.fixture
def two_new(bees: StoryPage, bryn: Any, settings: Any) -> SavedSearch:
    """Two things that Bryn has not seen, and one result on a page."""
    settings.SEARCH = {**settings.SEARCH, "PAGE_SIZE": 1, "GOOD_ANSWER": 2.0}
    mine = keep(bryn)
    tell_of_bees("Bees at the library")
    tell_of_bees("Bees in the park")
    return mine


def test_what_stands_on_another_page_is_not_seen_yet(two_new, bryn):
    seen = 0
    for page in (1, 2, 3):
        results = page_of(bryn, f"{listings.address(two_new.query)}&page={page}")
        seen += results.count("<span>New</span>")
        assert len(titles_of_new(two_new, bryn)) == 2 - seen
        assert ("stands on another page" in results) is (seen == 1)
    assert seen == 2


def test_all_of_it_counts_as_seen_in_one_press(two_new, bryn):
    page = post(bryn, f"{two_new.pk}/seen/").content.decode()
    assert "Nothing new" in page
    assert titles_of_new(two_new, bryn) == []


def test_what_a_browser_fetched_ahead_nobody_has_seen(bees, bryn):
    mine = keep(bryn)
    tell_of_bees("Bees at the library")
    browse(bryn).get(listings.address(mine.query), headers={"Sec-Purpose": "prefetch;prerender"})
    browse(bryn).head(listings.address(mine.query))
    assert titles_of_new(mine, bryn) == ["Bees at the library"]


def test_saving_it_once_more_is_no_look(bees, bryn):
    mine = keep(bryn)
    tell_of_bees("Bees at the library")
    browse(bryn).post("/reading/searches/save/", {"q": mine.text})
    assert titles_of_new(mine, bryn) == ["Bees at the library"]


def test_saving_it_after_removing_it_is_a_new_beginning(bees, bryn):
    services.remove(keep(bryn))
    tell_of_bees("Bees at the library")
    browse(bryn).post("/reading/searches/save/", {"q": "keeping bees and honey"})
    assert titles_of_new(services.saved_by(bryn).get(), bryn) == []


def test_where_nothing_was_asked_what_is_old_or_has_no_day_is_new_all_the_same(home, bryn, monkeypatch):
    monkeypatch.setattr(news, "REMEMBERED", 2)
    for year in (2024, 2025, 2026):
        tell_of_bees(f"Bees of {year}", told_on=date(year, 5, 1))
    mine = keep(bryn, "", kind=["story", "person"])
    PersonFactory(first_name="Elin", public=True)
    tell_of_bees("Bees of 1998", told_on=date(1998, 5, 1))
    assert sorted(titles_of_new(mine, bryn)) == ["Bees of 1998", "Elin Example"]


def test_the_list_itself_is_no_look(bees, bryn):
    mine = keep(bryn)
    tell_of_bees("Bees at the library")
    page_of(bryn)
    assert titles_of_new(mine, bryn) == ["Bees at the library"]


def test_something_old_that_is_opened_to_one_is_new(bees, private_community, carys):
    tell_of_bees("Secret bees", community=private_community, private=True)
    mine = keep(carys)
    make_member(carys, private_community)
    maintenance.rebuild()
    from people.models import User

    assert titles_of_new(mine, User.objects.get(pk=carys.pk)) == ["Secret bees"]


def test_what_was_known_and_hidden_and_opened_again_is_not_new(bees, private_community, dev):
    make_member(PersonFactory(), private_community, FACILITATOR)
    story = tell_of_bees("Secret bees", community=private_community, private=True)
    mine = keep(dev)
    story.unpublish()
    maintenance.rebuild()
    page_of(dev, listings.address(mine.query))
    story.save_revision().publish()
    maintenance.rebuild()
    assert titles_of_new(mine, dev) == []


def test_who_left_a_community_hears_no_more_of_it(bees, private_community, dev):
    mine = keep(dev)
    tell_of_bees("Secret bees", community=private_community, private=True)
    communities.leave(dev.memberships.get())
    from people.models import User

    assert titles_of_new(mine, User.objects.get(pk=dev.pk)) == []


def test_only_what_fits_the_choices_is_new(bees, bryn):
    mine = keep(bryn, kind=["guidance"])
    tell_of_bees("Bees at the library")
    assert titles_of_new(mine, bryn) == []


def test_no_more_keys_are_kept_than_one_can_use():
    assert len(news.latest([], map(str, range(2000)))) == news.KEPT
    assert len(news.latest(map(str, range(2000)), ["of before"])) == 2000
    assert news.latest(["b", "a"], ["a", "c"]) == ["b", "a", "c"]


def test_while_the_engine_is_away_the_list_is_there_and_says_so(bees, bryn, monkeypatch):
    mine = keep(bryn)

    def away(self: Any, request: Any) -> None:
        raise EngineUnavailable("The disk is gone.")

    monkeypatch.setattr(type(engines.engine()), "search", away)
    page = page_of(bryn)
    assert "what is new cannot be shown" in page
    assert mine.text in page
    assert post(bryn, "save/", q="wasps").status_code == 200


def test_a_long_list_has_pages(home, bryn):
    for number in range(listings.ON_A_PAGE + 1):
        services.save(bryn, Query(f"bees {number}"))
    assert "bees 0<" not in page_of(bryn)
    assert "bees 0<" in page_of(bryn, "/reading/searches/?page=2")


def test_a_list_of_many_asks_the_database_as_often_as_a_list_of_few(bees, bryn, django_assert_max_num_queries):
    for number in range(listings.ON_A_PAGE):
        keep(bryn, f"bees {number}")
    browser = browse(bryn)
    browser.get("/reading/searches/")
    with django_assert_max_num_queries(15):
        browser.get("/reading/searches/")


# -- news and feeds of one search -----------------------------------------------------------------------------------
def test_who_saves_a_search_is_sent_nothing_that_they_did_not_ask_for(home, bryn):
    post(bryn, "save/", q="bees")
    assert not services.saved_by(bryn).get().alerts
    assert "You are not told" in page_of(bryn)


def test_who_ticks_it_is_told_and_reads_so(home, bryn):
    answer = post(bryn, "save/", q="bees", alerts="on").content.decode()
    assert "When something new turns up we tell you, once a day at most." in answer
    assert "You have saved this search, and are told what is new" in answer
    assert "You are told when something is new" in page_of(bryn)


def test_ticking_it_for_a_search_that_is_there_turns_it_on_and_saving_it_again_leaves_them(home, bryn):
    for data in ({}, {"alerts": "on"}, {}):
        post(bryn, "save/", q="bees", **data)
    assert services.saved_by(bryn).get().alerts


def test_what_was_removed_and_is_saved_again_begins_untold(home, bryn):
    services.remove(keep(bryn, alerts=True))
    assert not keep(bryn).alerts


def test_bryn_turns_the_news_on_and_off(home, bryn):
    mine = keep(bryn)
    assert "You are told when something is new" in post(bryn, f"{mine.pk}/alerts/", alerts="on").content.decode()
    assert "You are not told" in post(bryn, f"{mine.pk}/alerts/").content.decode()


def test_one_who_has_no_address_is_told_in_the_inbox_and_promised_no_e_mail(home):
    person = PersonFactory(email=None)
    answer = post(person, "save/", q="bees", alerts="on").content.decode()
    assert "we tell you" in answer
    assert "mail you" not in answer
