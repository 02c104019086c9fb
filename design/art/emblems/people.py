"""Emblems of people and what they share."""

from design.art.block import Plate
from design.art.emblems.field import field
from design.art.geometry import Gouge, Place, round_about
from design.art.people import Wear, person
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD


def ring(block: Plate) -> None:
    """Eight people about one fire."""
    field(block, WOAD, 66)
    block.disc(LICHEN, 80, 84, 44, 17)
    for i, (x, y) in enumerate(round_about(80, 102, 42, 34, 8, -67)):
        person(block, Place(x, y, 0.34), Wear(MADDER if i % 4 == 1 else INK))
    block.shape(WELD, "80,66 88,84 85,96 75,96 72,84", wobble=1)
    block.gouge(INK, [Gouge(68, 100, 0, 24, 4), Gouge(92, 96, 166, 22, 4)])


def door(block: Plate) -> None:
    """An open door, and somebody in it."""
    field(block, LICHEN)
    block.shape(INK, "46,128 46,60 58,40 80,32 102,40 114,60 114,128", wobble=1)
    block.shape(WELD, "56,126 56,62 66,48 80,42 94,48 104,62 104,126", wobble=0.7)
    block.shape(PAPER, "56,126 56,62 66,48 76,54 78,136", wobble=0.7)
    block.gouge(INK, [Gouge(63, 64, 90, 56, 4), Gouge(70, 60, 90, 30, 3)])
    block.disc(INK, 73, 94, 3, 6)
    block.shape(INK, "40,128 120,128 124,136 36,136", wobble=0.6)
    person(block, Place(92, 128, 0.54))


def screen(block: Plate) -> None:
    """A hand that holds up a phone, and a light on it."""
    field(block, WOAD)
    block.shape(PAPER, "58,30 102,30 103,112 57,112", wobble=1)
    block.shape(INK, "63,38 97,38 97,100 63,100", wobble=0.8)
    block.shape(WELD, "80,48 88,62 86,74 80,78 74,74 72,62", wobble=1)
    block.gouge(PAPER, [Gouge(70, 86, 0, 20, 4), Gouge(70, 93, 0, 14, 3)])
    hand = "46,136 40,100 46,84 55,84 57,112 92,112 106,92 116,96 112,118 104,138"
    block.shape(INK, hand, wobble=1)
    block.gouge(PAPER, [Gouge(64, 118, 6, 30, 3.6), Gouge(62, 126, 6, 36, 3.6), Gouge(48, 92, 80, 26, 3.4)])


def hands(block: Plate) -> None:
    """A show of hands."""
    field(block, INK)
    raised = (
        "-9,62 -10,26 -19,14 -15,9 -8,16 -10,-8 -5,-10 -2,8 -1,-15 5,-15 5,8 9,-11 14,-9 11,12 15,2 19,5 12,26 10,62"
    )
    for x, y, size, facing, pigment in ((52, 74, 0.92, 1, MADDER), (108, 76, 0.88, -1, WELD), (80, 62, 1.12, 1, PAPER)):
        place = Place(x, y, size, facing)
        block.shape(pigment, raised, place, 0.6)
        block.gouge(INK, [Gouge(-5, 24, 10, 13, 3), Gouge(-3, 34, 84, 24, 3)], place)
    block.shape(WOAD, "30,116 132,114 136,138 26,138", wobble=1)
    block.gouge(PAPER, [Gouge(40 + 22 * i, 127, -4, 16, 3.4) for i in range(4)])
