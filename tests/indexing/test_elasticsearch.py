"""What is peculiar to the engine over Elasticsearch: its address, its indexes, what it spares, and how it fails."""

from typing import Any

import pytest

from indexing.address import BadAddress, SearchAddress
from indexing.conf import Options
from indexing.engines.base import EngineUnavailable
from indexing.engines.elasticsearch import ElasticsearchEngine, schema
from indexing.engines.elasticsearch.breaker import Breaker
from indexing.engines.elasticsearch.writer import BATCH_ANEW
from tests.engines import EVERYONE, CountingEncoder, ask, doc, keys


# -- the address -------------------------------------------------------------------------------------------------------
def test_an_address_names_the_nodes_the_user_and_the_prefix() -> None:
    address = SearchAddress.of("https://hub:p%40ss@one,two:9201,three:9200/withermere?ca_certs=/etc/ca.pem")
    assert address.hosts == ("https://one:9200", "https://two:9201", "https://three:9200")
    assert (address.user, address.password, address.prefix) == ("hub", "p@ss", "withermere")
    assert address.ca_certs == "/etc/ca.pem"


def test_a_folder_is_an_address_too() -> None:
    assert str(SearchAddress.of("sqlite:////srv/search").path) == "/srv/search"
    assert str(SearchAddress.of("sqlite:///var/search").path) == "var/search"


@pytest.mark.parametrize(
    "url", ["", "search", "sqlite:///", "postgres://x/y", "https://", "https://one/Upper", "https://one/_x"]
)
def test_an_address_that_leads_nowhere_says_how_one_looks(url: str) -> None:
    with pytest.raises(BadAddress, match="SEARCH_URL"):
        SearchAddress.of(url)


# -- the breaker -------------------------------------------------------------------------------------------------------
def test_who_fails_three_times_running_is_left_alone_and_then_tried_once() -> None:
    now = [0.0]
    breaker = Breaker(patience=3, rest=10, clock=lambda: now[0])
    for _failure in range(3):
        assert breaker.lets_through()
        breaker.failed()
    assert not breaker.lets_through()
    now[0] = 10.5
    assert breaker.lets_through()
    assert not breaker.lets_through(), "the others wait for the answer of the one that went ahead"
    breaker.succeeded()
    assert breaker.lets_through()


def test_where_no_node_answers_nobody_waits_a_second_time() -> None:
    breaker = Breaker(patience=3)
    breaker.failed(everywhere=True)
    assert not breaker.lets_through()


