"""Emblems of warmth and shelter."""

from design.art.block import Plate
from design.art.emblems.field import field
from design.art.geometry import Gouge, Place, round_about
from design.art.people import person
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD


def nest(block: Plate) -> None:
    """Three eggs, one of another colour, and the bird that leans in."""
    field(block, INK)
    for x, y, pigment in ((66, 82, PAPER), (92, 80, WELD), (112, 78, PAPER)):
        block.polygon(pigment, round_about(x, y, 11, 14, 8), 0.8)
    block.shape(LICHEN, "32,80 48,86 80,89 112,86 128,80 122,104 104,122 80,127 56,122 38,104", wobble=1.5)
    block.gouge(
        INK, [Gouge(44 + 9 * i + block.tremble(3), 95 + 7 * (i % 3), 14 * (-1) ** (i + 1), 26, 4) for i in range(7)]
    )
    block.gouge(
        PAPER,
        [Gouge(36, 84, 17, 36, 4), Gouge(124, 83, 166, 34, 4), Gouge(60, 118, -6, 34, 3.5), Gouge(58, 104, 6, 20, 3)],
    )
    block.gouge(LICHEN, [Gouge(40, 84, 200, 20, 5), Gouge(120, 84, -23, 20, 5)])
    bird = "30,70 46,56 66,50 78,40 88,34 98,36 102,44 112,50 101,52 96,62 82,70 64,72 46,68"
    block.shape(MADDER, bird, wobble=1)
    block.disc(INK, 94, 43, 2.6, 6)
    block.gouge(INK, [Gouge(44, 63, -11, 30, 5), Gouge(56, 67, -14, 24, 4)])


def lamp(block: Plate) -> None:
    """Two people in the light of one lamp."""
    field(block, WOAD)
    block.shape(WELD, "80,50 116,126 44,126", wobble=1)
    block.shape(INK, "77,134 78,62 82,62 84,134")
    block.shape(INK, "64,66 67,44 80,30 93,44 96,66", wobble=0.7)
    block.shape(WELD, "71,62 73,47 87,47 89,62")
    block.shape(INK, "34,126 126,126 122,137 38,137", wobble=1)
    person(block, Place(103, 128, 0.4))
    person(block, Place(60, 128, 0.4))
    block.gouge(PAPER, [Gouge(40 + 12 * i, 134, -6, 8, 3) for i in range(7)])


def flame(block: Plate) -> None:
    """A fire with a white heart."""
    field(block, INK)
    tongues = "80,132 54,122 44,98 52,76 62,84 64,58 84,28 90,56 104,70 106,60 116,92 108,120"
    block.shape(MADDER, tongues, wobble=1.5)
    block.shape(WELD, "80,128 64,118 62,98 74,82 82,62 90,88 98,102 94,120", wobble=1.5)
    block.shape(PAPER, "80,124 72,114 80,94 88,112", wobble=1)
    block.gouge(INK, [Gouge(56, 84, 92, 24, 4), Gouge(110, 84, 97, 26, 4), Gouge(84, 42, 100, 18, 4)])
