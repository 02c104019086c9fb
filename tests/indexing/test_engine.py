"""What every engine does: one suite that each of them passes."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from indexing.engines.base import Engine, EngineUnavailable, Request
from search.query import Query
from tests.engines import EVERYONE, ORGANISATION, ask, doc, keys

if TYPE_CHECKING:
    from indexing.documents import Document

HOSTILE = [
    '"', "'", '""" OR 1=1 --', "NEAR(compost bin)", "title:compost", "compost*", "^compost", "compost AND", "NOT",
    "OR OR", "(((", "-compost", "{compost}", "compost\x00bin", "🎉🎉", "<b onclick=x>", "'; DROP TABLE x; --",
    "\ud800 half a character", "a" * 10_000, "compost " * 2_000, "ﷺ", "٣٤٥", "日本語", "%_%", "\\", "rowid:1",
]  # fmt: skip


@pytest.fixture
def garden(engine: Engine) -> Engine:
    engine.put(
        [
            doc("s:1", "Compost in the park", "Leaves and peelings become soil in a year.", topics=("gardens",)),
            doc("s:2", "Tablets for older people", "Volunteers teach pensioners to use the internet.", kind="surgery"),
            doc("s:3", "Secret compost", "Only for those who work here.", tokens=frozenset({"organisation"})),
        ]
    )
    return engine


def test_words_find_what_holds_them(garden):
    assert keys(ask(garden, "compost")) == ["s:1"]


def test_a_word_is_found_in_another_form(garden):
    assert "s:1" in keys(ask(garden, "composting"))


@pytest.mark.parametrize("asked", ['"information desk"', '"infor\u00admation desk"', '"infor\u200bmation\u00a0desk"'])
@pytest.mark.parametrize("written", ["Information desk", "Infor\u00admation desk", "Infor\u200bmation\u00a0desk"])
def test_what_nobody_sees_parts_no_words(engine, written, asked):
    engine.put([doc("p:1", written, "Open every day.")])
    assert keys(engine.search(Request(Query.of(asked).text, EVERYONE))) == ["p:1"]


def test_what_holds_every_word_says_so(garden):
    found = ask(garden, "compost leaves", ORGANISATION).hits
    assert {hit.key: hit.whole for hit in found} == {"s:1": True, "s:3": False}


def test_meaning_finds_what_holds_none_of_the_words(garden):
    assert keys(ask(garden, "computer lessons for the elderly"))[0] == "s:2"


def test_what_shares_some_words_and_means_something_else_is_found_and_not_sure(engine):
    spring = "Pull the spring out, oil the spring, put the spring back."
    engine.put(
        [
            doc("some", "Mending a mattress", spring),
            doc("every", "Minutes", "Any other business: a spring, a festival, the drains, chairs."),
            doc("near", "Eisteddfod and May fair calendar", "When the village celebrates."),
            *(doc(f"other:{number}", "Potholes", "Asphalt and gravel.") for number in range(5)),
        ]
    )
    question = "spring festival"
    assert set(keys(ask(engine, question))) == {"some", "every", "near"}
    assert set(keys(ask(engine, question, sure=True))) == {"every", "near"}
    assert set(keys(ask(engine, question, sure=True, dense=False))) == {"some", "every"}


def test_the_best_passage_comes_with_the_hit(garden):
    assert "pensioners" in ask(garden, "old folks learning computers").hits[0].passage


def test_a_title_weighs_more_than_a_body(engine):
    engine.put([doc("a", "Other things", "bread " + "word " * 20), doc("b", "Bread", "other " + "word " * 20)])
    assert keys(ask(engine, "bread", dense=False)) == ["b", "a"]


@pytest.mark.parametrize("half", [{"dense": False}, {"lexical": False}, {}])
def test_a_hidden_thing_is_found_by_neither_half(garden, half):
    assert "s:3" not in keys(ask(garden, "secret compost for those who work here", **half))
    assert "s:3" in keys(ask(garden, "secret compost for those who work here", ORGANISATION, **half))


