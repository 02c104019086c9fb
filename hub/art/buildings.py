"""Houses and what stands beside them."""

from hub.art.block import Block
from hub.art.geometry import Gouge, Place
from hub.art.pigments import INK, MADDER, PAPER, WELD, Pigment


def cottage(block: Block, x: float, y: float, width: float, height: float, light: Pigment = WELD) -> None:
    """A gabled house, its door and two windows lit."""
    place = Place(x, y)

    def part(pigment: Pigment, corners: tuple[tuple[float, float], ...], wobble: float) -> None:
        block.polygon(pigment, place.put([(a * width, -b * height) for a, b in corners]), wobble)

    part(INK, ((0, 0), (0, 1), (0.22, 1.55), (0.44, 1), (1, 1), (1, 0)), 0.7)
    part(MADDER, ((0.25, 1.58), (0.85, 1.58), (1.06, 0.94), (0.48, 0.94)), 1)
    part(INK, ((0.7, 1.5), (0.7, 1.85), (0.8, 1.85), (0.8, 1.5)), 0)
    for left, across in ((0.14, 0.16), (0.6, 0.12), (0.82, 0.12)):
        part(light, ((left, 0.72), (left + across, 0.72), (left + across, 0.42), (left, 0.42)), 0.6)


def smoke(block: Block, x: float, y: float, size: float, pigment: Pigment = PAPER) -> None:
    """Smoke that drifts from a chimney at (x, y)."""
    block.gouge(
        pigment,
        [Gouge(x + i * 7 + block.tremble(2), y - size * (0.2 + i * 0.56), -52 + 14 * (i % 2), size, 6 + i) for i in range(4)],
    )
