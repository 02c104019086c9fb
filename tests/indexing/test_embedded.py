"""What is peculiar to the embedded engine: its files, its writers, and what it spares the model."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from indexing.address import SearchAddress
from indexing.conf import Options
from indexing.embedding import EncoderMissing
from indexing.engines.base import EngineUnavailable
from indexing.engines.embedded import EmbeddedEngine, postings
from indexing.engines.embedded.postings import COMMON
from indexing.text_analysis import words
from tests.engines import CountingEncoder, ask, doc, keys


@pytest.fixture
def encoder():
    return CountingEncoder()


@pytest.fixture
def embedded(tmp_path: Path, encoder) -> EmbeddedEngine:
    return EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")), lambda: encoder)


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


@pytest.fixture
def many(tmp_path) -> EmbeddedEngine:
    """More documents hold “bread” than FTS5 is asked for with each question. No model reads them, to save time."""
    engine = EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "many")), missing)
    bread = [doc(f"d:{n}", f"Bread {n}", "soup " * (n % 7)) for n in range(COMMON + 20)]
    engine.put([*bread, *(doc(f"{name}:{n}", f"{name} {n}") for name in ("Hall", "Door") for n in range(COMMON))])
    return engine


def by_fts5(embedded: EmbeddedEngine, word: str) -> dict[int, float]:
    """BM25 of every document as FTS5 gives it, without what the index keeps of common words."""
    with embedded._opened_to_write() as store:
        return dict(store.match(f'"{word}"', 0, store.next_number))


def by_us(embedded: EmbeddedEngine, word: str, upto: int | None = None) -> dict[int, float]:
    with embedded._opened_to_write() as store:
        found = postings.of(store, word, store.next_number if upto is None else upto)
    return dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))


def kept(embedded: EmbeddedEngine) -> set[str]:
    with embedded._opened_to_write() as store:
        return {row["stem"] for row in store.db.execute("SELECT stem FROM postings")}


def test_what_common_words_say_is_kept_in_the_index(many):
    assert kept(many) == {"bread"}  # a seventh of the documents has no soup
    assert by_us(many, "breads") == pytest.approx(by_fts5(many, "bread"), rel=1e-6)


def test_what_is_kept_of_a_common_word_stays_true_whatever_changes(many):
    many.put([doc("d:3", "Bread bread", "rolls"), doc("d:4", "Grit"), doc("new", "Bread again")])
    many.remove(["d:5"])
    found = ask(many, "bread", size=2 * COMMON)
    assert found.total == COMMON + 20 - 2 + 1
    assert {"d:4", "d:5"}.isdisjoint(keys(found))
    assert keys(ask(many, "bread rolls"))[0] == "d:3"
    ours, true = by_us(many, "bread"), by_fts5(many, "bread")
    assert {number: ours[number] for number in true} == pytest.approx(true, rel=0.02)


def test_a_reader_of_an_older_state_sees_no_later_document(many):
    assert max(by_us(many, "bread", upto=100)) == 99


def test_common_words_are_weighed_anew_once_the_index_has_grown(many):
    with many._opened_to_write() as store:
        before = store.meta("weighed")
    many.put([doc(f"f:{n}", f"Grit {n}") for n in range(30)])
    assert kept(many) == {"bread"}  # not yet
    many.put([doc(f"g:{n}", f"Grit {n}") for n in range(COMMON)])
    with many._opened_to_write() as store:
        assert store.meta("weighed") > before
    assert kept(many) == {"bread", "grit"}
    assert by_us(many, "bread") == pytest.approx(by_fts5(many, "bread"), rel=1e-6)


@pytest.mark.parametrize("word", ["house", "because", "agreed", "carers", "Café", "dŵr", "2026", "y", "hapus"])
def test_a_common_word_is_found_whatever_fts5_keeps_of_it(many, word):
    many.put([doc(f"w:{n}", word.title(), "soup") for n in range(COMMON + 1)])
    folded = words(word)[0]
    assert postings.stem(folded) in kept(many)
    assert by_us(many, folded) == pytest.approx(by_fts5(many, folded), rel=1e-6)


def test_a_beginning_of_common_words_finds_them_all(many):
    assert ask(many, "brea*").total == COMMON + 20


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
    anew = EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")))
    assert keys(ask(anew, "a baker's loaf", lexical=False))[:1] == ["a"]
    assert matrix.read_bytes() == whole


def test_a_broken_index_is_an_engine_that_is_away(embedded, tmp_path):
    embedded.put([doc("a", "Bread")])
    for file in (tmp_path / "index").glob("index-*.sqlite3*"):
        file.write_bytes(b"not a database at all" * 500)
    with pytest.raises(EngineUnavailable):
        ask(EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index"))), "bread")


def test_a_broken_index_can_be_rebuilt(embedded, tmp_path):
    embedded.put([doc("a", "Bread")])
    for file in (tmp_path / "index").glob("index-*.sqlite3*"):
        file.write_bytes(b"not a database at all" * 500)
    anew = EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")))
    anew.rebuild([doc("a", "Bread")], lambda _: [])
    assert keys(ask(anew, "bread")) == ["a"]


def test_without_a_model_the_words_are_still_found(tmp_path):
    words_only = EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")), missing)
    words_only.put([doc("a", "Bread", "We bake.")])
    answer = ask(words_only, "bread")
    assert (keys(answer), answer.dense) == (["a"], False)


def test_what_came_without_a_model_is_embedded_once_there_is_one(tmp_path):
    document = doc("a", "Bread", "We bake.")
    EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")), missing).put([document])
    able = EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")))
    assert able.fingerprints()["a"].content != document.content_hash
    able.put([document])
    assert keys(ask(able, "a fresh loaf", lexical=False)) == ["a"]


def test_another_process_sees_a_change_at_once(embedded, tmp_path):
    reader = EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")))
    embedded.put([doc("a", "Bread")])
    assert keys(ask(reader, "bread")) == ["a"]
    embedded.put([doc("b", "Bread too")])
    assert set(keys(ask(reader, "bread"))) == {"a", "b"}
    embedded.rebuild([doc("c", "Bread again")], lambda _: [])
    assert keys(ask(reader, "bread")) == ["c"]


def write_some(folder: Path, name: str) -> None:
    engine = EmbeddedEngine(Options(SearchAddress.folder(folder)), missing)
    for number in range(20):
        engine.put([doc(f"{name}:{number}", f"Bread {name} {number}")])


def test_two_writing_processes_lose_nothing(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_some, args=(tmp_path / "index", name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert len(EmbeddedEngine(Options(SearchAddress.folder(tmp_path / "index")), missing).fingerprints()) == 40


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


def test_who_may_see_a_thing_waits_for_no_reading(embedded, encoder):
    """The model fails in the middle of a batch: what was made private is private all the same."""
    embedded.put([doc("a", "Bread", "We bake.")])
    encoder.passages = missing
    with pytest.raises(TypeError):
        embedded.put([doc("b", "Soup"), doc("a", "Bread", "We bake.", tokens=frozenset({"community:3"}))])
    assert keys(ask(embedded, "bread")) == []
