"""An index of its own for every test, the engines that there are, and a few things to find in them.

The folders whose tests search import the fixtures in their ``conftest.py``.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from indexing.address import SearchAddress
from indexing.conf import Options
from indexing.documents import Document
from indexing.embedding import shared_encoder
from indexing.engines.base import Engine, Request, ResultPage
from indexing.engines.elasticsearch import ElasticsearchEngine, cluster as connection
from indexing.engines.embedded import EmbeddedEngine
from tools.elasticsearch import distribution

EVERYONE, ORGANISATION = frozenset({"everyone"}), frozenset({"everyone", "organisation"})
SHARED = Path(__file__).parents[2] / "shared"
# The two major versions that the hub runs with.
CLUSTERS = ("elasticsearch", pytest.param("elasticsearch-9", marks=pytest.mark.elasticsearch_9))
ENGINES = ("embedded", *CLUSTERS)
LIMITS = {"TO_READ": connection.TO_READ, "TO_FIND": connection.TO_FIND}  # of time, as the product has them
PATIENT = {"TO_READ": 30.0, "TO_FIND": 60.0}  # seconds


def patience() -> Any:
    """While this lasts, a sound cluster on a busy machine is not taken for one that is away."""
    return mock.patch.multiple(connection, **PATIENT)


def as_in_the_product() -> Any:
    """While this lasts, a cluster has as much time as in a hub."""
    return mock.patch.multiple(connection, **LIMITS)


@pytest.fixture(autouse=True)
def own_index_for_each(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'hub-index'}"}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine that there is, empty. Another joins the behavioural suite by a name in ENGINES."""
    if request.param == "embedded":
        yield EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")))
        return
    with engine_of_its_own(url_of(request.param)) as made:
        yield made


def url_of(cluster: str) -> str:
    return needs_elasticsearch() if cluster == "elasticsearch" else needs_elasticsearch_9()


def needs_elasticsearch() -> str:
    """The Elasticsearch that ``make test`` brought up. Without one a test is skipped, but never in CI."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        missing = "ELASTICSEARCH_URL names no Elasticsearch; make test brings one up where Java and Maven are"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return url


def needs_elasticsearch_9() -> str:
    """The one of the next major version, which needs a newer Java. ``make test`` looks after it that CI leaves it out
    only where there is none.
    """
    if url := os.environ.get("ELASTICSEARCH_9_URL", ""):
        return url
    pytest.skip(distribution.lacking(distribution.NEXT) or "ELASTICSEARCH_9_URL names no Elasticsearch 9")


@pytest.fixture(scope="session")
def cluster_url() -> str:
    return needs_elasticsearch()


@pytest.fixture(params=CLUSTERS)
def elasticsearch_engine(request: pytest.FixtureRequest) -> Iterator[ElasticsearchEngine]:
    with engine_of_its_own(url_of(request.param)) as made:
        yield made


@contextmanager
def engine_of_its_own(url: str, encoder: Callable[[], Any] | None = None) -> Iterator[ElasticsearchEngine]:
    """An engine whose indexes are its own, and gone afterwards."""
    made = ElasticsearchEngine(Options(SearchAddress.of(f"{url}/test-{secrets.token_hex(6)}")), encoder)
    yield made
    with made.cluster.writing() as client:
        for name in client.indices.get(index=f"{made.indexes.alias}-*"):
            client.indices.delete(index=name)
    made.cluster.close()


def doc(key: str, title: str, body: str = "", **fields: Any) -> Document:
    """A document that everyone may see, unless told otherwise."""
    fields.setdefault("tokens", EVERYONE)
    fields.setdefault("kind", "story")
    return Document(key=key, title=title, url=f"/{key}/", body=body, **fields)


def ask(engine: Engine, text: str, tokens: frozenset[str] = EVERYONE, **options: Any) -> ResultPage:
    return engine.search(Request(text, tokens, **options))


def keys(answer: ResultPage) -> list[str]:
    return [hit.key for hit in answer.hits]


def shared(*parts: str) -> Path:
    """A folder of judged data that does not come with the hub. Without it a test is skipped, but never in CI."""
    folder = SHARED.joinpath(*parts)
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{folder} is not here")
    return folder


class CountingEncoder:
    """The real sentence model, and how many passages it was asked for."""

    def __init__(self) -> None:
        self.model = shared_encoder()
        self.name = self.model.name
        self.read: list[str] = []

    def passages(self, texts: Any, progress: Any = None) -> Any:
        self.read.extend(texts)
        return self.model.passages(texts, progress)

    def query(self, text: str) -> Any:
        return self.model.query(text)
