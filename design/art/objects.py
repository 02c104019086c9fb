"""Things that people use: lamp, boat, kettle and mug."""

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.land import way
from design.art.people import Wear, person
from design.art.pigments import INK, MADDER, PAPER, WELD, WOAD, Pigment


def lamp(block: Plate, place: Place, height: float) -> None:
    """A lit lamp and the cone of its light."""
    wide, top = height * 0.22, -height
    cone = [(-6, top + 12), (6, top + 12), (wide, 2), (height * 0.1, 10), (-height * 0.1, 10), (-wide, 3)]
    block.polygon(WELD, place.put(cone), 1.5)
    block.polygon(INK, place.put([(-3, 4), (-2, top + 12), (2, top + 12), (4, 4)]))
    head = place.moved(0, top)
    block.shape(INK, "-13,14 -9,-6 0,-15 9,-6 13,14", head)
    block.shape(WELD, "-7,11 -5,-4 5,-4 7,11", head)


def dinghy(block: Plate, place: Place) -> None:
    """Two people under sail; the place is the waterline."""
    block.shape(INK, "-4,-20 -2,-162 3,-162 5,-20", place)
    block.shape(PAPER, "8,-152 84,-40 8,-32", place, 1.5)
    block.shape(MADDER, "-8,-140 -8,-34 -62,-42", place, 1.5)
    block.gouge(INK, [Gouge(18, -52 - 18 * i, 5, 46 - 12 * i, 4) for i in range(3)], place)
    person(block, place.moved(38, -8).sized(0.54), Wear(WELD, INK))
    person(block, place.moved(-30, -8).sized(0.5))
    block.shape(INK, "-88,-26 100,-28 74,10 -66,10", place, 1.5)
    block.gouge(PAPER, [Gouge(-66, -14, 0, 84, 4), Gouge(10, -3, 0, 52, 4), Gouge(-50, 2, 0, 40, 3)], place)


def kettle(block: Plate, place: Place) -> None:
    """A kettle about to be poured."""
    block.shape(WOAD, "-46,-2 -52,-48 -36,-80 22,-82 40,-50 78,-78 84,-70 44,-18 36,0", place, 1)
    block.shape(WOAD, "-18,-80 -14,-92 4,-92 8,-80", place, 0.6)
    way(block, WOAD, place.put([(-42, -74), (-30, -112), (-4, -122), (20, -112), (28, -78)]), 4, 4, 0.5)
    block.gouge(PAPER, [Gouge(-38 + i * 9, -52 + i * 3, 86, 36 - i * 4, 4) for i in range(4)], place)
    block.gouge(PAPER, [Gouge(84 + i * 6, -80 - i * 15, -46 - 17 * (i % 2), 22, 5) for i in range(4)], place)


def mug(block: Plate, place: Place, pigment: Pigment) -> None:
    """A mug with its handle to the right."""
    light = pigment is WELD
    block.shape(INK if light else pigment, "18,-34 36,-30 36,-12 18,-8 18,-14 29,-17 29,-26 18,-28", place)
    block.shape(pigment, "-20,-40 20,-41 17,0 -16,1", place, 1)
    block.gouge(INK if light else PAPER, [Gouge(-12, -32, 86, 26, 4), Gouge(-3, -30, 86, 16, 3)], place)
