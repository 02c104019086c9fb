"""Mistyped words: put right from what the viewer may read, and left alone where they are right."""

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, strategies as st

from core.audiences import Audience, viewer_tokens
from indexing import engines, maintenance
from indexing.embedding import EncoderMissing
from indexing.engines.base import EngineUnavailable
from search import spelling
from search.spelling import corrected
from tests.conftest import browse
from tests.factories import StoryFactory

NOBODY = AnonymousUser()


# -- what is put right -------------------------------------------------------------------------------------------------
@pytest.fixture
def stories(community: Any, private_community: Any) -> None:
    StoryFactory(
        community=community,
        title="The kinship allowance, explained",
        summary="What grandparents in Harrowby may ask for, and Siân O’Neill’s list.",
        audience=Audience.EVERYONE,
    )
    StoryFactory(community=private_community, title="A pomegranate a day", private=True)
    maintenance.rebuild()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kinshp", "kinship"),
        ("Kinshp alowanse?", "kinship allowance?"),
        ("who gets the ikinship thing", "who gets the kinship thing"),
        ("inkship", ""),
        ("iknship", "kinship"),
        ("ksinhip", ""),
        ("allowanc", "allowance"),
        ("allowances", ""),
        ("grandparnets' list", "grandparents' list"),
        ("Harrowbey", "harrowby"),
        ("kinship allowance", ""),
        ("grandparent", ""),
        ("kinsh1p", ""),
        ("and", ""),
        ("lst", ""),
        ("zzzzzzzz", ""),
        ("", ""),
        ("\0 ??", ""),
    ],
)
def test_unknown_words_become_the_nearest_known_ones_and_the_rest_stays(stories, typed, meant):
    assert corrected(typed, NOBODY) == meant


@pytest.mark.django_db
def test_common_words_of_the_language_are_right_though_nobody_here_writes_them(stories):
    assert corrected("lift", NOBODY) == ""
    assert not engines.engine().words_near(["lift"], viewer_tokens(NOBODY))["lift"].get("lift")


@pytest.mark.django_db
def test_without_the_model_only_the_hubs_own_words_are_known(stories, monkeypatch):
    def away(_threads: int) -> None:
        raise EncoderMissing("gone")

    monkeypatch.setattr(spelling, "shared_encoder", away)
    assert corrected("lift", NOBODY) == "list"


@pytest.mark.django_db
def test_a_word_that_stands_in_what_was_found_is_left_alone(stories):
    assert corrected("kinshp", NOBODY, ["The kinshp of bees"]) == ""


@pytest.mark.django_db
@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_read_calmly_and_a_correction_is_right_itself(typed):
    once = corrected(typed, NOBODY)
    assert not once or corrected(once, NOBODY) == ""


@pytest.mark.django_db
def test_a_word_that_only_private_things_hold_is_nobodys_correction(stories, dev, carys):
    assert corrected("pomegranat", dev) == "pomegranate"
    assert corrected("pomegranat", carys) == corrected("pomegranat", NOBODY) == ""


@pytest.mark.django_db
def test_a_word_that_was_hidden_since_it_was_indexed_is_no_correction(community):
    page = StoryFactory(community=community, title="A pomegranate a day", audience=Audience.EVERYONE)
    maintenance.rebuild()
    assert corrected("pomegranat", NOBODY) == "pomegranate"
    page.audience = Audience.MEMBERS
    page.save()
    assert corrected("pomegranat", NOBODY) == ""


@pytest.mark.django_db
def test_a_word_that_was_taken_out_since_is_no_correction(community):
    page = StoryFactory(community=community, title="A pomegranate a day", audience=Audience.EVERYONE)
    maintenance.rebuild()
    page.title = "A fruit a day"
    page.save()
    assert corrected("pomegranat", NOBODY) == ""


@pytest.mark.django_db
def test_while_the_engine_is_away_nothing_is_corrected(stories, monkeypatch):
    def away() -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(engines, "engine", away)
    assert corrected("kinshp", NOBODY) == ""


# -- the page ----------------------------------------------------------------------------------------------------------
def page(text: str, person: Any = None) -> str:
    response = browse(person).get(f"/search/?q={quote(text)}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_where_nothing_is_found_the_meant_words_are_searched_at_once(stories):
    html = page("kinshp")
    assert "Nothing for “kinshp”. Results for <b>“kinship”</b>." in html
    assert "The kinship allowance, explained" in html
    assert 'value="kinship"' in html


@pytest.mark.django_db
def test_where_something_is_found_the_meant_words_are_offered(stories):
    html = page("kinship alowance")
    assert 'Did you mean <a href="/search/?q=kinship%20allowance">kinship allowance</a>?' in html
    assert "Nothing for" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["kinship allowance", "zzzzqqqq", "lift", ""])
def test_nothing_is_offered_where_there_is_nothing_to_put_right(stories, text):
    html = page(text)
    assert "Did you mean" not in html
    assert "Nothing for" not in html


@pytest.mark.django_db
def test_markup_in_a_mistyped_question_is_shown_and_never_run(stories):
    html = page("<b>kinshp")
    assert "<b>kinship" not in html
    assert "&lt;b&gt;" in html
