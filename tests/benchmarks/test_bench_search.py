"""The benchmark of search measures what it says that it does."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.search import chart, report
from benchmarks.search.cases import CaseResult
from benchmarks.search.content import Mixing, PassageInventor
from benchmarks.search.exact import nearest_of_all
from indexing.embedding import shared_encoder
from indexing.passages import cut

KEPT = CaseResult(
    "embedded", 9836, 5000, 30.0, 55.0, 5.0, 9.0, 1.0, 3000.0, 50.0, 67.0, 300.0, 14.4, None, "2026-11-22"
)


@pytest.fixture(scope="module")
def mixing() -> Mixing:
    return Mixing(shared_encoder(), PassageInventor().sentences)


def test_the_same_seed_invents_the_same_documents_of_two_passages():
    first, again = (list(PassageInventor().documents(200, [7])) for _time in range(2))
    assert first == again
    assert 180 <= sum(len(cut(each.title, each.text)) for each in first) <= 220


def test_no_two_questions_are_alike():
    assert len(set(PassageInventor(seed=2).questions(260))) == 260


def test_a_passage_lies_between_its_sentences(mixing):
    one, two = PassageInventor().sentences[:2]
    vectors = mixing.passages([f"Title\nHeading\n{one} {two}", f"Title\n{one}", f"Title\n{two}"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert min(vectors[0] @ vectors[1], vectors[0] @ vectors[2]) > vectors[1] @ vectors[2]


def test_the_nearest_are_those_that_a_comparison_with_every_vector_finds(mixing):
    documents = list(PassageInventor().documents(60, []))
    tokens = frozenset({"everyone"})
    found = nearest_of_all(iter(documents), mixing, ["help for carers"], tokens, best=3)[0]
    query = mixing.query("help for carers")
    readings = {each.key: [one.reading for one in cut(each.title, each.text)] for each in documents}
    cosines = {each.key: max(mixing.passages(readings[each.key]) @ query) for each in documents if tokens & each.tokens}
    assert found == set(sorted(cosines, key=lambda key: -cosines[key])[:3])


@pytest.mark.parametrize(
    ("result", "bars"),
    [
        (KEPT, 0),
        (replace(KEPT, request_p95=61.0), 1),
        (replace(KEPT, recall=0.9), 1),
        (replace(KEPT, passages=2000, request_p95=500.0), 0),
        (replace(KEPT, engine="elasticsearch", passages=980_000, request_p95=301.0), 1),
    ],
)
def test_a_bar_that_is_not_kept_is_named(result, bars):
    assert len(report.missed(result)) == bars


def test_the_page_names_the_bars_and_what_does_not_keep_them():
    assert report.bars([KEPT]).endswith("All are kept.")
    assert "- embedded at 9,836 passages: p95 61.0 ms" in report.bars([replace(KEPT, request_p95=61.0)])


def test_the_picture_says_in_words_what_it_shows():
    picture = chart.draw([KEPT, replace(KEPT, passages=98_206, request_p95=110.0)])
    assert picture.startswith("<svg")
    assert all(word in picture for word in ("<title>", "embedded, whole page", ">55<", ">110<"))
