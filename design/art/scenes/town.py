"""Scenes among houses and lamps."""

from design.art.animals import dog
from design.art.block import Plate
from design.art.buildings import awning, terraced
from design.art.geometry import Gouge, Place
from design.art.land import Ripples, Slope, Sun, fells, ground, level, ripples, shade, sky, slope, waves, way
from design.art.objects import lamp
from design.art.people import Wear, half_figure, person, pushchair, walker, wheeler
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD, Pigment
from design.art.trees import bare, crown, round_tree


def lamps(block: Plate) -> None:
    """Home through the park again."""
    block.sheet(WOAD)
    moon = Sun(92, 70, 24, length=24, width=3.6, streaks=0.5)
    block.disc(PAPER, moon.x + block.tremble(20), moon.y, moon.radius)
    lawn = waves(236, 8, 70)
    sky(block, PAPER, moon, level(176))
    far = fells(block, 214, 54)
    ground(block, INK, far, 240, 26)
    ground(block, LICHEN, lawn, 316, 40)
    for x, height in ((142, 150), (262, 168), (394, 190)):
        at = x + block.tremble(8)
        lamp(block, Place(at, lawn(at) + 18), height)
    way(block, PAPER, [(300, 246), (330, 258), (290, 276), (210, 318)], 5, 54)
    block.shape(PAPER, "150,317 190,292 280,292 276,317")
    slope(block, INK, lawn, 10, 470, Slope(76, 5, 24, 4.6, gap=30, kept=0.6, top=14))
    bare(block, 46, 268, 190)
    crown(block, 452, 172, 52, INK, WOAD, 8)
    block.shape(INK, "446,200 458,200 461,262 443,262")
    for x, y, height, coat in (
        (226, 292, 80, MADDER),
        (258, 296, 58, INK),
        (330, 276, 70, INK),
        (352, 278, 66, MADDER),
    ):
        person(block, Place(x + block.tremble(4), y, height / 100), Wear(coat, PAPER if coat is INK else INK))


def market(block: Plate) -> None:
    """Market day under striped awnings."""
    block.sheet(PAPER)
    sun = Sun(246 + block.tremble(14), 58, 26, rings=2, length=24, streaks=0.8)
    roofs = "4,150 4,108 40,84 78,110 78,96 108,96 122,112 160,112 180,88 206,112 214,112 214,60 226,40 238,60 238,112"
    block.disc(WELD, sun.x + 20, sun.y + 16, sun.radius)
    sky(block, WOAD, Sun(sun.x + 20, sun.y + 16, sun.radius, 2, length=24, streaks=0.8), level(84))
    block.shape(WOAD, f"{roofs} 300,112 318,90 352,90 372,112 400,112 422,84 450,112 476,104 476,190 4,190", wobble=1.5)
    panes = [(30, 112), (96, 116), (178, 108), (222, 66), (226, 92), (328, 104), (344, 104), (422, 106), (452, 124)]
    block.gouge(PAPER, [Gouge(x, y, 90, 12, 5) for x, y in panes])
    _stall(block, Place(122, 252), MADDER, LICHEN)
    _stall(block, Place(352, 248), LICHEN, MADDER)
    ripples(block, INK, 14, 466, Ripples(268, 308, 5, 40, 4, 0.5))
    walker(block, Place(58 + block.tremble(10), 302, 0.86), Wear(WOAD, PAPER))
    person(block, Place(236 + block.tremble(4), 290, 0.84), Wear(INK, PAPER))
    person(block, Place(260, 294, 0.52), Wear(MADDER))
    wheeler(block, Place(414 + block.tremble(8), 304, 0.86, -1), Wear(WELD, INK))


