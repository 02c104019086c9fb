"""The kinds of thing that an archive holds: one module says how a row of that kind is read, checked and written.

A new kind is a module here and a line in ``WRITERS``.
"""

from typing import Any

from importing.kinds.articles import GuidanceWriter
from importing.kinds.communities import CommunityWriter
from importing.kinds.events import EventWriter
from importing.kinds.people import PersonWriter
from importing.kinds.stories import StoryWriter
from importing.kinds.topics import TopicWriter
from importing.writing import ArchiveWriter

WRITERS: list[type[ArchiveWriter[Any, Any]]] = [
    TopicWriter,
    PersonWriter,
    CommunityWriter,
    StoryWriter,
    EventWriter,
    GuidanceWriter,
]
"""In the order in which one kind names another. A kind's file in the archive bears its name."""


def writer_of(kind: str) -> type[ArchiveWriter[Any, Any]]:
    """Who reads and writes the rows of one kind."""
    return next(writer for writer in WRITERS if writer.kind == kind)
