"""The vectors of all passages as one matrix in a file that every process maps into its memory.

The file is derived from the index and may vanish or break at any time: it is then made again from the index. It only
ever grows at its end; the rows of passages that are gone stay and are never looked at.
"""

import fcntl
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexing.embedding.encoder import DIMENSIONS

MAGIC = b"FOLKVEC1"
HEADER = struct.Struct("<8sQI")
DATA_AT = 64
ROW_BYTES = DIMENSIONS * 4
Vectors = NDArray[np.float32]
Reader = Callable[[int], Iterable[tuple[int, bytes | None]]]


class Header(NamedTuple):
    rows: int
    checksum: int


def load(path: Path, slots: int, read: Reader, verify: bool = True) -> Vectors:
    """The first ``slots`` rows, mapped. Missing rows are fetched with ``read``; a broken file is made again."""
    with exclusively(path) as file:
        header = header_of(file)
        if header is None or (verify and checksum(file, header.rows) != header.checksum):
            file.truncate(0)
            header = Header(0, 0)
        if header.rows < slots:
            append(file, header, slots, read)
    if not slots:
        return np.zeros((0, DIMENSIONS), np.float32)
    return np.memmap(path, np.float32, "r", offset=DATA_AT, shape=(slots, DIMENSIONS))


@contextmanager
def exclusively(path: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def header_of(file: BinaryIO) -> Header | None:
    """The header, or None where it cannot be believed."""
    file.seek(0)
    raw = file.read(HEADER.size)
    if len(raw) < HEADER.size:
        return None
    magic, rows, total = HEADER.unpack(raw)
    whole = os.fstat(file.fileno()).st_size >= DATA_AT + rows * ROW_BYTES
    return Header(rows, total) if magic == MAGIC and whole else None


def checksum(file: BinaryIO, rows: int) -> int:
    file.seek(DATA_AT)
    total, left = 0, rows * ROW_BYTES
    while left:
        piece = file.read(min(left, 1 << 22))
        total = zlib.crc32(piece, total)
        left -= len(piece)
    return total


def append(file: BinaryIO, header: Header, slots: int, read: Reader) -> None:
    """Add the rows up to ``slots``. The header is written last: a crash before leaves the file as it was."""
    total = header.checksum
    file.seek(DATA_AT + header.rows * ROW_BYTES)
    for piece in rows_of(read(header.rows), header.rows, slots):
        file.write(piece)
        total = zlib.crc32(piece, total)
    file.flush()
    file.seek(0)
    file.write(HEADER.pack(MAGIC, slots, total).ljust(DATA_AT, b"\0"))
    file.flush()


def rows_of(found: Iterable[tuple[int, bytes | None]], start: int, slots: int) -> Iterator[bytes]:
    """One row for each slot; zeros where the passage is gone or has no vector."""
    blank = bytes(ROW_BYTES)
    expected = start
    for slot, vector in found:
        if slot >= slots:
            break
        yield blank * (slot - expected) + (vector or blank)
        expected = slot + 1
    yield blank * (slots - expected)