def _stall(block: Plate, place: Place, stripe: Pigment, goods: Pigment) -> None:
    awning(block, place, stripe)
    half_figure(block, place.moved(block.tremble(30), -32), Wear(WOAD if stripe is MADDER else INK, PAPER))
    block.shape(stripe, "-88,-34 88,-34 84,2 -84,2", place, 1)
    for x, heap in ((-70, goods), (-4, goods), (62, goods), (-37, PAPER), (29, PAPER)):
        block.shape(heap, "-15,-34 -9,-46 0,-50 10,-46 15,-34", place.moved(x, 0), 1)
    block.gouge(INK, [Gouge(-80 + 33 * i, -24, 0, 28, 4) for i in range(5)], place)
    block.gouge(PAPER, [Gouge(-66 + 33 * i, -12, 0, 26, 3) for i in range(4)], place)


def street(block: Plate) -> None:
    """A terrace on a Saturday."""
    block.sheet(PAPER)
    sun = Sun(400 + block.tremble(16), 60, 24, rings=2, length=24)
    block.disc(WELD, sun.x, sun.y, sun.radius)
    sky(block, WOAD, sun, level(92))
    walls = [MADDER, WOAD, LICHEN]
    block.random.shuffle(walls)
    ground(block, WOAD, waves(190, 10, 50, block.between(0, 3)), 250, 40)
    for i in range(5):
        terraced(block, Place(6 + 78 * i, 246 - 2 * i), walls[i % 3], (INK, WELD)[i % 2])
    round_tree(block, 436, 244, 120, LICHEN, INK)
    block.shape(INK, "4,246 476,236 476,252 4,256", wobble=1)
    ripples(block, INK, 14, 466, Ripples(264, 310, 4, 60, 4, 0.55))
    walker(block, Place(118 + block.tremble(10), 292, 0.84), Wear(INK, PAPER))
    pushchair(block, Place(154, 292, 0.84), WELD)
    person(block, Place(318 + block.tremble(6), 286, 0.78), Wear(INK, PAPER))
    wheeler(block, Place(366 + block.tremble(4), 290, 0.84, -1), Wear(MADDER, PAPER))
    dog(block, Place(440, 298, 0.7, -1))


def school(block: Plate) -> None:
    """The way in at the school gate, and somebody who stops the traffic."""
    block.sheet(PAPER)
    sun = Sun(80 + block.tremble(14), 66, 26, rings=2, length=26, streaks=0.5)
    block.disc(WELD, sun.x, sun.y, sun.radius)
    hall = Place(288 + block.tremble(10), 230)
    sky(block, WOAD, sun, lambda x: 52 if abs(x - hall.x) < 180 else 150)
    ground(block, LICHEN, waves(206, 10, 60, block.between(0, 3)), 260, 36)
    _school_house(block, hall)
    round_tree(block, 60, 240, 120, LICHEN, INK)
    block.shape(PAPER, "4,236 476,228 476,316 4,316", wobble=1)
    _railings(block)
    ripples(block, INK, 14, 466, Ripples(284, 310, 3, 60, 4, 0.5))
    person(block, Place(92, 302, 1), Wear(WELD, INK))
    block.shape(INK, "112,304 115,206 119,206 121,304")
    block.disc(MADDER, 117, 194, 19, 11)
    block.gouge(PAPER, [Gouge(106, 194, 0, 22, 6)])
    walker(block, Place(186, 300, 0.84), Wear(WOAD, PAPER))
    walker(block, Place(228 + block.tremble(3), 298, 0.56), Wear(MADDER, PAPER))
    walker(block, Place(404, 302, 0.6, -1), Wear(WOAD, PAPER))
    wheeler(block, Place(300, 296, 0.6, -1), Wear(MADDER, PAPER))


WINDOWS = (-112, -78, 62, 96)


