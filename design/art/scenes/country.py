"""Scenes out of doors: hill, lane, lake and snow."""

from design.art.block import Plate
from design.art.buildings import cottage, smoke
from design.art.geometry import Gouge, Place
from design.art.land import (
    Ripples,
    Slope,
    Sun,
    drystone,
    fells,
    grass,
    ground,
    hill,
    level,
    ripples,
    shade,
    sky,
    slope,
    waves,
    way,
)
from design.art.objects import dinghy
from design.art.people import Wear, person
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD
from design.art.trees import bare, fir, oak


def moot(block: Plate) -> None:
    """The moot hill: a whole people meets under one tree."""
    block.sheet(PAPER)
    middle = 278 + block.tremble(14)
    far = fells(block, 192, 115)
    knoll = hill(middle, 163, 128, 262)
    sun = Sun(middle - 134, 109, 44, step=19, length=24, width=4.6)
    block.disc(WELD, sun.x, sun.y, sun.radius, 15)
    sky(block, WOAD, sun, lambda x: min(far(x), knoll(x) - 70 * (abs(x - middle) < 60)))
    ground(block, WOAD, far, 218, 30)
    shade(block, INK, far, 192)
    ground(block, PAPER, level(205), 256, 60, wobble=1)
    ripples(block, WOAD, 10, 470, Ripples(214, 256, 4, 76, 5, 0.6), knoll)
    ground(block, LICHEN, knoll, 316, 26, wobble=1.2)
    slope(
        block,
        INK,
        knoll,
        middle + 10,
        min(468, middle + 173),
        Slope(90, 5, 36, 5.4, gap=14, kept=0.8, top=9, follow=0.9),
    )
    slope(block, PAPER, knoll, max(12, middle - 144), middle - 24, Slope(80, 3, 32, 4.6, gap=26, top=14, follow=0.9))
    top = knoll(middle)
    climb = [(-6, 4), (-26, 26), (14, 52), (-40, 88), (-96, 181)]
    way(block, PAPER, [(middle + x, top + y) for x, y in climb], 2.5, 17)
    oak(block, middle + 8, top + 4, 92)
    for x, coat in ((-92, INK), (-68, MADDER), (-47, INK), (50, WOAD), (70, INK), (94, MADDER)):
        at = middle + x + block.tremble(3)
        person(block, Place(at, knoll(at) + 5, (34 + block.tremble(3)) / 100), Wear(coat))
    near = waves(297, -10, 62, 1)
    ground(block, INK, near, 316, 40)
    grass(block, PAPER, near, 16, 470, 17)


def lane(block: Plate) -> None:
    """A walled lane with a mended patch, the spade still standing."""
    block.sheet(PAPER)
    far = fells(block, 170, 96)
    sun = Sun(372 + block.tremble(16), 66, 30, width=4.4)
    block.disc(WELD, sun.x, sun.y, sun.radius)
    sky(block, WOAD, sun, far)
    ground(block, WOAD, far, 200, 28)
    shade(block, INK, far, 172)
    fields = waves(182, -16, 90, block.between(0, 3))
    ground(block, LICHEN, fields, 316, 40)
    slope(block, INK, fields, 10, 470, Slope(120, 7, 26, 5, gap=30, kept=0.62))
    way(block, PAPER, [(282, 180), (262, 196), (300, 218), (262, 250), (196, 322)], 4, 74)
    block.shape(PAPER, "110,317 160,270 300,270 330,317")
    drystone(block, INK, PAPER, (244, 206), (6, 262), 24)
    drystone(block, INK, PAPER, (318, 208), (474, 250), 22)
    cottage(block, 66, 196, 74, 30)
    for x, y, height in ((176, 196, 54), (424, 216, 66), (448, 224, 48)):
        fir(block, x, y, height)
    _mended_patch(block)
    person(block, Place(166, 300, 1.04), Wear(MADDER, PAPER))
    person(block, Place(318, 290, 0.98), Wear(INK, PAPER))


def _mended_patch(block: Plate) -> None:
    block.shape(INK, "196,262 250,254 294,262 280,284 206,286", wobble=2)
    block.gouge(PAPER, [Gouge(208 + i * 13, 273 - (i % 2) * 8, 6, 14, 3.4) for i in range(6)])
    spade = "352,308 345,276 353,271 358,204 346,198 368,198 363,205 361,271 371,277 367,308 359,316"
    block.shape(INK, spade, wobble=0.6)


def snow(block: Plate) -> None:
    """A warm house at the end of a cold walk."""
    block.sheet(WOAD)
    moon = Sun(360, 60, 22, length=22, width=3.6, streaks=0.6)
    sky(block, PAPER, moon, level(128))
    block.disc(PAPER, moon.x + block.tremble(10), moon.y, moon.radius, 11)
    far = fells(block, 210, 84)
    ground(block, PAPER, far, 240, 26)
    shade(block, INK, far, 212)
    rise = hill(210, 210, 46, 262)
    ground(block, PAPER, rise, 316, 36)
    door = rise(190) + 10
    cottage(block, 132, door, 178, 70)
    smoke(block, 265, door - 120, 36)
    block.shape(PAPER, "172,-112 288,-112 297,-94 178,-98", Place(0, door), 2)
    slope(block, WOAD, rise, 14, 468, Slope(70, 4, 34, 5, gap=34, top=26))
    bare(block, 412, 288, 200)
    fir(block, 60, 272, 92, cut=PAPER)
    fir(block, 96, 262, 60)
    person(block, Place(330, 296, 0.74), Wear(MADDER, PAPER))
    person(block, Place(356, 296, 0.6), Wear(INK, PAPER))
    block.gouge(INK, [Gouge(300 - i * 15, 296 - i * 4 + (i % 2) * 7, 166, 10, 4) for i in range(6)])
    drystone(block, INK, PAPER, (4, 284), (110, 304), 22)


def lake(block: Plate) -> None:
    """A first sail."""
    block.sheet(PAPER)
    far = fells(block, 150, 100)
    sun = Sun(120 + block.tremble(20), 74, 30, length=26, width=3.8, streaks=0.6)
    block.disc(MADDER, sun.x, sun.y, sun.radius)
    sky(block, INK, sun, far)
    ground(block, LICHEN, far, 166, 26)
    shade(block, INK, far, 152)
    block.shape(WOAD, "4,164 120,160 260,163 476,160 476,316 4,316")
    ripples(block, PAPER, 12, 470, Ripples(174, 306, 9, 46, 5.4, 0.62))
    dinghy(block, Place(286 + block.tremble(16), 262))
    block.shape(INK, "4,316 4,270 40,262 84,284 120,316", wobble=2)
    block.gouge(PAPER, [Gouge(16 + i * 15, 276 + i * 7, -74, 16, 4) for i in range(6)])
    block.gouge(INK, [Gouge(30 + i * 11, 270 + i * 4, -86 + 7 * i, 46 + 10 * (i % 2), 3.4) for i in range(5)])
