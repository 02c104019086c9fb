"""Reads judged sets and archives. Where a row is bad, says which and why; takes the good ones."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from core.text import plain_text
from indexing.documents import Document

JUDGED = frozenset({"everyone"})
EVIDENCE = {"stories.jsonl": "authors", "articles.jsonl": "authors", "events.jsonl": "people"}
Warn = Callable[[str], None]


class SetError(Exception):
    """A set cannot be measured; the message says why."""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Documents, questions, and which documents (or people) answer which question."""

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, float]]

    def measured(self) -> list[tuple[str, Mapping[str, float]]]:
        """The questions that have a right answer, with their judgements."""
        return [
            (text, self.judgements[query])
            for query, text in self.queries.items()
            if any(grade > 0 for grade in self.judgements.get(query, {}).values())
        ]

    def with_evidence(self, documents: tuple[Document, ...]) -> "JudgedSet":
        return replace(self, documents=documents)


def read_set(folder: Path, warn: Warn, need_documents: bool = True) -> JudgedSet:
    """The judged set in ``folder``: documents.jsonl, queries.jsonl, qrels.tsv."""
    if not folder.is_dir():
        raise SetError(f"{folder} is not a folder.")
    path = folder / "documents.jsonl"
    documents = tuple(documents_of(path, warn)) if need_documents or path.exists() else ()
    queries = {str(row["id"]): text_of(row, "text") for row in rows(folder / "queries.jsonl", warn)}
    judged = JudgedSet(folder.resolve().name, documents, queries, judgements_of(folder / "qrels.tsv", warn))
    if not judged.measured():
        raise SetError(f"{folder} has no question with a right answer in qrels.tsv.")
    return judged


def documents_of(path: Path, warn: Warn) -> Iterator[Document]:
    seen = set()
    for row in rows(path, warn):
        if row["id"] in seen:
            warn(f"{path.name}: the id {row['id']!r} stands there twice; the first one counts.")
            continue
        seen.add(row["id"])
        people = tuple(str(person) for person in row.get("people") or ())
        yield Document(
            str(row["id"]), "page", text_of(row, "title"), "", JUDGED, body=text_of(row, "text"), people=people
        )


def judgements_of(path: Path, warn: Warn) -> dict[str, dict[str, float]]:
    """Grades by question and document. A first line without a grade is a header."""
    found: dict[str, dict[str, float]] = {}
    for number, line in lines(path):
        parts = line.split("\t") if "\t" in line else line.split()
        try:
            query, name, grade = parts[0].strip(), parts[1].strip(), float(parts[2])
        except (IndexError, ValueError):
            if number > 1:
                warn(f"{path.name}, line {number}: not “query, document, grade”; left out.")
            continue
        found.setdefault(query, {})[name] = grade
    return found


def read_archive(folder: Path, warn: Warn) -> tuple[Document, ...]:
    """Stories, articles and events of an archive as evidence for the people who wrote or gave them."""
    if not any((folder / name).is_file() for name in EVIDENCE):
        raise SetError(f"{folder} has none of {', '.join(EVIDENCE)}.")
    markdown = MarkdownIt()
    return tuple(
        evidence(name.removesuffix(".jsonl"), row, field, markdown)
        for name, field in EVIDENCE.items()
        if (folder / name).is_file()
        for row in rows(folder / name, warn)
    )


def evidence(kind: str, row: Mapping[str, Any], field: str, markdown: MarkdownIt) -> Document:
    return Document(
        key=f"{kind}:{row['id']}",
        kind=kind,
        title=text_of(row, "title"),
        url="",
        tokens=JUDGED,
        summary=text_of(row, "summary"),
        body=plain_text(markdown.render(text_of(row, "body"))),
        people=tuple(str(person) for person in row.get(field) or ()),
        date=day_of(text_of(row, "published") or text_of(row, "starts")),
    )


def day_of(stamp: str) -> date | None:
    """The day that an archive gives a thing, where it gives one that can be read."""
    with suppress(ValueError):
        return date.fromisoformat(stamp[:10])
    return None


def rows(path: Path, warn: Warn) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file that have an id."""
    for number, line in lines(path):
        try:
            row = json.loads(line)
        except ValueError as error:
            warn(f"{path.name}, line {number}: not JSON ({error}); left out.")
            continue
        if not isinstance(row, dict) or row.get("id") in (None, ""):
            warn(f"{path.name}, line {number}: no id; left out.")
            continue
        yield row | {"id": str(row["id"])}


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    if not path.is_file():
        raise SetError(f"{path} is missing.")
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line.strip("\r\n")


def text_of(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)
