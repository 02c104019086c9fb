"""The judged sets on every engine: the same answers, as far as approximate vectors give the same."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pytest

from benchmarks.evaluation import rankings, read_set
from benchmarks.evaluation.metrics import Grades
from benchmarks.evaluation.rankings import HalfTally
from benchmarks.evaluation.sets import JudgedSet
from indexing.address import SearchAddress
from indexing.conf import Options
from indexing.embedding import shared_encoder
from indexing.embedding.encoder import Vectors
from indexing.engines.base import Engine, Progress
from indexing.engines.embedded import EmbeddedEngine
from tests.engines import CLUSTERS, engine_of_its_own, shared, url_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("judged")]

SETS = {"cranfield": 1, "stackfaq": 4}  # of how many questions one is asked: StackFAQ has ten for every answer
BARS = {"cranfield": 0.44, "stackfaq": 0.94}  # nDCG@10 of both halves together, with one setting for both sets
NEAR = 0.02  # nDCG@10
EACH = 2  # a cluster is asked every second one of them; all of them in `make drill`
SHARE = 0.95  # of the ten nearest by exact comparison that the graph must find


class Remembering:
    """The sentence model, which reads each passage and each question once for all engines."""

    def __init__(self) -> None:
        self.model = shared_encoder()
        self.name = self.model.name
        self.known: dict[str, Vectors] = {}
        self.asked: dict[str, Vectors] = {}

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        new = [text for text in texts if text not in self.known]
        self.known |= dict(zip(new, self.model.passages(new), strict=True)) if new else {}
        return np.array([self.known[text] for text in texts])

    def query(self, text: str) -> Vectors:
        if text not in self.asked:
            self.asked[text] = self.model.query(text)
        return self.asked[text]


@pytest.fixture(scope="module")
def model() -> Remembering:
    return Remembering()


@pytest.fixture(scope="module", params=SETS)
def judged(request: pytest.FixtureRequest) -> JudgedSet:
    return read_set(shared("eval", request.param), pytest.fail)


@pytest.fixture(scope="module")
def questions(judged: JudgedSet) -> list[tuple[str, Grades]]:
    return judged.measured()[:: SETS[judged.name]]


@pytest.fixture(scope="module")
def exact(judged: JudgedSet, model: Remembering, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The embedded engine, which compares with every passage."""
    made = EmbeddedEngine(Options(SearchAddress.folder(tmp_path_factory.mktemp("index"))), lambda: model)
    made.put(judged.documents)
    return made


@pytest.fixture(scope="module")
def expected(exact: Engine, questions: list[tuple[str, Grades]]) -> Mapping[str, HalfTally]:
    """What it finds, half by half."""
    return {half: rankings.tally(exact, questions, flags) for half, flags in rankings.MODES.items()}


def some(tally: HalfTally, each: int) -> Mapping[str, float]:
    """The figures of every so many-th question."""
    measured = (tally.ndcg, tally.recall, tally.reciprocal, tally.seconds)
    return HalfTally(*(one[::each] for one in measured)).summary()


@pytest.fixture(scope="module", params=CLUSTERS)
def cluster(request: pytest.FixtureRequest, judged: JudgedSet, model: Remembering) -> Iterator[Engine]:
    with engine_of_its_own(url_of(request.param), lambda: model) as made:
        made.put(judged.documents)
        yield made


def test_both_sets_pass_the_bar(judged: JudgedSet, expected: Mapping[str, HalfTally]) -> None:
    figures = {half: tally.summary()["ndcg@10"] for half, tally in expected.items()}
    better = max(figures["lexical"], figures["dense"])
    assert figures["fused"] >= max(BARS[judged.name], better - NEAR)


# What the newer one could do otherwise, such as to store vectors in fewer bits, shows in both halves together.
HALVES = {"elasticsearch": tuple(rankings.MODES), "elasticsearch-9": ("fused",)}


@pytest.mark.parametrize("each", [EACH, pytest.param(1, marks=pytest.mark.drill)])
def test_the_engines_answer_alike(
    cluster: Engine,
    questions: list[tuple[str, Grades]],
    expected: Mapping[str, HalfTally],
    each: int,
    request: pytest.FixtureRequest,
) -> None:
    for half in HALVES[request.node.callspec.params["cluster"]]:
        found = rankings.tally(cluster, questions[::each], rankings.MODES[half]).summary()
        wanted = some(expected[half], each)
        assert found["ndcg@10"] == pytest.approx(wanted["ndcg@10"], abs=NEAR), half
        assert found["recall@100"] == pytest.approx(wanted["recall@100"], abs=NEAR), half


def test_the_graph_finds_the_nearest(exact: Engine, cluster: Engine, questions: list[tuple[str, Grades]]) -> None:
    shares = []
    for text, _grades in questions[:100]:
        nearest, found = (rankings.ranking_of(engine, text, {"lexical": False})[:10] for engine in (exact, cluster))
        # What asks for a phrase that stands nowhere is answered with nothing.
        shares.append(1.0 if nearest == found else len(set(nearest) & set(found)) / len(nearest))
    assert sum(shares) / len(shares) >= SHARE
