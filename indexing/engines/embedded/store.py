"""The SQLite file of an index: documents, their words for FTS5, their passages with vectors.

Every change carries the index's next version, so that a reader learns what changed since it last looked. Document
numbers and passage slots are never used twice.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indexing.documents import Document, clean
from indexing.engines.base import TitleMatch
from indexing.passages import Passage
from indexing.title_analysis import line, pieces, vocabulary

TOKENIZING = "tokenize = 'porter unicode61 remove_diacritics 2'"
AS_CUT = "tokenize = 'unicode61 remove_diacritics 0'"  # of words that come here folded
TITLE_WEIGHT, ABOUT_WEIGHT, BODY_WEIGHT = 3.0, 1.5, 1.0
FORMAT = 5  # of this schema; a file of another format is made anew
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, kind TEXT, title TEXT, url TEXT, summary TEXT,
    topics TEXT, people TEXT, community TEXT, community_key TEXT, language TEXT, date TEXT, source TEXT, extra TEXT,
    tokens TEXT, content TEXT, rights TEXT, first INTEGER, passages INTEGER, version INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS documents_version ON documents (version);
CREATE TABLE IF NOT EXISTS removed (id INTEGER PRIMARY KEY, key TEXT NOT NULL, version INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS removed_version ON removed (version);
CREATE TABLE IF NOT EXISTS passages (
    slot INTEGER PRIMARY KEY, document INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL, vector BLOB,
    page INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS passages_hash ON passages (hash);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (title, about, body, {TOKENIZING});
CREATE VIRTUAL TABLE IF NOT EXISTS titles USING fts5 (line, pieces, prefix = '1 2 3', {AS_CUT});
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5 (said, detail = none, {AS_CUT});
CREATE TABLE IF NOT EXISTS postings (
    stem TEXT PRIMARY KEY, documents BLOB NOT NULL, scores BLOB NOT NULL, upto INTEGER NOT NULL) WITHOUT ROWID;
"""
COLUMNS = [
    "key",
    "kind",
    "title",
    "url",
    "summary",
    "topics",
    "people",
    "community",
    "community_key",
    "language",
    "date",
    "source",
    "extra",
    "tokens",
    "content",
    "rights",
    "first",
    "passages",
    "version",
]
MOST_VARIABLES = 500


