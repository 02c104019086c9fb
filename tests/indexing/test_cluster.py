"""Three secured nodes while they fail: nothing is lost, and search is at worst unavailable, never in error."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from indexing import engines, maintenance, queue
from indexing.address import SearchAddress
from indexing.conf import Options
from indexing.documents import Document
from indexing.engines.base import EngineUnavailable
from indexing.engines.elasticsearch import ElasticsearchEngine
from tests.conftest import browse
from tests.engines import EVERYONE, as_in_the_product, ask, doc, keys, needs_elasticsearch
from tests.factories import StoryFactory
from tests.indexing.queued import drain, queued
from tools.elasticsearch import nodes
from tools.elasticsearch.nodes import Servers

pytestmark = [pytest.mark.slow, pytest.mark.drill, pytest.mark.xdist_group("cluster")]

PATIENCE = 60.0  # seconds that a cluster may take to find itself again
MANY = 300


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    needs_elasticsearch()
    with nodes.running(3, secured=True) as three:
        yield three


@pytest.fixture
def engine(servers: Servers, request: pytest.FixtureRequest) -> Iterator[ElasticsearchEngine]:
    """A hub's engine over the whole cluster, one copy of everything on a second node."""
    servers.wait()
    made = ElasticsearchEngine(Options(SearchAddress.of(f"{servers.url}/{prefix_of(request)}")))
    with as_in_the_product():
        yield made
    made.cluster.close()


def prefix_of(request: pytest.FixtureRequest) -> str:
    return "test-" + "".join(letter for letter in request.node.name.lower() if letter.isalnum())[:60]


def documents(count: int = MANY, start: int = 0) -> list[Document]:
    return [doc(f"d:{number:04}", f"Loaf {number}", "We baked bread.") for number in range(start, start + count)]


def healed(servers: Servers) -> None:
    """Bring back whoever is down, and wait for the whole cluster."""
    for node in servers.nodes:
        if node.process is None:
            node.start()
    servers.wait()
    servers.ask("/_cluster/health?wait_for_no_initializing_shards=true&timeout=30s")


def persist(attempt: Any, patience: float = PATIENCE) -> Any:
    """What the queue does: try again until it is taken."""
    until = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except EngineUnavailable:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


@contextmanager
def searching(engine: ElasticsearchEngine) -> Iterator[list[str]]:
    """Somebody who searches all the while. Their failures, by name: being unavailable is none."""
    failures: list[str] = []
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(0.1):
            try:
                ask(engine, "bread")
            except EngineUnavailable:
                continue
            except Exception as error:  # noqa: BLE001 (any other failure is one)
                failures.append(repr(error))

    somebody = threading.Thread(target=go_on)
    somebody.start()
    try:
        yield failures
    finally:
        over.set()
        somebody.join(timeout=30)


def missing(engine: ElasticsearchEngine, wanted: list[Document]) -> set[str]:
    held = persist(engine.fingerprints)
    return {each.key for each in wanted if each.key not in held or held[each.key].content != each.content_hash}


def test_a_node_that_dies_during_indexing_and_searching_loses_nothing(
    engine: ElasticsearchEngine, servers: Servers
) -> None:
    engine.put(documents(50))
    servers.ask(f"/_cluster/health/{engine.indexes.alias}?wait_for_status=green&timeout=30s")
    wanted = documents(MANY)
    with searching(engine) as failures:
        for start in range(50, MANY, 50):
            if start == 150:
                servers.nodes[2].kill()
            persist(lambda start=start: engine.put(documents(50, start)))
    healed(servers)
    assert failures == []
    assert missing(engine, wanted) == set()


def test_two_dead_nodes_of_three_make_search_unavailable_and_nothing_worse(
    engine: ElasticsearchEngine, servers: Servers
) -> None:
    wanted = documents(60)
    engine.put(wanted)
    servers.nodes[1].kill()
    servers.nodes[2].kill()
    started = time.monotonic()
    with searching(engine) as failures:
        time.sleep(6)
    assert failures == []
    assert time.monotonic() - started < 40
    healed(servers)
    persist(lambda: engine.put(wanted))
    assert missing(engine, wanted) == set()


