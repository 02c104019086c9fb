"""Scenes of farm, allotment and open fell."""

from design.art.animals import dog, sheep
from design.art.block import Plate
from design.art.buildings import cottage
from design.art.geometry import Gouge, Place
from design.art.land import Slope, Sun, drystone, fells, grass, ground, hill, shade, sky, slope, waves, way
from design.art.people import Wear, person, walker
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD
from design.art.trees import fir, round_tree


def farm(block: Plate) -> None:
    """Bringing the sheep down."""
    block.sheet(PAPER)
    far = fells(block, 160, 100)
    sun = Sun(112 + block.tremble(18), 68, 28, streaks=0.6)
    block.disc(WELD, sun.x, sun.y, sun.radius)
    sky(block, WOAD, sun, far)
    ground(block, WOAD, far, 206, 28)
    shade(block, INK, far, 162)
    fields = waves(182, 14, 96, block.between(0, 3))
    ground(block, LICHEN, fields, 316, 36)
    slope(block, INK, fields, 10, 470, Slope(110, 4, 28, 5, gap=36, kept=0.6))
    cottage(block, 330, 196, 104, 42)
    fir(block, 308, 200, 72)
    round_tree(block, 452, 204, 86, INK)
    drystone(block, INK, PAPER, (4, 218), (250, 198), 18)
    drystone(block, INK, PAPER, (300, 206), (476, 226), 18)
    way(block, PAPER, [(274, 196), (284, 222), (258, 262), (246, 318)], 6, 36)
    for x, y, size in ((94, 280, 0.62), (172, 262, 0.5), (188, 300, 0.7)):
        sheep(block, Place(x + block.tremble(6), y, size))
    dog(block, Place(58, 306, 0.85))
    walker(block, Place(392 + block.tremble(6), 308, 1.1, -1), Wear(MADDER, PAPER))
    block.shape(INK, "352,308 356,216 352,208 358,202 366,206 364,212 360,210 361,216 357,308")


def allotment(block: Plate) -> None:
    """Rows of green, a shed, and neighbours who lend each other a fork."""
    block.sheet(PAPER)
    sun = Sun(372 + block.tremble(16), 62, 28, length=25)
    block.disc(WELD, sun.x, sun.y, sun.radius)
    roofs = waves(150, 5, 40, block.between(0, 3))
    sky(block, WOAD, sun, lambda x: 84 if x < 180 else 132)
    ground(block, WOAD, roofs, 190, 30)
    ground(block, INK, waves(176, 3, 60), 316, 50)
    _shed(block, Place(36, 204))
    _beds(block)
    _beanpoles(block, Place(346, 226))
    person(block, Place(196 + block.tremble(4), 262, 0.88), Wear(MADDER, PAPER, PAPER))
    block.shape(WELD, "222,268 224,206 218,206 218,201 234,201 234,206 228,206 228,268", wobble=0.4)
    walker(block, Place(268 + block.tremble(4), 268, 0.88, -1), Wear(WOAD, PAPER, PAPER))
    _barrow(block, Place(330, 306))


def _shed(block: Plate, place: Place) -> None:
    block.shape(MADDER, "0,0 0,-74 52,-104 104,-74 104,0", place, 1)
    block.shape(PAPER, "-10,-68 -12,-78 52,-116 116,-78 114,-68 52,-104", place, 0.8)
    block.shape(INK, "18,0 18,-58 50,-58 50,0", place, 0.6)
    block.shape(PAPER, "66,-32 66,-58 92,-58 92,-32", place, 0.6)
    block.gouge(INK, [Gouge(79, -58, 90, 26, 3), Gouge(66, -46, 0, 26, 3), Gouge(34, -72, 84, 8, 3)], place)
    block.gouge(INK, [Gouge(8, -66, 90, 58, 3), Gouge(60, -84, 90, 70, 3), Gouge(99, -66, 90, 58, 3)], place)


def _beds(block: Plate) -> None:
    """Rows that run towards us, with cabbages along them."""
    rows = ((30, 150), (140, 200), (424, 318))
    for foot, head in rows:
        block.polygon(LICHEN, [(head - 9, 208), (head + 9, 208), (foot + 34, 316), (foot - 34, 316)], 1)
    cabbages = [
        Place(head + (foot - head) * near, 208 + 108 * near, 1 + 1.4 * near)
        for foot, head in rows
        for near in (0.3, 0.6, 0.9)
    ]
    for place in cabbages:
        block.shape(PAPER, "-10,4 -9,-4 -3,-9 5,-8 10,-2 9,5 0,8", place, 1)
    block.gouge(INK, [Gouge(-2, 3, angle, 7, 1.4).at(place) for place in cabbages for angle in (-100, -60, -20)])


def _beanpoles(block: Plate, place: Place) -> None:
    for i in range(4):
        wigwam = place.moved(24 * i, 0)
        block.shape(WELD, "-3,0 12,-92 16,-92 1,0", wigwam)
        block.shape(WELD, "24,0 8,-92 12,-92 28,0", wigwam)
    leaves = [(4 + 25 * i + 5 * (j % 2), -14 - 18 * j) for i in range(4) for j in range(4)]
    block.gouge(LICHEN, [Gouge(x, y, -40 + block.tremble(40), 17, 11) for x, y in leaves], place)


def _barrow(block: Plate, place: Place) -> None:
    block.shape(MADDER, "-36,-40 34,-42 22,-14 -20,-14", place, 1)
    block.shape(PAPER, "-72,-34 -70,-38 -24,-20 20,-14 20,-9 -26,-14", place)
    block.disc(PAPER, place.x + 34, place.y - 10, 11, 9)
    block.disc(INK, place.x + 34, place.y - 10, 4, 6)
    block.shape(LICHEN, "-30,-41 -22,-54 -6,-58 8,-52 20,-56 28,-42", place, 1.5)


def lost_sheep(block: Plate) -> None:
    """One sheep on the fell, at a signpost that does not help."""
    block.sheet(WOAD)
    moon = Sun(102 + block.tremble(14), 72, 28, length=26, streaks=0.6)
    far = fells(block, 224, 52)
    sky(block, PAPER, moon, lambda x: 100 if 130 < x < 440 else far(x))
    block.disc(WELD, moon.x, moon.y, moon.radius)
    ground(block, PAPER, far, 260, 28)
    shade(block, INK, far, 226)
    rise = hill(262, 190, 92, 280)
    ground(block, LICHEN, rise, 316, 30)
    slope(block, INK, rise, 14, 468, Slope(80, 4, 32, 5, gap=32, top=16))
    top = rise(356)
    post = Place(366 + block.tremble(8), top + 24)
    block.shape(INK, "-4,0 -3,-150 3,-150 5,0", post)
    block.shape(PAPER, "2,-140 56,-146 70,-136 58,-124 2,-120", post, 0.8)
    block.shape(PAPER, "-2,-112 -54,-112 -66,-101 -54,-92 -2,-94", post, 0.8)
    block.gouge(INK, [Gouge(12, -131, -3, 36, 4), Gouge(-14, -103, 180, 32, 4)], post)
    sheep(block, Place(206 + block.tremble(8), rise(206) + 12, 1.35))
    near = waves(302, 6, 60, block.between(0, 3))
    ground(block, INK, near, 316, 40)
    grass(block, PAPER, near, 16, 470, 22)
