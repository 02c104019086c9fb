"""Covers: wide panoramas that stand on the page's own paper, which is their sky.

The earth at the foot of each is ink, so that a page can go on in ink beneath it. What stands against the sky in ink is
printed as outline, which turns pale at night as the page's words do.
"""

from django.utils.translation import gettext_lazy as _

from design.art.animals import dog, sheep
from design.art.block import Plate
from design.art.buildings import cottage, smoke, terraced
from design.art.geometry import Curve, Gouge, Place
from design.art.land import (
    Fells,
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
from design.art.objects import dinghy, lamp
from design.art.people import Wear, person, sitter, walker, wheeler
from design.art.pigments import INK, INLINE, LICHEN, MADDER, OUTLINE, PAPER, WELD, WOAD, Pigment
from design.art.portfolio import Drawing, Portfolio
from design.art.trees import bare, crown, fir, oak, round_tree

WIDTH, HEIGHT = 1200, 320


def moot(block: Plate) -> None:
    """The moot hill, edge to edge."""
    middle = 840 + block.tremble(36)
    far = fells(block, 192, 115, 6)
    knoll = hill(middle, 240, 128, 262)
    _sun(block, middle - 192, 109, WELD, WOAD, lambda x: min(far(x), knoll(x) - 70 * (abs(x - middle) < 60)))
    _range(block, far, WOAD, INK, 218)
    ground(block, PAPER, level(205), 274, 150, edge=0, wobble=1)
    ripples(block, WOAD, 10, 1190, Ripples(214, 256, 3, 76, 5, 0.6), knoll)
    ground(block, LICHEN, knoll, HEIGHT, 26, edge=0, wobble=1.2)
    slope(block, INK, knoll, middle + 10, 1188, Slope(90, 3, 36, 5.4, gap=14, kept=0.8, top=9, follow=0.9))
    slope(block, PAPER, knoll, middle - 360, middle - 24, Slope(80, 2, 32, 4.6, gap=26, top=14, follow=0.9))
    top = knoll(middle)
    climb = [(-6, 4), (-26, 26), (14, 52), (-40, 88), (-96, 181)]
    way(block, PAPER, [(middle + x, top + y) for x, y in climb], 2.5, 17)
    oak(block, middle + 8, top + 4, 92, OUTLINE, INLINE)
    coats = (OUTLINE, MADDER, OUTLINE, WOAD, OUTLINE, MADDER, OUTLINE, MADDER)
    for x, coat in zip((-118, -92, -70, -46, 52, 76, 98, 128), coats, strict=True):
        at = middle + x + block.tremble(3)
        person(block, Place(at, knoll(at) + 5, (34 + block.tremble(3)) / 100), Wear(coat, None, OUTLINE))
    _earth(block)


def lake(block: Plate) -> None:
    """Sails on the lake, and somebody who watches them from the jetty."""
    far = fells(block, 170, 120, 6)
    _sun(block, _saddle(far, 160, 520), 96, MADDER, OUTLINE, far)
    _range(block, far, LICHEN, INK, 190)
    ground(block, WOAD, level(182), HEIGHT, 150, edge=0, wobble=1)
    ripples(block, PAPER, 10, 1190, Ripples(196, 290, 6, 60, 5, 0.5))
    dinghy(block, Place(760 + block.tremble(30), 258, 0.95))
    for x, y, size in ((486, 218, 0.34), (1000, 226, 0.42)):
        _far_sail(block, Place(x + block.tremble(40), y, size))
    block.shape(INK, "0,262 236,254 240,262 0,272", wobble=1)
    block.gouge(INK, [Gouge(x, 256, 90, 48, 7) for x in (40, 110, 180, 228)])
    sitter(block, Place(206, 284, 0.86), Wear(MADDER, PAPER))
    _earth(block)
    block.gouge(LICHEN, [Gouge(1040 + 12 * i, 306, -96 + block.tremble(10), 50 + 14 * (i % 2), 4) for i in range(9)])


def _far_sail(block: Plate, place: Place) -> None:
    block.shape(PAPER, "4,-150 84,-34 4,-30", place)
    block.shape(WELD, "-6,-134 -6,-32 -58,-38", place)
    block.shape(INK, "-80,-26 92,-28 66,4 -58,4", place)


def street(block: Plate) -> None:
    """A market town: roofs, two terraces, and the square between them."""
    _sun(block, 640 + block.tremble(50), 92, WELD, WOAD, level(150))
    left = "0,150 50,120 100,150 330,150 372,118 414,150 440,150 470,126 520,126 544,150"
    tower = "590,150 590,92 608,64 626,92 626,150"
    right = "700,150 740,116 780,150 1110,150 1150,122 1200,150"
    block.shape(WOAD, f"{left} {tower} {right} 1200,272 0,272", wobble=2)
    panes = [(372, 140), (486, 140), (508, 140), (602, 100), (602, 126), (738, 138), (690, 166), (560, 168), (470, 170)]
    block.gouge(PAPER, [Gouge(x, y, 90, 14, 7) for x, y in panes])
    walls = [MADDER, LICHEN, PAPER]
    block.random.shuffle(walls)
    for i, x in enumerate((140, 218, 880, 958)):
        wall = walls[i % 3]
        terraced(block, Place(x, 266, 0.98), wall, (WOAD, WELD)[i % 2], WELD if wall is PAPER else PAPER, OUTLINE)
    ground(block, PAPER, level(264), HEIGHT, 200, edge=0, wobble=1)
    round_tree(block, 412, 272, 118, LICHEN, INK)
    round_tree(block, 784, 272, 104, LICHEN, INK)
    walker(block, Place(478 + block.tremble(10), 284, 0.6), Wear(MADDER, PAPER))
    person(block, Place(592 + block.tremble(6), 280, 0.56), Wear(INK))
    wheeler(block, Place(632, 284, 0.6, -1), Wear(MADDER, PAPER))
    _earth(block)


def winter(block: Plate) -> None:
    """Winter fells, and one house with a light on."""
    far = fells(block, 200, 132, 6)
    _sun(block, _saddle(far, 700, 1080), 92, MADDER, WOAD, far)
    _range(block, far, WOAD, PAPER, 256)
    drifts = waves(232, 14, 120, block.between(0, 3))
    ground(block, PAPER, drifts, HEIGHT, 60, edge=0)
    slope(block, WOAD, drifts, 10, 1190, Slope(70, 3, 48, 6, gap=70, kept=0.7, top=14))
    door = drifts(300) + 18
    cottage(block, 220, door, 170, 62)
    smoke(block, 352, door - 112, 26, OUTLINE)
    for at, tall in ((120, 112), (176, 84), (440, 70), (1090, 96), (1140, 74)):
        fir(block, at + block.tremble(8), drifts(at) + 14, tall)
    bare(block, 790 + block.tremble(20), drifts(790) + 30, 190, OUTLINE, 3)
    drystone(block, INK, PAPER, (840, 268), (1200, 252), 22)
    walker(block, Place(566 + block.tremble(10), 286, 0.66, -1), Wear(MADDER, PAPER))
    walker(block, Place(612, 288, 0.5, -1), Wear(INK, PAPER))
    dog(block, Place(660, 290, 0.5, -1))
    _earth(block)


def park(block: Plate) -> None:
    """A park at dusk, every lamp lit."""
    trees = waves(176, 12, 70, block.between(0, 3))
    _sun(block, 250 + block.tremble(40), 104, MADDER, WOAD, trees)
    for x, radius in ((340, 60), (540, 84), (820, 74), (1090, 82)):
        crown(block, x + block.tremble(14), 150, radius, WOAD, PAPER, 5)
    ground(block, WOAD, trees, 250, 44, edge=0, wobble=5)
    lawn = waves(228, 9, 130, block.between(0, 3))
    ground(block, LICHEN, lawn, HEIGHT, 60, edge=0)
    for x, height in ((130, 150), (420, 164), (690, 170), (980, 158)):
        at = x + block.tremble(16)
        lamp(block, Place(at, lawn(at) + 26), height)
    slope(block, INK, lawn, 10, 1190, Slope(40, 2, 40, 5, gap=70, kept=0.6, top=20))
    block.shape(PAPER, "0,290 300,268 640,276 1200,262 1200,276 640,296 300,286 0,312", wobble=1)
    walker(block, Place(250 + block.tremble(12), 284, 0.62), Wear(MADDER, PAPER))
    walker(block, Place(292, 284, 0.6), Wear(INK, PAPER))
    dog(block, Place(338, 284, 0.5))
    wheeler(block, Place(752 + block.tremble(12), 288, 0.62, -1), Wear(WELD, INK))
    person(block, Place(796, 286, 0.6), Wear(MADDER, PAPER))
    _earth(block)


def farm(block: Plate) -> None:
    """A farm lane under the fells, sheep on both sides of it."""
    far = fells(block, 176, 118, 6)
    _sun(block, _saddle(far, 640, 1000), 96, WELD, WOAD, far)
    _range(block, far, WOAD, INK, 226)
    fields = waves(204, 16, 140, block.between(0, 3))
    ground(block, LICHEN, fields, HEIGHT, 60, edge=0)
    slope(block, INK, fields, 10, 1190, Slope(84, 3, 40, 5.4, gap=70, kept=0.6))
    cottage(block, 190, fields(260) + 22, 150, 58)
    oak(block, 126, fields(126) + 24, 120, INK, PAPER)
    for at, tall in ((1060, 74), (1104, 96)):
        fir(block, at, fields(at) + 16, tall)
    way(block, PAPER, [(562, 206), (572, 226), (548, 258), (560, 320)], 6, 36)
    drystone(block, INK, PAPER, (0, 262), (500, 232), 18)
    drystone(block, INK, PAPER, (620, 232), (1200, 266), 18)
    for x, y, size, facing in ((404, 284, 0.56, 1), (720, 286, 0.62, -1)):
        sheep(block, Place(x + block.tremble(14), y, size, facing))
    walker(block, Place(556, 290, 0.66), Wear(MADDER, PAPER))
    dog(block, Place(612, 292, 0.5))
    _earth(block)


def _sun(block: Plate, x: float, y: float, pigment: Pigment, rays: Pigment, skyline: Curve) -> None:
    """A sun with two rings of light, and no streaks: the page's words may stand in this sky."""
    sun = Sun(x, y, 44, rings=2, step=20, length=48, width=4.6, streaks=0)
    block.disc(pigment, sun.x, sun.y, sun.radius, 15)
    sky(block, rays, sun, skyline)


def _saddle(far: Fells, left: int, right: int) -> int:
    """Where a sun can rise whole: the lowest gap between two fells."""
    return max(range(left, right, 10), key=lambda x: min(far(x - 40), far(x), far(x + 40)))


def _range(block: Plate, far: Fells, pigment: Pigment, side: Pigment, foot: float) -> None:
    ground(block, pigment, far, foot, 40, edge=0)
    shade(block, side, far, far.foot)


def _earth(block: Plate) -> None:
    """The strip of ink that every cover stands on."""
    near = waves(298, -10, 156, 1)
    ground(block, INK, near, HEIGHT, 70, edge=0)
    grass(block, PAPER, near, 16, 1190, 84)


COVERS = Portfolio(
    "cover",
    WIDTH,
    HEIGHT,
    {
        "farm": Drawing(farm, _("Linocut: a farm lane under the fells, with sheep, a walker and a dog.")),
        "lake": Drawing(lake, _("Linocut: sailing boats on a lake, and somebody who watches from a jetty.")),
        "moot": Drawing(moot, _("Linocut: people meet under an oak on a hill, with a lake and fells behind them.")),
        "park": Drawing(park, _("Linocut: people in a park at dusk, under lit lamps.")),
        "street": Drawing(street, _("Linocut: neighbours in the square of a market town.")),
        "winter": Drawing(
            winter, _("Linocut: winter fells and a house with its lights on, and walkers on their way to it.")
        ),
    },
)