@pytest.mark.parametrize("half", [{"dense": False}, {"lexical": False}])
def test_the_audience_holds_before_the_ranking(engine, half):
    """Thirty hidden things that answer better must not push the one that may be seen off the list."""
    hidden = [doc(f"h:{n}", "Bee keeping on roofs", "Bee keeping.", tokens=ORGANISATION - EVERYONE) for n in range(30)]
    engine.put([*hidden, doc("seen", "Bee keeping", "A few words about bees among others.")])
    answer = ask(engine, "bee keeping on roofs", size=5, **half)
    assert (keys(answer), answer.total) == (["seen"], 1)


def test_no_tokens_see_nothing(garden):
    assert ask(garden, "compost", frozenset()).total == 0


def test_hidden_things_are_counted_nowhere(garden):
    assert ask(garden, "compost").counts["kind"] == Counter(story=1)


@pytest.fixture
def badges(engine: Engine) -> Engine:
    engine.put(
        [
            doc("blue", "Parking", "Ask for a blue badge at the counter.", tokens=EVERYONE),
            doc("badge", "Badges", "The badge of staff is green, and blue is for guests."),
            doc("title", "The Blue Badge", "How to renew it."),
            doc("hidden", "A blue badge", "For those who work here.", tokens=frozenset({"organisation"})),
        ]
    )
    return engine


@pytest.mark.parametrize("quoted", ['"blue badge"', "“Blue Badges”", "«blue badge»", 'renew parking "blue badge"'])
def test_words_in_quotation_marks_are_found_side_by_side(badges, quoted):
    answer = ask(badges, quoted)
    assert set(keys(answer)) == {"blue", "title"}
    assert (answer.total, answer.counts["kind"]) == (2, Counter(story=2))


def test_every_phrase_must_be_there(badges):
    assert keys(ask(badges, '"blue badge" "the counter"')) == ["blue"]
    assert ask(badges, '"blue badge" "no such thing"').total == 0


def test_a_phrase_holds_in_the_half_of_meaning_too(badges):
    assert "badge" not in keys(ask(badges, '"blue badge" for disabled drivers', lexical=False, listed_only=False))


def test_a_phrase_that_is_not_closed_is_words(badges):
    assert "badge" in keys(ask(badges, '"blue badge'))


def test_the_audience_holds_for_phrases(badges):
    assert "hidden" not in keys(ask(badges, '"blue badge"'))
    assert "hidden" in keys(ask(badges, '"blue badge"', ORGANISATION))


def test_a_star_stands_for_the_rest_of_a_word(engine):
    engine.put([doc("lib", "The library on Sundays"), doc("lob", "A lobby for all"), doc("grit", "Grit bins")])
    assert keys(ask(engine, "libr*", dense=False)) == ["lib"]
    assert keys(ask(engine, "sund* libr*", dense=False)) == ["lib"]
    assert ask(engine, "libr", dense=False).total == 0


def test_a_passage_of_a_file_comes_with_its_page(engine):
    pages = ["What the council does about leaves.", "Compost bins cost ten pounds.", "Whom to call about grit."]
    engine.put([doc("file", "Handbook", "\f".join(pages), kind="file"), doc("story", "Compost in the park")])
    assert {hit.key: hit.page for hit in ask(engine, "compost bins").hits} == {"file": 2, "story": 0}
    assert ask(engine, "grit", dense=False).hits[0].page == 3


def test_filters_narrow_and_each_facet_counts_as_if_it_were_not_chosen(garden):
    garden.put([doc("s:4", "Compost surgery", "Bring your compost.", kind="surgery", topics=("gardens",))])
    answer = ask(garden, "compost", filters={"kind": frozenset({"surgery"})})
    assert keys(answer) == ["s:4"]
    assert answer.counts["kind"] == Counter(story=1, surgery=1)
    assert answer.counts["topic"] == Counter(gardens=1)


def test_a_filter_holds_before_the_ranking(engine):
    engine.put([doc(f"p:{n}", "Bread oven", "Bread oven.", date=date(2025, 1, 1)) for n in range(30)])
    engine.put([doc("old", "An oven", "We baked.", date=date(2019, 5, 1))])
    assert keys(ask(engine, "bread oven", size=5, filters={"year": frozenset({"2019"})})) == ["old"]