def _school_house(block: Plate, place: Place) -> None:
    block.shape(MADDER, "-130,0 -130,-86 -40,-86 0,-132 40,-86 130,-86 130,0", place, 1)
    block.shape(INK, "-138,-84 -124,-112 -20,-112 -44,-84", place, 1)
    block.shape(INK, "138,-84 124,-112 20,-112 44,-84", place, 1)
    block.shape(INK, "-50,-78 0,-136 50,-78 44,-74 0,-122 -44,-74", place)
    block.shape(INK, "-12,-132 -12,-156 0,-170 12,-156 12,-132", place)
    block.shape(WELD, "-5,-136 -4,-148 4,-148 5,-136", place)
    for x in WINDOWS:
        block.shape(PAPER, f"{x},-30 {x},-70 {x + 18},-70 {x + 18},-30", place, 0.6)
    bars = [bar for x in WINDOWS for bar in (Gouge(x + 9, -70, 90, 40, 3), Gouge(x, -52, 0, 18, 3))]
    block.gouge(INK, bars, place)
    block.shape(INK, "-20,0 -20,-48 0,-62 20,-48 20,0", place)
    block.shape(WELD, "-13,0 -13,-44 0,-53 13,-44 13,0", place)
    block.disc(PAPER, place.x, place.y - 90, 12, 9)


def _railings(block: Plate) -> None:
    bars = [*range(14, 230, 18), *range(352, 474, 18)]
    block.gouge(INK, [Gouge(x, 228 + block.tremble(2), 90, 48, 4) for x in bars])
    block.shape(INK, "4,240 236,236 236,241 4,245")
    block.shape(INK, "344,236 476,234 476,239 344,241")
    for x in (234, 338):
        block.shape(INK, f"{x},280 {x},222 {x + 5},214 {x + 10},222 {x + 10},280")


def bus(block: Plate) -> None:
    """The country bus, on time."""
    block.sheet(PAPER)
    far = fells(block, 176, 104)
    sun = Sun(96 + block.tremble(18), 72, 28)
    block.disc(WELD, sun.x, sun.y, sun.radius)
    sky(block, WOAD, sun, far)
    ground(block, WOAD, far, 210, 28)
    shade(block, INK, far, 178)
    fields = waves(196, 12, 84, block.between(0, 3))
    ground(block, LICHEN, fields, 290, 36)
    slope(block, INK, fields, 10, 470, Slope(60, 3, 28, 5, gap=30))
    block.shape(PAPER, "4,262 476,254 476,316 4,316", wobble=1)
    block.shape(INK, "4,284 330,282 330,296 4,300", wobble=1)
    ripples(block, INK, 20, 460, Ripples(302, 311, 2, 54, 4, 0.8))
    _coach(block, Place(190 + block.tremble(12), 284))
    block.shape(INK, "352,272 353,148 357,148 358,272")
    block.shape(WELD, "340,152 340,126 370,126 370,152", wobble=1)
    block.gouge(INK, [Gouge(345, 134, 0, 20, 4), Gouge(345, 143, 0, 14, 4)])
    walker(block, Place(394, 290, 0.88, -1), Wear(MADDER, PAPER))
    wheeler(block, Place(442, 294, 0.88, -1), Wear(WELD, INK))


def _coach(block: Plate, place: Place) -> None:
    block.shape(MADDER, "-150,-14 -152,-100 -140,-116 118,-116 136,-102 140,-58 138,-14", place, 1)
    block.shape(PAPER, "-140,-62 -140,-98 74,-98 74,-62", place, 0.8)
    block.shape(PAPER, "84,-20 84,-98 112,-98 112,-20", place, 0.8)
    block.shape(PAPER, "118,-60 118,-98 126,-98 131,-60", place)
    for i in range(4):
        if i != 2:
            half_figure(block, Place(place.x - 116 + 53 * i, place.y - 62, 0.56), Wear((WOAD, INK, WELD, LICHEN)[i]))
    block.gouge(INK, [Gouge(-88 + 54 * i, -98, 90, 36, 5) for i in range(3)] + [Gouge(98, -98, 90, 78, 3)], place)
    block.gouge(PAPER, [Gouge(-140, -42, 0, 210, 6), Gouge(-144, -108, 0, 250, 4)], place)
    for radius, pigment in ((24, INK), (10, PAPER), (4, INK)):
        for x in (-92, 62):
            block.disc(pigment, place.x + x, place.y - 8, radius, 11)
