"""How much of the machine one file may have."""

from dataclasses import dataclass

from core.sandbox import MB, hold


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
        """Put this process under the limits, for good."""
        hold(self.memory, self.seconds)
