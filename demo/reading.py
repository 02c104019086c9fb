"""Reads the whole content of the demo council."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from demo.kind import Content, ContentKind
from demo.kinds import KINDS

CONTENT = Path(__file__).parent / "content"


def read_content(folder: Path = CONTENT, kinds: Iterable[ContentKind[Any, Any]] = KINDS) -> Content:
    """Every thing of every kind. Raises ``ContentError`` where a value is missing, unknown or of the wrong type."""
    return Content({kind.name: kind.read(folder) for kind in kinds})
