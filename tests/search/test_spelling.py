"""Mistyped words: put right from what the viewer may read, and left alone where they are right."""

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, strategies as st

from core.audiences import Audience
from indexing import maintenance
from indexing.embedding import EncoderMissing
from search import spelling, title_index
from search.spelling import corrected, distance
from tests.conftest import browse
from tests.factories import StoryFactory

NOBODY = AnonymousUser()
LETTERS = "abcdeŵ"
some_words = st.text(LETTERS, max_size=9)


# -- how far two words are apart ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("kinship", "kinship", 0),
        ("kinshp", "kinship", 1),
        ("kinshiip", "kinship", 1),
        ("kinshop", "kinship", 1),
        ("kinsihp", "kinship", 1),
        ("ikinsihp", "kinship", 2),
        ("", "ab", 2),
        ("alowanse", "allowance", 2),
        ("bread", "stone", 3),
    ],
)
def test_a_slip_is_a_letter_too_many_too_few_wrong_or_changed_with_the_next(one, other, slips):
    assert distance(one, other, 2) == slips


@given(some_words, some_words, st.integers(0, 3))
def test_the_way_there_is_as_long_as_the_way_back(one, other, most):
    there = distance(one, other, most)
    assert there == distance(other, one, most) <= most + 1
    assert (there == 0) == (one == other)
    assert there >= min(abs(len(one) - len(other)), most + 1)


@given(some_words, some_words)
def test_giving_up_early_changes_no_answer(one, other):
    whole = distance(one, other, 99)
    assert [distance(one, other, most) for most in range(4)] == [min(whole, most + 1) for most in range(4)]


@given(st.text(LETTERS, min_size=4, max_size=9), st.data())
def test_every_word_one_slip_away_is_a_neighbour(word, data):
    where = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    slipped = data.draw(
        st.sampled_from(
            [
                word[:where] + word[where + 1 :],
                word[:where] + letter + word[where:],
                word[:where] + letter + word[where + 1 :],
                word[:where] + word[where : where + 2][::-1] + word[where + 2 :],
            ]
        )
    )
    known = title_index.Snapshot("one", 0.0)
    known.written[word].append(0)
    known.by_length[word[0], len(word)].append(word)
    assert word in dict(spelling.neighbours(known, slipped))


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
    assert "lift" not in title_index.current().written


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
def test_a_word_that_was_hidden_since_the_titles_were_read_is_no_correction(community, monkeypatch):
    page = StoryFactory(community=community, title="A pomegranate a day", audience=Audience.EVERYONE)
    held = title_index.current()
    monkeypatch.setattr(title_index, "current", lambda: held)
    assert corrected("pomegranat", NOBODY) == "pomegranate"
    page.audience = Audience.MEMBERS
    page.save()
    assert corrected("pomegranat", NOBODY) == ""


@pytest.mark.django_db
def test_a_word_that_was_taken_out_since_is_no_correction(community, monkeypatch):
    page = StoryFactory(community=community, title="A pomegranate a day", audience=Audience.EVERYONE)
    held = title_index.current()
    monkeypatch.setattr(title_index, "current", lambda: held)
    page.title = "A fruit a day"
    page.save()
    assert corrected("pomegranat", NOBODY) == ""


# -- the page ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def found(stories: Any) -> None:
    maintenance.rebuild()


def page(text: str, person: Any = None) -> str:
    response = browse(person).get(f"/search/?q={quote(text)}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_where_nothing_is_found_the_meant_words_are_searched_at_once(found):
    html = page("kinshp")
    assert "Nothing for “kinshp”. Results for <b>“kinship”</b>." in html
    assert "The kinship allowance, explained" in html
    assert 'value="kinship"' in html


@pytest.mark.django_db
def test_where_something_is_found_the_meant_words_are_offered(found):
    html = page("kinship alowance")
    assert 'Did you mean <a href="/search/?q=kinship%20allowance">kinship allowance</a>?' in html
    assert "Nothing for" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["kinship allowance", "zzzzqqqq", "lift", ""])
def test_nothing_is_offered_where_there_is_nothing_to_put_right(found, text):
    html = page(text)
    assert "Did you mean" not in html
    assert "Nothing for" not in html


@pytest.mark.django_db
def test_markup_in_a_mistyped_question_is_shown_and_never_run(found):
    html = page("<b>kinshp")
    assert "<b>kinship" not in html
    assert "&lt;b&gt;" in html
