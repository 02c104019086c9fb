"""What every row of an archive has. Its other fields are told by its kind."""

from collections.abc import Mapping
from dataclasses import dataclass

People = Mapping[str, str]
"""The ids that rows may name, by the form in which they are compared."""


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """What every row has: an id that is unique within its file and stable."""

    id: str
