"""Rows of longer texts: stories and articles have one shape."""

from dataclasses import dataclass
from datetime import datetime

from importing.fields import Fields, placed
from importing.rows import ArchiveRow, People


@dataclass(frozen=True, slots=True)
class TextRow(ArchiveRow):
    """A story or an article."""

    title: str
    summary: str
    body: str
    published: datetime | None
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    source: str
    source_url: str


def text(fields: Fields, people: People) -> TextRow:
    (published,) = placed([fields.moment("published")])
    return TextRow(
        id=fields.id(),
        title=fields.title(),
        summary=fields.line("summary", 10_000),
        body=fields.text("body"),
        published=published,
        authors=fields.people("authors", people),
        topics=fields.names("topics"),
        source=fields.line("source", 200),
        source_url=fields.address("source_url"),
    )
