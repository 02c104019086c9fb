"""What people wear below the chin."""

from typing import NamedTuple

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.pigments import INK, PAPER, WELD, Pigment


class Neckwear(NamedTuple):
    """What is at the neck; ``knitted`` of a piece with the coat, or of a cloth of its own."""

    outlines: tuple[str, ...] = ()
    marks: tuple[Gouge, ...] = ()
    knitted: bool = False


OPEN_NECK = Neckwear()
COLLAR = Neckwear(("-13,69 -8,68 1,83 -9,86", "13,69 9,68 1,83 10,86"))
ROLL_NECK = Neckwear(("-11,69 0,72 11,69 15,82 -15,82",), (Gouge(-9, 76, 6, 17, 1.8),), knitted=True)
SCARF = Neckwear(
    ("-15,66 0,73 15,66 19,77 4,84 -19,78", "-12,80 -2,80 -4,96 -15,96"),
    (Gouge(-14, 71, 22, 14, 2), Gouge(-8, 82, 96, 10, 2), Gouge(15, 71, 150, 10, 2)),
)
LANYARD = Neckwear(("-13,71 -10,70 1,92 -3,96", "13,71 10,70 -3,92 1,96"))


def coat(block: Plate, place: Place, pigment: Pigment) -> None:
    """Shoulders."""
    block.shape(pigment, "-44,96 -38,80 -14,70 14,70 38,80 44,96", place, 1)
    folds = [
        Gouge(-29, 85, -32, 15, 2.6),
        Gouge(-24, 92, -32, 13, 2.6),
        Gouge(27, 83, 34, 11, 2.6),
        Gouge(21, 90, 30, 9, 2.4),
    ]
    block.gouge(INK if pigment is WELD else PAPER, folds, place)


def neckwear(block: Plate, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    """What the seed hangs about the neck."""
    worn = block.random.choice((OPEN_NECK, COLLAR, ROLL_NECK, SCARF, LANYARD))
    pigment = coat_pigment if worn.knitted else cloth
    for outline in worn.outlines:
        block.shape(pigment, outline, place, 0.5)
    block.gouge(PAPER if pigment is INK else INK, worn.marks, place)