def test_pages_never_overlap_and_hold_everything(engine):
    engine.put([doc(f"d:{n:02}", "Bread", "The same words.") for n in range(45)])
    pages = [keys(ask(engine, "bread", start=start, size=20)) for start in (0, 20, 40)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({key for page in pages for key in page}) == ask(engine, "bread").total == 45


def test_nothing_asked_gives_the_newest_first(engine):
    engine.put([doc("a", "A", date=date(2020, 1, 1)), doc("b", "B", date=date(2024, 1, 1)), doc("c", "C")])
    assert keys(ask(engine, "")) == ["b", "a", "c"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_question_is_syntax(garden, text):
    assert ask(garden, text).total <= 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=300))
def test_no_text_breaks_the_search(garden, text):
    assert "s:3" not in keys(ask(garden, text))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=st.text(max_size=60), body=st.text(max_size=400))
def test_any_text_can_be_kept(engine, title, body):
    engine.put([doc("odd", title, body), doc("known", "Compost")])
    assert "known" in keys(ask(engine, "compost"))


def test_a_document_without_any_words_does_no_harm(engine):
    engine.put([doc("empty", "", ""), doc("full", "Bread")])
    assert keys(ask(engine, "bread")) == ["full"]


def test_a_change_takes_the_place_of_what_was_there(garden):
    garden.put([doc("s:1", "Worms", "They eat peelings.")])
    assert ask(garden, "compost", dense=False).total == 0
    assert keys(ask(garden, "worms", dense=False)) == ["s:1"]


def test_what_is_removed_is_gone_from_both_halves(garden):
    garden.remove(["s:1", "never:there"])
    assert "s:1" not in keys(ask(garden, "compost leaves peelings soil"))


def test_a_narrowed_audience_holds_at_once(garden):
    garden.put([doc("s:1", "Compost in the park", "Leaves.", topics=("gardens",), tokens=frozenset({"community:1"}))])
    assert ask(garden, "compost").total == 0


def test_what_is_like_a_thing_is_never_the_thing_itself(engine):
    engine.put([doc("a", "Baking bread at home"), doc("b", "A sourdough loaf"), doc("c", "Parking permits")])
    assert keys(ask(engine, "", like="a"))[0] == "b"
    assert "a" not in keys(ask(engine, "", like="a"))


def test_nothing_is_like_a_thing_that_the_viewer_may_not_see(garden):
    assert ask(garden, "", like="s:3").total == 0


def test_fingerprints_are_those_of_the_documents(engine):
    document = doc("a", "Bread")
    engine.put([document])
    held = engine.fingerprints()["a"]
    assert (held.content, held.rights) == (document.content_hash, document.rights_hash)


def test_an_engine_without_an_index_says_so(engine):
    with pytest.raises(EngineUnavailable):
        ask(engine, "bread")


def test_a_rebuild_holds_the_new_documents_and_none_of_the_old(garden):
    garden.rebuild([doc("n", "Bread")], lambda _: [])
    assert set(garden.fingerprints()) == {"n"}


def test_readers_go_on_during_a_rebuild_and_nothing_written_meanwhile_is_lost(garden):
    def slowly():
        yield doc("n:1", "Bread")
        assert keys(ask(garden, "compost")) == ["s:1"]
        garden.put([doc("late", "Compost that came late")])
        garden.remove(["s:2"])
        yield doc("s:2", "Tablets for older people")

    late: dict[str, Document] = {"late": doc("late", "Compost that came late")}
    garden.rebuild(slowly(), lambda changed: [late[key] for key in changed if key in late])
    assert set(garden.fingerprints()) == {"n:1", "late"}


def test_two_communities_of_one_title_are_two(engine):
    for number in (1, 2):
        engine.put([doc(f"s:{number}", "Compost", community="Gardeners", community_key=f"c:{number}", language="cy")])
    answer = ask(engine, "compost", filters={"community": frozenset({"c:1"})})
    assert answer.counts["community"] == {"c:1": 1, "c:2": 1}
    assert [(hit.key, hit.community, hit.community_key, hit.language) for hit in answer.hits] == [
        ("s:1", "Gardeners", "c:1", "cy")
    ]
