"""A portfolio holds the drawings of one kind, each with its name and the words that stand for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from design.art.block import Plate, seeded

Words = str | Promise
Cut = Callable[[Plate], None]


@dataclass(frozen=True)
class Drawing:
    """How a picture is cut, and what it shows, for those who do not see it."""

    cut: Cut
    alt: Words


@dataclass(frozen=True)
class Portfolio:
    """Drawings of one kind and one size."""

    kind: str
    width: int
    height: int
    drawings: Mapping[str, Drawing]
    by_chance: Sequence[str] = ()
    """What a seed chooses from, where that is not every drawing."""

    @property
    def names(self) -> list[str]:
        """All variants, sorted."""
        return sorted(self.drawings)

    def choose(self, seed: str) -> str:
        """The variant that a seed gets where nobody chose one."""
        return seeded(f"{self.kind}-variant/{seed}").choice(self.by_chance or self.names)

    def draw(self, name: str, seed: str) -> str:
        """The picture as SVG."""
        block = Plate(self.kind, seed, self.width, self.height)
        self.drawings[name].cut(block)
        return block.svg()