class Store:
    """One open index file. Not for sharing between threads."""

    def __init__(self, path: Path, create: bool = False) -> None:
        self.path = path
        mode = "rwc" if create else "rw"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        self.db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10)
        self.db.row_factory = sqlite3.Row
        if create:
            self.db.execute("PRAGMA journal_mode = WAL")
            if not self.db.execute("PRAGMA schema_version").fetchone()[0]:
                self.db.execute(f"PRAGMA user_version = {FORMAT}")
            self.db.executescript(SCHEMA)
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute("PRAGMA cache_size = -16000")

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        """All or nothing when writing; one and the same state when reading (``DEFERRED``)."""
        self.db.execute(f"BEGIN {kind}")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    # -- figures of the whole index ------------------------------------------------------------------------------------
    def meta(self, name: str, default: object = 0) -> Any:
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return row[0] if row else default

    def set_meta(self, name: str, value: object) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    @property
    def is_ours(self) -> bool:
        """Whether this version of the hub made the file."""
        return bool(self.db.execute("PRAGMA user_version").fetchone()[0] == FORMAT)

    @property
    def version(self) -> int:
        return int(self.meta("version"))

    @property
    def slots(self) -> int:
        """How many passage slots were ever given out."""
        return int(self.meta("slots"))

    @property
    def next_number(self) -> int:
        """The number that the next document gets."""
        row = self.db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'documents'").fetchone()
        return int(row["seq"]) + 1 if row else 1

    def next_version(self) -> int:
        self.set_meta("version", self.version + 1)
        return self.version

    # -- reading -------------------------------------------------------------------------------------------------------
    def known(self, keys: Sequence[str]) -> dict[str, sqlite3.Row]:
        """What stands in the index under these keys: number, content hash, rights hash."""
        return {row["key"]: row for row in self._in("SELECT id, key, content, rights FROM documents WHERE key", keys)}

    def vectors(self, hashes: Sequence[str]) -> dict[str, bytes]:
        """The vectors of those passages that are here already."""
        rows = self._in("SELECT hash, vector FROM passages WHERE vector IS NOT NULL AND hash", hashes)
        return {row["hash"]: row["vector"] for row in rows}

    def rows(self, numbers: Sequence[int]) -> dict[int, sqlite3.Row]:
        return {row["id"]: row for row in self._in("SELECT * FROM documents WHERE id", numbers)}

    def passages(self, slots: Sequence[int]) -> dict[int, sqlite3.Row]:
        """Text and page of the passages in these slots."""
        return {row["slot"]: row for row in self._in("SELECT slot, text, page FROM passages WHERE slot", slots)}

    def changed_since(self, version: int) -> sqlite3.Cursor:
        return self.db.execute(
            "SELECT id, kind, title, community_key, topics, date, tokens, first, passages"
            " FROM documents WHERE version > ?",
            [version],
        )

    def removed_since(self, version: int) -> list[int]:
        return [row["id"] for row in self.db.execute("SELECT id FROM removed WHERE version > ?", [version])]

    def keys_since(self, version: int) -> list[str]:
        """Keys of the documents that came, changed or went after ``version``."""
        query = "SELECT key FROM documents WHERE version > ?1 UNION SELECT key FROM removed WHERE version > ?1"
        return [row["key"] for row in self.db.execute(query, [version])]

    def vectors_from(self, slot: int) -> sqlite3.Cursor:
        return self.db.execute("SELECT slot, vector FROM passages WHERE slot >= ? ORDER BY slot", [slot])

    def match(self, expression: str, start: int, upto: int) -> list[tuple[int, float]]:
        """Document numbers from ``start`` to below ``upto`` and their BM25 scores, higher is better, for an FTS5
        expression made of quoted words.
        """
        weights = f"{TITLE_WEIGHT}, {ABOUT_WEIGHT}, {BODY_WEIGHT}"
        query = f"SELECT rowid, -bm25(words, {weights}) FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?"  # noqa: S608 (only our own names are put in)
        cursor = self.db.cursor()
        cursor.row_factory = None  # bare tuples: there may be tens of thousands
        return cursor.execute(query, [expression, start, upto]).fetchall()

    def posting(self, stem: str) -> tuple[bytes, bytes, int] | None:
        """What is kept of a common word: its documents, their scores, and below which number they are."""
        row = self.db.execute("SELECT documents, scores, upto FROM postings WHERE stem = ?", [stem]).fetchone()
        return (row["documents"], row["scores"], row["upto"]) if row else None

    def held_by_more_than(self, documents: int) -> list[str]:
        """What FTS5 keeps of the words that so many documents hold."""
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stems USING fts5vocab (main, words, row)")
        return [row["term"] for row in self.db.execute("SELECT term FROM stems WHERE doc > ?", [documents])]

    def match_all(self, expression: str) -> list[int]:
        return [row[0] for row in self.db.execute("SELECT rowid FROM words WHERE words MATCH ?", [expression])]

    def matching(self, table: str, expression: str) -> list[int]:
        """Document numbers from ``titles`` or ``vocabulary``."""
        query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608 (only our own names are put in)
        return [row[0] for row in self.db.execute(query, [expression])]

    def titles(self, numbers: Sequence[int]) -> dict[int, TitleMatch]:
        rows = self._in("SELECT id, key, kind, title FROM documents WHERE id", numbers)
        return {row["id"]: TitleMatch(row["key"], row["kind"], line(row["title"])) for row in rows}

    def vocabulary_between(self, letter: str, shortest: int, longest: int) -> list[str]:
        """The words that begin with a letter and have so many."""
        self._open_vocabulary()
        query = "SELECT term FROM spelling WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
        return [row[0] for row in self.db.execute(query, [letter, chr(ord(letter) + 1), shortest, longest])]

    def vocabulary_among(self, words: Iterable[str]) -> list[str]:
        """Those of the words that are in the vocabulary."""
        self._open_vocabulary()
        return [row[0] for row in self._in("SELECT term FROM spelling WHERE term", list(words))]

    def _open_vocabulary(self) -> None:
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelling USING fts5vocab (main, vocabulary, row)")

    def _in(self, query: str, values: Sequence[Any]) -> Iterator[sqlite3.Row]:
        for start in range(0, len(values), MOST_VARIABLES):
            some = list(values[start : start + MOST_VARIABLES])
            yield from self.db.execute(f"{query} IN ({','.join('?' * len(some))})", some)

    # -- writing (inside a transaction) --------------------------------------------------------------------------------
    def write(self, document: Document, passages: Sequence[tuple[Passage, bytes | None]], version: int) -> None:
        """Put a document in the place of what stood under its key, with a number of its own: whatever readers keep of a
        number stays true.
        """
        self.erase([document.key], version)
        first = self.slots
        self.set_meta("slots", first + len(passages))
        # Without vectors the document counts as stale, so that a repair embeds it once there is a model again.
        content = document.content_hash if all(vector for _, vector in passages) else ""
        number = self._write_row(document, content, first, len(passages), version)
        self.db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            [
                (first + place, number, passage.hash, clean(passage.text), vector, passage.page)
                for place, (passage, vector) in enumerate(passages)
            ],
        )
        about = "\n".join([document.summary, *document.topics, document.community])
        row = [number, *map(clean, (document.title, about, document.body))]
        self.db.execute("INSERT INTO words (rowid, title, about, body) VALUES (?, ?, ?, ?)", row)
        self._write_title(number, document)

    def write_rights(self, document: Document, version: int) -> None:
        self.db.execute(
            "UPDATE documents SET tokens = ?, rights = ?, version = ? WHERE key = ?",
            [json.dumps(sorted(document.tokens)), document.rights_hash, version, document.key],
        )

    def keep_posting(self, stem: str, documents: bytes, scores: bytes, upto: int) -> None:
        self.db.execute("INSERT OR REPLACE INTO postings VALUES (?, ?, ?, ?)", [stem, documents, scores, upto])

    def erase(self, keys: Iterable[str], version: int) -> None:
        for row in self.known(list(keys)).values():
            number = [row["id"]]
            self.db.execute("DELETE FROM documents WHERE id = ?", number)
            self.db.execute("DELETE FROM passages WHERE document = ?", number)
            for table in ("words", "titles", "vocabulary"):
                self.db.execute(f"DELETE FROM {table} WHERE rowid = ?", number)  # noqa: S608 (only our own names are put in)
            self.db.execute("INSERT INTO removed VALUES (?, ?, ?)", [row["id"], row["key"], version])

    def _write_title(self, number: int, document: Document) -> None:
        title = [number, line(document.title), " ".join(pieces(document.title))]
        said = " ".join(vocabulary(document.title, document.summary, document.topics))
        self.db.execute("INSERT INTO titles (rowid, line, pieces) VALUES (?, ?, ?)", title)
        self.db.execute("INSERT INTO vocabulary (rowid, said) VALUES (?, ?)", [number, said])

    def _write_row(self, document: Document, content: str, first: int, passages: int, version: int) -> int:
        row = self.db.execute(
            f"INSERT INTO documents ({', '.join(COLUMNS)}) VALUES ({','.join('?' * len(COLUMNS))}) RETURNING id",  # noqa: S608 (only our own names are put in)
            [
                *shown(document),
                json.dumps(sorted(document.tokens)),
                content,
                document.rights_hash,
                first,
                passages,
                version,
            ],
        ).fetchone()
        return int(row["id"])


def shown(document: Document) -> list[str | None]:
    """What the results show of a document, in the order of the columns."""
    return [
        document.key,
        document.kind,
        clean(document.title),
        document.url,
        clean(document.summary),
        json.dumps(document.topics),
        json.dumps(document.people),
        clean(document.community),
        document.community_key,
        document.language,
        document.date.isoformat() if document.date else None,
        document.source,
        json.dumps({name: str(value) for name, value in document.extra.items()}),
    ]
