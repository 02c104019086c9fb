"""Reads a file, here or in a process of its own."""

import io
import tempfile
from typing import Any

from hypothesis import strategies as st

from core.files import extraction
from core.files.extraction import Extraction
from core.files.reader.__main__ import read
from core.files.reader.limits import Limits
from core.sandbox import MB

SMALL = Limits(memory=256 * MB, seconds=5, patience=20)
ONE, THREE = b"BT /F1 9 Tf (one) Tj ET", b"BT /F1 9 Tf (three) Tj ET"
LETTERS = st.text(st.characters(exclude_categories=["C"]))


def pages(kind: str, content: bytes, **limits: Any) -> list[str]:
    """What is read here and now; the limits of the process are left alone."""
    said: list[str] = []
    read(kind, io.BytesIO(content), Limits(**limits), said.append)
    return said


def outcome(name: str, content: bytes, limits: Limits = SMALL) -> Extraction:
    """What is read in a process of its own."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return extraction.extract(file, name, limits)
