"""Autocomplete on titles and the vocabulary for spelling: one suite that every engine passes."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from indexing.edit_distance import distance, is_near, other_beginnings
from indexing.engines.base import Engine, EngineUnavailable, TitleRequest
from tests.engines import EVERYONE, ORGANISATION, doc
from tests.indexing.test_engine import HOSTILE

LETTERS = "abcdez"
some_words = st.text(LETTERS, max_size=9)


def titles(engine: Engine, typed: str, tokens: frozenset[str] = EVERYONE, **options: object) -> list[list[str]]:
    found = engine.titles(TitleRequest(typed, tokens, ("person",), **options))  # type: ignore[arg-type]  # options of several types
    return [[match.key for match in group] for group in found]


@pytest.fixture
def town(engine: Engine) -> Engine:
    engine.put(
        [
            doc("p:1", "Máire O’Neill", kind="person"),
            doc("s:1", "Foster Care Together", summary="For grandparents."),
            doc("s:2", "Care of hedges", date=date(2026, 1, 1)),
            doc("s:3", "Care of roads!", date=date(2026, 2, 1)),
            doc("s:4", "Careful pomegranates", tokens=ORGANISATION - EVERYONE, topics=("Orchards",)),
        ]
    )
    return engine


@pytest.mark.parametrize("typed", ["fost tog", "tog fost", "FOSTER", "Foster Care Together", "  fo   tog ", "f"])
def test_words_are_given_by_their_beginnings_in_any_order(town, typed):
    assert titles(town, typed) == [[], ["s:1"]]


@pytest.mark.parametrize("typed", ["O'Neill", "oneill", "o neill", "maire o", "m. o'n", "neill"])
def test_names_are_found_however_their_letters_are_typed(town, typed):
    assert titles(town, typed) == [["p:1"], []]


@pytest.mark.parametrize("typed", ["oster", "foster parking", "hedges pomegranates"])
def test_what_fits_nothing_finds_nothing(town, typed):
    assert titles(town, typed) == [[], []]


def test_what_begins_so_comes_first_then_the_short_ones_then_the_newest(town):
    assert titles(town, "care") == [[], ["s:3", "s:2", "s:1"]]
    assert titles(town, "care", size=1) == [[], ["s:3"]]


def test_a_hidden_title_matches_nothing_and_takes_no_place(town):
    assert titles(town, "careful") == [[], []]
    assert titles(town, "careful", ORGANISATION) == [[], ["s:4"]]
    assert titles(town, "c", ORGANISATION, size=1) == [[], ["s:3"]]


def test_what_was_hidden_renamed_or_removed_is_forgotten(town):
    town.put([doc("s:2", "Care of hedges", tokens=frozenset({"organisation"})), doc("s:3", "Roads")])
    town.remove(["s:1"])
    assert titles(town, "care") == [[], []]
    assert titles(town, "roads") == [[], ["s:3"]]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_breaks_it(town, typed):
    assert len(titles(town, typed[:100] + "x")) == 2


# -- spelling ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("grandparnets", "grandparents"),
        ("togehter", "together"),
        ("ogether", "together"),
        ("otgether", "together"),
        ("vare", "care"),
        ("together", "together"),
    ],
)
def test_words_near_to_a_word_come_with_how_many_documents_hold_them(town, typed, meant):
    found = town.words_near([typed], EVERYONE)[typed]
    assert found == {meant: 3 if meant == "care" else 1}


def test_a_word_that_only_hidden_documents_hold_is_unknown(town):
    words = ["pomegranats", "pomegranates", "orchads"]
    assert town.words_near(words, EVERYONE) == {word: {} for word in words}
    assert town.words_near(words, ORGANISATION) == {
        "pomegranats": {"pomegranates": 1}, "pomegranates": {"pomegranates": 1}, "orchads": {"orchards": 1}
    }  # fmt: skip
    assert list(town.holding("pomegranates", EVERYONE, 3)) == []
    assert list(town.holding("orchards", ORGANISATION, 3)) == ["s:4"]


def test_a_word_of_hidden_and_open_documents_counts_the_open_ones_alone(town):
    town.put([doc("s:5", "Secret hedges", tokens=frozenset({"community:1"}))])
    assert town.words_near(["hedgse"], EVERYONE) == {"hedgse": {"hedges": 1}}
    assert list(town.holding("hedges", EVERYONE, 3)) == ["s:2"]


def test_words_of_texts_that_changed_are_forgotten(town):
    town.put([doc("s:2", "Lawns")])
    town.remove(["s:1"])
    assert town.words_near(["hedgse", "togehter"], EVERYONE) == {"hedgse": {}, "togehter": {}}


def test_without_an_index_the_engine_says_so(engine):
    for ask in (
        lambda: engine.titles(TitleRequest("care", EVERYONE)),
        lambda: engine.words_near(["care"], EVERYONE),
        lambda: engine.holding("care", EVERYONE, 3),
    ):
        with pytest.raises(EngineUnavailable):
            ask()


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
def test_a_slip_is_a_letter_too_many_too_few_wrong_or_swapped_with_the_next(one, other, slips):
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
def test_every_word_one_slip_away_is_near_and_looked_for(word, data):
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
    assert is_near(slipped, word)
    assert slipped[0] == word[0] or word in other_beginnings(slipped)
