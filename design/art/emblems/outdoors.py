"""Emblems of land and water."""

from design.art.animals import sheep as standing_sheep
from design.art.block import Plate
from design.art.emblems.field import field
from design.art.geometry import Gouge, Place
from design.art.people import Wear, half_figure, person
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD
from design.art.trees import oak as grown_oak


def spade(block: Plate) -> None:
    """A spade in a heap of earth."""
    field(block, MADDER)
    block.shape(INK, "26,128 60,84 96,84 134,128", wobble=1)
    block.gouge(PAPER, [Gouge(79, 96, 90, 8, 4), Gouge(79, 110, 90, 14, 5)])
    grip = "60,36 70,32 92,32 100,36 99,42 84,43 85,84"
    blade = "98,86 97,108 80,124 63,108 62,86 75,84 76,43 61,42"
    block.shape(PAPER, f"{grip} {blade}", wobble=0.7)
    block.gouge(INK, [Gouge(73, 92, 90, 20, 4), Gouge(87, 92, 90, 14, 4)])


def boat(block: Plate) -> None:
    """A dinghy under sail."""
    field(block, WOAD)
    block.shape(PAPER, "82,32 118,98 82,100", wobble=1)
    block.shape(MADDER, "76,40 76,98 48,94", wobble=1)
    block.shape(INK, "34,104 126,104 110,124 50,124", wobble=1)
    block.gouge(PAPER, [Gouge(46, 111, 0, 60, 4), Gouge(40, 131, 0, 40, 4), Gouge(122, 133, 180, 34, 4)])


def leaf(block: Plate) -> None:
    """A leaf with its veins."""
    field(block, MADDER)
    edge = "80,30 92,44 104,48 102,64 114,76 104,90 102,106 80,118 58,106 56,90 46,76 58,64 56,48 68,44"
    block.shape(LICHEN, edge, wobble=1.5)
    block.shape(INK, "78,136 79,40 81,40 84,136")
    sides = ((1, -40), (-1, 220))
    block.gouge(INK, [Gouge(80 + 2 * side, 66 + 16 * i, angle, 24, 3.4) for i in range(3) for side, angle in sides])
    block.gouge(PAPER, [Gouge(80 + 4 * side, 60 + 16 * i, angle, 15, 3) for i in range(3) for side, angle in sides])


def bridge(block: Plate) -> None:
    """Two people who meet on a bridge."""
    field(block, LICHEN)
    block.shape(PAPER, "28,96 54,78 80,72 106,78 132,96 132,112 28,112", wobble=1)
    block.shape(INK, "56,112 60,98 80,88 100,98 104,112", wobble=1)
    block.shape(WOAD, "26,112 134,112 128,134 32,134", wobble=1)
    stones = ((38, 93), (51, 87), (64, 85), (77, 84), (90, 85), (103, 88), (116, 93))
    block.gouge(INK, [Gouge(x, y, 0, 9, 3) for x, y in stones])
    block.gouge(PAPER, [Gouge(40, 120, 0, 36, 4), Gouge(120, 126, 180, 40, 4)])
    person(block, Place(70, 76, 0.38))
    person(block, Place(90, 76, 0.38), Wear(MADDER))


def oak(block: Plate) -> None:
    """An oak on its mound: the place where a moot is held."""
    field(block, WELD, 66)
    block.shape(LICHEN, "22,134 40,120 80,112 120,120 138,134", wobble=1)
    grown_oak(block, 80, 122, 96)


def sheep(block: Plate) -> None:
    """A sheep on a hill."""
    field(block, WOAD)
    block.shape(LICHEN, "20,134 36,116 70,106 104,108 132,120 140,134", wobble=1)
    block.gouge(INK, [Gouge(34 + 16 * i, 122 + 4 * (i % 2), -8 + 4 * i, 14, 3.4) for i in range(6)])
    standing_sheep(block, Place(74, 112, 0.92))


def bus(block: Plate) -> None:
    """A bus that comes towards us, somebody at the wheel and somebody behind."""
    field(block, LICHEN)
    block.shape(INK, "44,120 60,120 60,136 46,136", wobble=0.6)
    block.shape(INK, "100,120 116,120 114,136 100,136", wobble=0.6)
    block.shape(MADDER, "40,50 46,36 114,36 120,50 122,124 38,124", wobble=1)
    block.shape(PAPER, "47,60 113,60 115,92 45,92", wobble=0.8)
    block.shape(INK, "56,40 104,40 104,54 56,54", wobble=0.6)
    block.gouge(WELD, [Gouge(62, 44, 0, 36, 5), Gouge(62, 50, 0, 24, 3)])
    half_figure(block, Place(96, 92, 0.46), Wear(WOAD))
    half_figure(block, Place(64, 92, 0.4), Wear(INK))
    block.shape(INK, "78,60 82,60 82,92 78,92")
    block.disc(WELD, 51, 108, 7, 8)
    block.disc(WELD, 109, 108, 7, 8)
    block.gouge(PAPER, [Gouge(64, 104, 0, 32, 4), Gouge(64, 112, 0, 32, 4)])