def test_a_success_forgets_the_failures_before() -> None:
    breaker = Breaker(patience=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.lets_through()


# -- nobody there ------------------------------------------------------------------------------------------------------
def test_a_cluster_that_refuses_is_unavailable_and_soon_not_asked_at_all() -> None:
    engine = ElasticsearchEngine(Options(SearchAddress.of("http://127.0.0.1:9/nobody")))
    for _attempt in range(5):
        with pytest.raises(EngineUnavailable):
            ask(engine, "bread")
    with pytest.raises(EngineUnavailable, match="a moment ago"):
        engine.put([doc("a", "Bread")])


# -- what is spared ----------------------------------------------------------------------------------------------------
@pytest.fixture
def counted(elasticsearch_engine: ElasticsearchEngine) -> CountingEncoder:
    encoder = CountingEncoder()
    elasticsearch_engine._encoder = lambda: encoder
    return encoder


def test_changed_rights_embed_nothing(elasticsearch_engine: ElasticsearchEngine, counted: CountingEncoder) -> None:
    elasticsearch_engine.put([doc("a", "Bread", "We bake.")])
    counted.read.clear()
    mine = frozenset({"community:3"})
    elasticsearch_engine.put([doc("a", "Bread", "We bake.", tokens=mine)])
    assert counted.read == []
    assert keys(ask(elasticsearch_engine, "bread", mine)) == ["a"]
    assert keys(ask(elasticsearch_engine, "people who bake", mine, lexical=False)) == ["a"]
    assert keys(ask(elasticsearch_engine, "bread")) == []


def test_only_the_passage_that_changed_is_embedded(
    elasticsearch_engine: ElasticsearchEngine, counted: CountingEncoder
) -> None:
    long = "word " * 170
    elasticsearch_engine.put([doc("a", "Bread", f"{long}\n\nfirst {long}")])
    counted.read.clear()
    elasticsearch_engine.put([doc("a", "Bread", f"{long}\n\nsecond {long}")])
    assert len(counted.read) == 1


def test_a_rebuild_embeds_nothing_that_is_known(
    elasticsearch_engine: ElasticsearchEngine, counted: CountingEncoder
) -> None:
    documents = [doc(f"d:{n}", f"Bread {n}") for n in range(5)]
    elasticsearch_engine.put(documents)
    counted.read.clear()
    before = elasticsearch_engine.stats()["index"]
    elasticsearch_engine.rebuild(documents, lambda keys: [each for each in documents if each.key in keys])
    assert counted.read == []
    assert elasticsearch_engine.stats()["index"] != before
    assert elasticsearch_engine.stats()["documents"] == 5


# -- other versions ----------------------------------------------------------------------------------------------------
def test_an_index_of_another_version_is_neither_asked_nor_written(
    elasticsearch_engine: ElasticsearchEngine, monkeypatch: Any
) -> None:
    elasticsearch_engine.put([doc("a", "Bread")])
    monkeypatch.setattr(schema, "schema", lambda: "of tomorrow")
    later = ElasticsearchEngine(elasticsearch_engine.options)
    for attempt in (lambda: ask(later, "bread"), lambda: later.put([doc("b", "Oven")])):
        with pytest.raises(EngineUnavailable, match="search rebuild"):
            attempt()
    later.rebuild([doc("b", "Oven")], lambda _: [])
    assert keys(ask(later, "oven")) == ["b"]


def test_a_new_index_is_asked_once_before_anybody_has_to_wait_for_it(elasticsearch_engine: ElasticsearchEngine) -> None:
    elasticsearch_engine.rebuild([doc("a", "Bread", "We bake.")], lambda _: [])
    with elasticsearch_engine.cluster.writing() as client:
        figures = client.indices.stats(index=elasticsearch_engine.indexes.alias, metric="search")
    # Counting what is there is one question; both halves, the counts and the page are more.
    assert figures["_all"]["total"]["search"]["query_total"] > 3


def test_a_half_made_index_of_a_dead_rebuild_serves_nobody(elasticsearch_engine: ElasticsearchEngine) -> None:
    elasticsearch_engine.put([doc("a", "Bread")])

    def dies() -> Any:
        yield doc("b", "Oven")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        elasticsearch_engine.rebuild(dies(), lambda _: [])
    assert keys(ask(elasticsearch_engine, "bread")) == ["a"]


def test_a_full_disk_says_so_and_what_is_there_is_still_found(elasticsearch_engine: ElasticsearchEngine) -> None:
    elasticsearch_engine.put([doc("a", "Bread")])
    blocked = {"index.blocks.read_only_allow_delete": True}
    with elasticsearch_engine.cluster.writing() as client:
        client.indices.put_settings(index=elasticsearch_engine.indexes.alias, settings=blocked)
    with pytest.raises(EngineUnavailable, match="disk"):
        elasticsearch_engine.put([doc("b", "Oven")])
    assert keys(ask(elasticsearch_engine, "bread")) == ["a"]


# -- how far one can page ----------------------------------------------------------------------------------------------
def test_of_very_many_the_total_is_true_and_the_best_can_be_paged_to(
    elasticsearch_engine: ElasticsearchEngine, monkeypatch: Any
) -> None:
    shallow = ElasticsearchEngine(Options(elasticsearch_engine.options.address, depth=10))
    shallow.put([doc(f"d:{n:02}", "Bread", f"Loaf {n}.") for n in range(40)])
    answer = ask(shallow, "bread", EVERYONE, size=10)
    assert answer.total == 40
    assert answer.counts["kind"]["story"] == 40
    assert answer.reachable is not None
    assert 10 <= answer.reachable <= 20


def test_a_rebuild_that_lost_something_keeps_the_old_index(elasticsearch_engine: ElasticsearchEngine) -> None:
    engine = elasticsearch_engine
    engine.put([doc("old", "Bread")])

    def losing() -> Any:
        for number in range(4 * BATCH_ANEW):
            yield doc(f"d:{number}", "Bread")
        with engine.cluster.writing() as client:
            made = max(client.indices.get(index=f"{engine.indexes.alias}-2*"))
            client.delete(index=made, id="d:7")

    with pytest.raises(EngineUnavailable, match="the old one is kept"):
        engine.rebuild(losing(), lambda _: [])
    assert keys(ask(engine, "bread")) == ["old"]
    with engine.cluster.writing() as client:
        assert len(client.indices.get(index=f"{engine.indexes.alias}-*")) == 1
