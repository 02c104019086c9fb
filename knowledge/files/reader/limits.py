"""How much of the machine one file may have."""

import os
import resource
from contextlib import suppress
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process that reads a file may use, and how much of the file it reads.

    ``seconds`` are the processor's, ``patience`` are those of the clock on the wall. ``unpacked`` is for what a Word
    file holds in a compressed form: a few bytes can say a thousand million letters.
    """

    size: int = 50 * MB
    unpacked: int = 100 * MB
    pages: int = 2000
    characters: int = 2_000_000
    memory: int = 512 * MB
    seconds: int = 90
    patience: int = 120

    @property
    def answer(self) -> int:
        """The most bytes that an honest answer has: four for each letter, and its frame."""
        return 4 * self.characters + 100 * self.pages + 1000

    def hold(self) -> None:
        """Put this process under the limits, for good. It can write no file, and gives way to whoever is waited for.

        They are against hunger. What can change this process's program has the rights of the hub's user, but for
        writing: see decision 13.
        """
        os.nice(10)
        _at_most(resource.RLIMIT_AS, self.memory)
        _at_most(resource.RLIMIT_CPU, self.seconds)
        _at_most(resource.RLIMIT_FSIZE, 0)
        _at_most(resource.RLIMIT_CORE, 0)
        _at_most(resource.RLIMIT_NOFILE, 64)


def _at_most(kind: int, value: int) -> None:
    """Both the limit and how far it could be lifted again: nobody but the machine's administrator can, afterwards."""
    _soft, hard = resource.getrlimit(kind)
    lower = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError):  # not every system knows every limit; the clock on the wall holds on each
        resource.setrlimit(kind, (lower, lower))
