"""Houses and what stands beside them."""

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.pigments import INK, MADDER, PAPER, WELD, Pigment

WINDOWS = ((44, -52, 26), (10, -108, 20), (46, -108, 22))
"""Of a terraced house: the left upper corner and the width of each."""


def cottage(block: Plate, x: float, y: float, width: float, height: float, light: Pigment = WELD) -> None:
    """A gabled house, its door and two windows lit."""
    place = Place(x, y)

    def part(pigment: Pigment, corners: tuple[tuple[float, float], ...], wobble: float) -> None:
        block.polygon(pigment, place.put([(a * width, -b * height) for a, b in corners]), wobble)

    part(INK, ((0, 0), (0, 1), (0.22, 1.55), (0.44, 1), (1, 1), (1, 0)), 0.7)
    part(MADDER, ((0.25, 1.58), (0.85, 1.58), (1.06, 0.94), (0.48, 0.94)), 1)
    part(INK, ((0.7, 1.5), (0.7, 1.85), (0.8, 1.85), (0.8, 1.5)), 0)
    for left, across in ((0.14, 0.16), (0.6, 0.12), (0.82, 0.12)):
        part(light, ((left, 0.72), (left + across, 0.72), (left + across, 0.42), (left, 0.42)), 0.6)


def terraced(
    block: Plate, place: Place, wall: Pigment, door: Pigment, light: Pigment = PAPER, roof: Pigment = INK
) -> None:
    """One house of a terrace, 80 units wide, its left corner on the pavement."""
    block.shape(roof, "56,-150 56,-176 70,-176 70,-146", place, 0.6)
    block.shape(roof, "-1,-124 10,-154 72,-154 81,-124", place, 1)
    block.shape(wall, "0,0 0,-126 80,-126 80,0", place, 0.8)
    block.shape(door, "10,0 10,-52 20,-58 32,-52 32,0", place, 0.5)
    for x, y, width in WINDOWS:
        pane = [(x, y), (x + width, y), (x + width, y + 30), (x, y + 30)]
        block.polygon(light, place.put(pane), 0.8)
    block.gouge(
        INK,
        [bar for x, y, w in WINDOWS for bar in (Gouge(x + w / 2, y, 90, 30, 3), Gouge(x, y + 14, 0, w, 2.4))],
        place,
    )


def smoke(block: Plate, x: float, y: float, size: float, pigment: Pigment = PAPER) -> None:
    """Smoke that drifts from a chimney at (x, y)."""
    block.gouge(
        pigment,
        [
            Gouge(x + i * 7 + block.tremble(2), y - size * (0.2 + i * 0.56), -52 + 14 * (i % 2), size, 6 + i)
            for i in range(4)
        ],
    )


def awning(block: Plate, place: Place, stripe: Pigment) -> None:
    """A striped awning on two posts, 180 units wide, and the warm light under it."""
    block.shape(INK, "-84,-92 84,-92 82,0 -82,0", place)
    block.shape(WELD, "-77,-92 77,-92 76,0 -76,0", place, 1)
    block.shape(PAPER, "-78,-128 78,-128 94,-92 -94,-92", place, 1)
    for i in range(4):
        top, foot = -78 + 44.6 * i, -94 + 53.7 * i
        block.polygon(
            stripe, place.put([(top, -129), (top + 22, -129), (foot + 27, -88), (foot + 14, -80), (foot, -88)]), 1
        )