def test_all_dead_and_back_again_finds_what_was_there(engine: ElasticsearchEngine, servers: Servers) -> None:
    wanted = documents(60)
    engine.put(wanted)
    for node in servers.nodes:
        node.kill()
    with pytest.raises(EngineUnavailable):
        ask(engine, "bread")
    with pytest.raises(EngineUnavailable):
        engine.put(documents(1, 900))
    healed(servers)
    assert missing(engine, wanted) == set()
    assert len(keys(persist(lambda: ask(engine, "bread", EVERYONE, size=100)))) == 60


def test_a_paused_node_costs_time_and_no_answer(engine: ElasticsearchEngine, servers: Servers) -> None:
    """A process that is stopped still accepts connections and never answers."""
    wanted = documents(60)
    engine.put(wanted)
    servers.ask(f"/_cluster/health/{engine.indexes.alias}?wait_for_status=green&timeout=30s")
    servers.nodes[1].signal(signal.SIGSTOP)
    try:
        with searching(engine) as failures:
            time.sleep(8)
    finally:
        servers.nodes[1].signal(signal.SIGCONT)
    servers.wait()
    assert failures == []
    persist(lambda: engine.put(wanted))
    assert missing(engine, wanted) == set()


def test_a_wrong_password_is_said_plainly(servers: Servers) -> None:
    servers.wait()
    wrong = servers.url.replace(servers.password, "a-guess")
    stranger = ElasticsearchEngine(Options(SearchAddress.of(f"{wrong}/test")))
    with pytest.raises(EngineUnavailable, match="password"):
        ask(stranger, "bread")


# -- a full disk -------------------------------------------------------------------------------------------------------
FULL = {  # so much must be free: more than any disk has
    "cluster.routing.allocation.disk.threshold_enabled": True,
    "cluster.routing.allocation.disk.watermark.low": "100000gb",
    "cluster.routing.allocation.disk.watermark.high": "99000gb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "98000gb",
    "cluster.info.update.interval": "10s",
}


@contextmanager
def full_disks(servers: Servers, alias: str) -> Iterator[None]:
    """Elasticsearch itself finds its disks full and lets nothing more be written; then there is room again."""

    def blocked() -> bool:
        told = servers.ask(f"/{alias}/_settings/index.blocks.*?flat_settings=true")
        return any(each["settings"].get("index.blocks.read_only_allow_delete") == "true" for each in told.values())

    servers.ask("/_cluster/settings", method="PUT", body={"transient": FULL})
    try:
        eventually(blocked)
        yield
    finally:
        servers.ask("/_cluster/settings", method="PUT", body={"transient": dict.fromkeys(FULL)})
        eventually(lambda: not blocked())


def eventually(is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.5)


@pytest.fixture
def hub(servers: Servers, settings: Any, request: pytest.FixtureRequest, community: Any) -> ElasticsearchEngine:
    """A hub that searches with the cluster, and whose worker runs when it is told to."""
    servers.wait()
    settings.SEARCH = {**settings.SEARCH, "URL": f"{servers.url}/{prefix_of(request)}"}
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    StoryFactory(community=community, title="Nineteen carers at one table")
    maintenance.rebuild()
    engine = engines.engine()
    assert isinstance(engine, ElasticsearchEngine)
    return engine


@pytest.mark.django_db
def test_while_the_disks_are_full_the_hub_is_searched_and_written_in_and_nothing_is_lost(
    hub: ElasticsearchEngine, servers: Servers, django_capture_on_commit_callbacks: Any
) -> None:
    with full_disks(servers, hub.indexes.alias), searching(hub) as failures:
        started = time.monotonic()
        for number in range(5):
            with django_capture_on_commit_callbacks(execute=True):
                StoryFactory(title=f"Beavers in the beck {number}").save_revision().publish()
        assert time.monotonic() - started < 5
        assert drain() == 0
        assert queued().count() >= 5
        html = browse().get("/search/?q=carers").content.decode()
        assert "Nineteen carers at one table" in html
        assert "Search is being repaired" not in html
    assert failures == []
    persist(queue.drain)
    assert not queued().exists()
    call_command("search", "check", stdout=StringIO())


@pytest.mark.django_db
def test_a_rebuild_while_the_disks_are_full_keeps_the_old_index(hub: ElasticsearchEngine, servers: Servers) -> None:
    with full_disks(servers, hub.indexes.alias):
        with pytest.raises(EngineUnavailable):
            maintenance.rebuild()
        assert "Search is being repaired" not in browse().get("/search/?q=carers").content.decode()
    persist(maintenance.rebuild)
    call_command("search", "check", stdout=StringIO())
