"""Scenes among houses and lamps."""

from hub.art.block import Block
from hub.art.geometry import Place
from hub.art.land import Slope, Sun, fells, ground, level, sky, slope, waves, way
from hub.art.people import person
from hub.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD
from hub.art.trees import bare, crown


def lamps(block: Block) -> None:
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
    for x, y, height, coat in ((226, 292, 80, MADDER), (258, 296, 58, INK), (330, 276, 70, INK), (352, 278, 66, MADDER)):
        person(block, x + block.tremble(4), y, height, coat, PAPER if coat is INK else INK)


def lamp(block: Block, place: Place, height: float) -> None:
    """A lit lamp and the cone of its light."""
    wide, top = height * 0.22, -height
    cone = [(-6, top + 12), (6, top + 12), (wide, 2), (height * 0.1, 10), (-height * 0.1, 10), (-wide, 3)]
    block.polygon(WELD, place.put(cone), 1.5)
    block.polygon(INK, place.put([(-3, 4), (-2, top + 12), (2, top + 12), (4, 4)]))
    head = place.moved(0, top)
    block.shape(INK, "-13,14 -9,-6 0,-15 9,-6 13,14", head)
    block.shape(WELD, "-7,11 -5,-4 5,-4 7,11", head)
