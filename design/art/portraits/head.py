"""What is on a head, hair or cloth, and how it is printed.

Heads are drawn about the middle of a face: its crown is at (0, 16) and its chin at (0, 65), it is about 34 units wide,
and the light falls from the left.
"""

from dataclasses import dataclass
from enum import Enum

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.pigments import INK, PAPER, WELD, Pigment
from design.art.portfolio import Words


class Tone(Enum):
    """The colour of hair."""

    DARK = ""
    FAIR = "-fair"
    GREY = "-grey"

    @property
    def pigment(self) -> Pigment:
        """Grey hair is ink with a great deal of light cut into it."""
        return WELD if self is Tone.FAIR else INK


@dataclass(frozen=True)
class Part:
    """A facet of hair or headwear; without a pigment it is printed in the head's own."""

    outline: str
    pigment: Pigment | None = None


@dataclass(frozen=True)
class Head:
    """A way to wear one's hair, or what one wears over it."""

    alt: Words
    front: tuple[Part, ...] = ()
    back: tuple[Part, ...] = ()
    marks: tuple[Gouge, ...] = ()
    beard: bool = False
    cloth: bool = False
    tones: tuple[Tone, ...] = (Tone.DARK,)
    by_chance: bool = False

    def print_back(self, block: Plate, place: Place, pigment: Pigment) -> None:
        """What is seen behind the face and the shoulders."""
        _print(block, place, pigment, self.back)

    def print_front(self, block: Plate, place: Place, pigment: Pigment) -> None:
        """What falls over the forehead, and the light on it."""
        _print(block, place, pigment, self.front)
        block.gouge(PAPER if pigment is INK else INK, self.marks, place)


def _print(block: Plate, place: Place, own: Pigment, parts: tuple[Part, ...]) -> None:
    for part in parts:
        block.shape(part.pigment or own, part.outline, place, 0.8)
