"""Reads rows of the index file as results know them."""

import json
import sqlite3
from datetime import date
from functools import lru_cache
from typing import Any

from indexing.engines.base import IndexedDocument


def stored(
    row: sqlite3.Row, score: float, cosine: float, passage: sqlite3.Row | None, whole: bool = False
) -> IndexedDocument:
    return IndexedDocument(
        key=row["key"],
        score=score,
        cosine=cosine,
        kind=row["kind"],
        title=row["title"],
        url=row["url"],
        summary=row["summary"],
        topics=several(row["topics"]),
        people=several(row["people"]),
        community=row["community"],
        community_key=row["community_key"],
        language=row["language"],
        date=date.fromisoformat(row["date"][:10]) if row["date"] else None,
        source=row["source"],
        extra=json.loads(row["extra"]),
        tokens=frozenset(several(row["tokens"])),
        passage=passage["text"] if passage else "",
        page=passage["page"] if passage else 0,
        whole=whole,
    )


@lru_cache(10_000)
def several(written: str) -> tuple[Any, ...]:
    """A list as the store keeps it. A page has a hundred of them, and the same ones again and again."""
    return tuple(json.loads(written))
