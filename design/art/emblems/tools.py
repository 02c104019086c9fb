"""Emblems of things that people use, lend and mend."""

import math
from itertools import pairwise

from design.art.block import Plate
from design.art.emblems.field import field
from design.art.geometry import Gouge, Place, round_about
from design.art.land import way
from design.art.objects import kettle as put_kettle
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD


def kettle(block: Plate) -> None:
    """A kettle over a small flame."""
    field(block, INK)
    block.shape(MADDER, "48,136 52,122 60,127 66,114 74,124 82,112 88,124 96,118 98,136", wobble=1)
    put_kettle(block, Place(68, 117, 0.64))


def book(block: Plate) -> None:
    """An open book."""
    field(block, MADDER)
    block.shape(INK, "28,52 80,62 132,52 134,122 80,132 26,122", wobble=1)
    block.shape(PAPER, "34,46 52,44 70,48 80,56 80,124 68,117 50,114 33,116", wobble=0.8)
    block.shape(PAPER, "126,46 108,44 90,48 80,56 80,124 92,117 110,114 127,116", wobble=0.8)
    block.gouge(INK, [Gouge(80, 56, 90, 68, 4)])
    block.gouge(INK, [Gouge(41, 60 + 11 * i, 6, 29, 3) for i in range(5)])
    block.gouge(INK, [Gouge(119, 60 + 11 * i, 174, 29 - 8 * (i == 4), 3) for i in range(5)])
    block.shape(WELD, "96,44 106,42 106,76 101,70 96,77", wobble=0.5)


def key(block: Plate) -> None:
    """A key to something that is everybody's."""
    field(block, INK)
    block.disc(WELD, 80, 54, 25, 11)
    block.disc(INK, 80, 54, 12, 8)
    block.shape(
        WELD, "75,76 85,76 85,104 104,102 104,111 96,112 97,119 106,118 106,127 85,128 85,134 75,134", wobble=0.6
    )
    block.gouge(INK, [Gouge(80, 84, 90, 40, 3)])
    block.gouge(PAPER, [Gouge(60, 52, -60, 16, 3.4), Gouge(66, 40, -28, 14, 3)])


def bell(block: Plate) -> None:
    """The bell that calls a meeting."""
    field(block, WOAD)
    block.disc(INK, 80, 122, 9, 9)
    block.shape(WELD, "74,34 86,34 88,42 102,54 106,88 120,108 120,116 40,116 40,108 54,88 58,54 72,42", wobble=1)
    block.shape(INK, "86,42 102,54 106,88 120,108 120,116 96,116 92,90 94,62", wobble=0.8)
    block.shape(INK, "42,106 118,106 118,110 42,110")
    block.gouge(PAPER, [Gouge(64, 96, -82, 40, 4.4), Gouge(74, 92, -86, 24, 3)])


def bicycle(block: Plate) -> None:
    """A bicycle, leaning on nothing."""
    field(block, LICHEN, 66)
    for x in (50, 112):
        block.disc(INK, x, 102, 25, 15, 0.02)
        block.disc(LICHEN, x, 102, 19, 13, 0.02)
        block.gouge(PAPER, [Gouge(x, 102, 20 + 60 * i, 17, 2.4) for i in range(6)])
    for line in (
        [(50, 102), (66, 70), (98, 68), (78, 102), (50, 102)],
        [(66, 70), (78, 102)],
        [(112, 102), (94, 58), (102, 50)],
    ):
        for start, end in pairwise(line):
            way(block, PAPER, [start, end], 2.4, 2.4, 0)
    block.shape(INK, "56,62 76,62 72,68 60,68", wobble=0.5)
    block.shape(INK, "88,54 102,46 112,48 110,53 102,52 92,60", wobble=0.5)
    block.disc(MADDER, 78, 102, 6, 7)


def wheel(block: Plate) -> None:
    """A cartwheel."""
    field(block, MADDER)
    block.disc(INK, 80, 80, 50, 17, 0.02)
    block.disc(WELD, 80, 80, 39, 15, 0.02)
    for i in range(4):
        angle = math.radians(20 + 45 * i)
        across, down = 42 * math.cos(angle), 42 * math.sin(angle)
        way(block, INK, [(80 - across, 80 - down), (80 + across, 80 + down)], 3.4, 3.4, 0.5)
    block.disc(INK, 80, 80, 13, 9)
    block.disc(PAPER, 80, 80, 5, 7)
    rim = round_about(80, 80, 45, 45, 9, 12)
    block.gouge(PAPER, [Gouge(x, y, 102 + 40 * i, 15, 3) for i, (x, y) in enumerate(rim)])


def lantern(block: Plate) -> None:
    """A lantern that somebody carries ahead."""
    field(block, WOAD)
    way(block, INK, [(58, 58), (62, 36), (80, 28), (98, 36), (102, 58)], 3, 3, 0.5)
    block.shape(INK, "56,62 66,46 94,46 104,62", wobble=0.8)
    block.shape(INK, "54,120 106,120 110,132 50,132", wobble=0.8)
    block.shape(WELD, "58,62 102,62 104,120 56,120", wobble=0.6)
    block.shape(MADDER, "80,116 68,108 70,92 80,74 90,92 92,108", wobble=0.8)
    block.shape(PAPER, "80,114 75,106 80,94 85,106", wobble=0.5)
    block.gouge(INK, [Gouge(62, 60, 90, 62, 3.4), Gouge(98, 60, 90, 62, 3.4), Gouge(80, 62, 90, 12, 2.6)])
    block.gouge(PAPER, [Gouge(58, 126, 0, 40, 3)])


def fork(block: Plate) -> None:
    """A garden fork, and what it has lifted."""
    field(block, LICHEN)
    block.shape(INK, "24,132 40,112 76,104 112,110 136,132", wobble=1.5)
    grip = "58,32 102,32 102,41 84,41 84,78"
    right = "100,80 104,88 102,120 98,129 95,120 95,90 84,90 84,123 80,132"
    left = "76,123 76,90 65,90 65,120 62,129 58,120 56,88 60,80"
    block.shape(PAPER, f"{grip} {right} {left} 76,78 76,41 58,41", wobble=0.4)
    block.gouge(INK, [Gouge(80, 46, 90, 34, 2.4)])
    block.shape(MADDER, "112,116 118,100 126,100 130,110 122,124", wobble=0.8)
    block.shape(MADDER, "30,122 34,106 44,102 50,112 44,126", wobble=0.8)
    block.gouge(
        WELD,
        [
            Gouge(122, 100, -80, 14, 5),
            Gouge(124, 102, -50, 14, 5),
            Gouge(40, 103, -110, 13, 5),
            Gouge(42, 104, -76, 13, 5),
        ],
    )
