"""The judged sets on both engines: the same answers, as far as approximate vectors give the same."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from search.conf import Options
from search.embedding import shared_encoder
from search.embedding.encoder import Vectors
from search.engines.address import Address
from search.engines.base import Engine, Progress
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.evaluation import halves, read_set
from search.evaluation.sets import JudgedSet
from tests.search.conftest import shared

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("judged")]

NEAR = 0.02  # nDCG@10
SHARE = 0.95  # of the ten nearest by exact comparison that the graph must find


class Remembering:
    """The sentence model, which reads each passage once for both engines."""

    def __init__(self) -> None:
        self.model = shared_encoder()
        self.name = self.model.name
        self.query = self.model.query
        self.known: dict[str, Vectors] = {}

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        new = [text for text in texts if text not in self.known]
        self.known |= dict(zip(new, self.model.passages(new), strict=True)) if new else {}
        return np.array([self.known[text] for text in texts])


@pytest.fixture(scope="module")
def judged() -> JudgedSet:
    return read_set(shared("eval", "cranfield"), pytest.fail)


@pytest.fixture(scope="module")
def both(judged: JudgedSet, cluster_url: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Engine]:
    encoder = Remembering()
    folder = Address.folder(tmp_path_factory.mktemp("index"))
    engines: dict[str, Engine] = {
        "embedded": EmbeddedEngine(Options(folder), lambda: encoder),
        "elasticsearch": ElasticsearchEngine(Options(Address.of(f"{cluster_url}/test-judged")), lambda: encoder),
    }
    for engine in engines.values():
        engine.put(judged.documents)
    return engines


@pytest.mark.parametrize("half", halves.MODES)
def test_both_engines_answer_alike(both: Mapping[str, Engine], judged: JudgedSet, half: str) -> None:
    flags = halves.MODES[half]
    figures = {name: halves.tally(engine, judged.measured(), flags).summary() for name, engine in both.items()}
    assert figures["elasticsearch"]["ndcg@10"] == pytest.approx(figures["embedded"]["ndcg@10"], abs=NEAR)
    assert figures["elasticsearch"]["recall@100"] == pytest.approx(figures["embedded"]["recall@100"], abs=NEAR)


def test_the_graph_finds_the_nearest(both: Mapping[str, Engine], judged: JudgedSet) -> None:
    shares = []
    for text, _grades in judged.measured()[:100]:
        exact, found = (halves.ranking_of(both[name], text, {"lexical": False})[:10] for name in both)
        shares.append(len(set(exact) & set(found)) / len(exact))
    assert sum(shares) / len(shares) >= SHARE
