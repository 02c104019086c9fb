"""What is peculiar to the embedded engine: its files, its writers, and what it spares the model."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from search.conf import Options
from search.embedding import EncoderMissing
from search.engines.address import Address
from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.postings import COMMON, Postings
from tests.search.conftest import CountingEncoder, ask, doc, keys


@pytest.fixture
def encoder():
    return CountingEncoder()


@pytest.fixture
def embedded(tmp_path: Path, encoder) -> EmbeddedEngine:
    return EmbeddedEngine(Options(Address.folder(tmp_path / "index")), lambda: encoder)


def missing():
    raise EncoderMissing("not installed")


def test_changed_rights_embed_nothing(embedded, encoder):
    embedded.put([doc("a", "Bread", "We bake.")])
    encoder.read.clear()
    embedded.put([doc("a", "Bread", "We bake.", tokens=frozenset({"community:3"}))])
    assert encoder.read == []
    assert keys(ask(embedded, "bread", frozenset({"community:3"}))) == ["a"]


def test_only_the_passage_that_changed_is_embedded(embedded, encoder):
    long = "word " * 170
    embedded.put([doc("a", "Bread", f"{long}\n\nfirst {long}")])
    encoder.read.clear()
    embedded.put([doc("a", "Bread", f"{long}\n\nsecond {long}")])
    assert len(encoder.read) == 1


def test_what_did_not_change_is_not_written(embedded):
    embedded.put([doc("a", "Bread")])
    before = embedded.stats()
    embedded.put([doc("a", "Bread")])
    assert embedded.stats() == before


def test_an_index_of_another_version_is_neither_read_nor_written_and_a_rebuild_mends_it(embedded, encoder):
    embedded.put([doc("a", "Bread", "We bake.")])
    with sqlite3.connect(embedded.home.current()) as file:
        file.execute("PRAGMA user_version = 1")
    other = EmbeddedEngine(embedded.options, lambda: encoder)
    for asked in (lambda: ask(other, "bread"), lambda: other.put([doc("b", "Grit")])):
        with pytest.raises(EngineUnavailable, match="rebuild"):
            asked()
    encoder.read.clear()
    other.rebuild([doc("a", "Bread", "We bake.")], lambda _: [])
    assert (keys(ask(other, "bread")), encoder.read) == (["a"], [])


def test_what_is_kept_of_a_common_word_stays_true_whatever_changes(embedded, encoder):
    """More documents hold “bread” than are counted anew for each question."""
    embedded.put([doc(f"d:{n}", f"Bread {n}", "soup " * (n % 7)) for n in range(COMMON + 20)])
    assert ask(embedded, "bread", dense=False).total == COMMON + 20
    embedded.put([doc("d:3", "Bread bread", "rolls"), doc("d:4", "Grit"), doc("new", "Bread again")])
    embedded.remove(["d:5"])
    kept = ask(embedded, "bread rolls", dense=False, size=1000)
    fresh = ask(EmbeddedEngine(embedded.options, lambda: encoder), "bread rolls", dense=False, size=1000)
    assert set(keys(kept)) == set(keys(fresh))
    assert {"d:4", "d:5"}.isdisjoint(keys(kept))
    assert keys(kept)[0] == "d:3"
    assert [hit.score for hit in kept.hits] == pytest.approx([hit.score for hit in fresh.hits], abs=0.02)


def test_common_words_take_no_more_memory_than_they_may(embedded):
    embedded.put([doc(f"d:{n}", "Bread and soup") for n in range(COMMON + 1)])
    postings = Postings(most=COMMON + 1)
    with embedded._opened_to_write() as store:
        for word in ('"bread"', '"soup"', '"bread"'):
            assert len(postings.of(store, word, 10_000).documents) == COMMON + 1
    assert list(postings._kept) == ['"bread"']


def test_a_rebuild_embeds_nothing_that_is_known(embedded, encoder):
    documents = [doc(f"d:{n}", f"Bread {n}") for n in range(5)]
    embedded.put(documents)
    encoder.read.clear()
    embedded.rebuild(documents, lambda _: [])
    assert encoder.read == []
    assert embedded.stats()["documents"] == 5


def test_a_rebuild_that_was_cut_short_goes_on_where_it_stopped(embedded, encoder):
    def dying():
        yield from (doc(f"d:{n}", f"Bread {n}") for n in range(128))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        embedded.rebuild(dying(), lambda _: [])
    encoder.read.clear()
    embedded.rebuild([doc(f"d:{n}", f"Bread {n}") for n in range(130)], lambda _: [])
    assert len(encoder.read) == 2


def test_a_rebuild_leaves_one_index_behind(embedded, tmp_path):
    for _ in range(3):
        embedded.rebuild([doc("a", "Bread")], lambda _: [])
    assert len(list((tmp_path / "index").glob("index-*.sqlite3"))) == 1


@pytest.mark.parametrize("harm", ["gone", "cut short", "garbled"])
def test_a_broken_matrix_is_made_again_from_the_index(embedded, tmp_path, harm):
    embedded.put([doc("a", "Bread", "We bake."), doc("b", "Parking permits")])
    ask(embedded, "bread")
    matrix = next((tmp_path / "index").glob("*.vectors"))
    whole = matrix.read_bytes()
    if harm == "gone":
        matrix.unlink()
    else:
        matrix.write_bytes(whole[:500] if harm == "cut short" else whole[:-40] + b"\xff" * 40)
    anew = EmbeddedEngine(Options(Address.folder(tmp_path / "index")))
    assert keys(ask(anew, "a baker's loaf", lexical=False))[:1] == ["a"]
    assert matrix.read_bytes() == whole


def test_a_broken_index_is_an_engine_that_is_away(embedded, tmp_path):
    embedded.put([doc("a", "Bread")])
    for file in (tmp_path / "index").glob("index-*.sqlite3*"):
        file.write_bytes(b"not a database at all" * 500)
    with pytest.raises(EngineUnavailable):
        ask(EmbeddedEngine(Options(Address.folder(tmp_path / "index"))), "bread")


def test_a_broken_index_can_be_rebuilt(embedded, tmp_path):
    embedded.put([doc("a", "Bread")])
    for file in (tmp_path / "index").glob("index-*.sqlite3*"):
        file.write_bytes(b"not a database at all" * 500)
    anew = EmbeddedEngine(Options(Address.folder(tmp_path / "index")))
    anew.rebuild([doc("a", "Bread")], lambda _: [])
    assert keys(ask(anew, "bread")) == ["a"]


def test_without_a_model_the_words_are_still_found(tmp_path):
    words_only = EmbeddedEngine(Options(Address.folder(tmp_path / "index")), missing)
    words_only.put([doc("a", "Bread", "We bake.")])
    answer = ask(words_only, "bread")
    assert (keys(answer), answer.dense) == (["a"], False)


def test_what_came_without_a_model_is_embedded_once_there_is_one(tmp_path):
    document = doc("a", "Bread", "We bake.")
    EmbeddedEngine(Options(Address.folder(tmp_path / "index")), missing).put([document])
    able = EmbeddedEngine(Options(Address.folder(tmp_path / "index")))
    assert able.fingerprints()["a"].content != document.content_hash
    able.put([document])
    assert keys(ask(able, "a fresh loaf", lexical=False)) == ["a"]


def test_another_process_sees_a_change_at_once(embedded, tmp_path):
    reader = EmbeddedEngine(Options(Address.folder(tmp_path / "index")))
    embedded.put([doc("a", "Bread")])
    assert keys(ask(reader, "bread")) == ["a"]
    embedded.put([doc("b", "Bread too")])
    assert set(keys(ask(reader, "bread"))) == {"a", "b"}
    embedded.rebuild([doc("c", "Bread again")], lambda _: [])
    assert keys(ask(reader, "bread")) == ["c"]


def write_some(folder: Path, name: str) -> None:
    engine = EmbeddedEngine(Options(Address.folder(folder)), missing)
    for number in range(20):
        engine.put([doc(f"{name}:{number}", f"Bread {name} {number}")])


def test_two_writing_processes_lose_nothing(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_some, args=(tmp_path / "index", name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert len(EmbeddedEngine(Options(Address.folder(tmp_path / "index")), missing).fingerprints()) == 40


def test_threads_that_read_while_one_writes_never_fail(embedded):
    embedded.put([doc("a", "Bread")])
    failures = []

    def read():
        try:
            for _ in range(30):
                assert "a" in keys(ask(embedded, "bread"))
        except Exception as error:  # noqa: BLE001 (any failure is one)
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(15):
        embedded.put([doc(f"n:{number}", f"Loaf {number}")])
    for reader in readers:
        reader.join()
    assert failures == []
