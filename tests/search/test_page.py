"""The search page: works for everybody, always."""

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from core.audiences import Audience
from indexing import engines, maintenance
from indexing.engines.base import EngineUnavailable
from search.query import LONGEST
from stories.models import StoryAuthor
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(community: Any, private_community: Any) -> Any:
    asha = PersonFactory(first_name="Asha", public=True)
    body = "When a grandparent takes a child in, they are a kinship carer from the first night."
    public = StoryFactory(
        community=community, title="Nineteen carers at one table", summary=body, audience=Audience.EVERYONE
    )
    StoryAuthor.objects.create(story=public, person=asha)
    StoryFactory(community=private_community, title="Secret carers", private=True)
    maintenance.rebuild()
    return public


def page(query: str, person: Any = None) -> str:
    response = browse(person).get(f"/search/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_nobody_finds_what_everyone_may_see(stories):
    html = page("q=carers")
    assert "Nineteen carers at one table" in html
    assert "Secret carers" not in html


def test_dev_finds_what_his_community_shares(stories, dev):
    assert "Secret carers" in page("q=carers", dev)


def test_the_passage_that_answers_stands_first_with_its_words_marked(stories):
    html = page("q=grandparent+kinship+carer+from+first+night")
    assert "The passage that answers best" in html
    assert "<mark>kinship</mark>" in html


def test_people_who_know_are_named_with_what_they_did(stories, bryn):
    html = page("q=grandparent+kinship+carer", bryn)
    assert "People who know" in html
    assert "Asha Example" in html


@pytest.mark.parametrize("question", ["asha", "who+is+asha+example"])
def test_whoever_is_found_can_be_written_to_at_once(stories, bryn, question):
    found = page(f"q={question}&kind=person", bryn).partition("People who know")[0]
    assert 'href="mailto:asha@example.org"' in found
    assert "mailto:asha" not in page(f"q={question}&kind=person")


def test_who_opted_out_is_not_named(stories, bryn):
    from people.models import User

    User.objects.filter(name__startswith="Asha").update(may_be_suggested=False)
    assert "People who know" not in page("q=grandparent+kinship+carer", bryn)


def test_a_facet_narrows_and_keeps_its_other_choices(stories):
    html = page("q=carers&kind=community")
    assert 'value="story"' in html
    assert ">Nineteen carers at one table</a></h3>" not in html


def test_nothing_found_offers_topics_and_other_words(stories):
    html = page("q=zzzzqqqq")
    assert "We have nothing on" in html


def test_a_word_that_is_not_finished_finds_what_begins_so(stories):
    assert "Nineteen carers at one table" in page("q=grandpar")


def test_a_phrase_that_nobody_wrote_offers_the_search_without_quotation_marks(stories):
    html = page("q=%22table+carers%22")
    assert "Nineteen carers at one table" not in html
    assert 'href="/search/?q=table%20carers"' in html


def test_without_a_question_the_page_invites(stories):
    assert "What would you like to know" in page("")


def test_a_question_that_is_too_long_is_read_as_far_as_that(stories):
    assert str(LONGEST) in page(f"q={'carers+' * 1500}")


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%22+OR+1", "page=-1", "page=zz&q=carers", "page=99999&q=carers", "year=abc&q=a"]
)
def test_nonsense_is_answered_calmly(stories, query):
    page(query)


def test_markup_in_a_question_is_shown_and_never_run(stories):
    assert "<script>alert" not in page("q=%3Cscript%3Ealert(1)%3C/script%3E")


def test_a_page_beyond_the_last_shows_the_last(stories):
    assert "Nineteen carers" in page("q=carers&page=7")


def test_while_the_engine_is_away_titles_are_still_found_and_the_page_says_so(stories, monkeypatch):
    def away(*args: Any) -> None:
        raise EngineUnavailable("gone")

    monkeypatch.setattr(type(engines.engine()), "search", away)
    html = page("q=nineteen+carers")
    assert "Search is being repaired" in html
    assert "Nineteen carers at one table" in html
    assert "Secret carers" not in html


def queries_of(person: Any) -> int:
    from django.db import connection

    client = browse(person)
    client.get("/search/?q=carers")
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/?q=carers")
    return len(captured)


def test_the_page_takes_few_queries_however_much_is_found(stories, community, bryn):
    few = queries_of(bryn)
    for number in range(15):
        StoryFactory(community=community, title=f"Carers {number}", audience=Audience.EVERYONE)
    maintenance.rebuild()
    assert queries_of(bryn) == few <= 15
