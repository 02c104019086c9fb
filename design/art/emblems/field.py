"""The field that an emblem stands on: one pigment, and light that spreads from the middle to the edge."""

import math

from design.art.block import Plate
from design.art.geometry import Gouge
from design.art.pigments import INK, PAPER, WELD, Pigment

RAYS = 34


def field(block: Plate, pigment: Pigment, clear: float = 62) -> None:
    """Ink the block and cut the rays, leaving ``clear`` units about the middle for what stands there."""
    block.sheet(pigment)
    rays = []
    for i in range(RAYS):
        angle = i * math.tau / RAYS + block.tremble(0.05)
        cos, sin = math.cos(angle), math.sin(angle)
        start = clear + block.tremble(3) + 3 * (i % 2)
        length = min(73 / max(abs(cos), abs(sin)) - start, 24)
        if length > 5:
            rays.append(
                Gouge(80 + start * cos, 80 + start * sin, math.degrees(angle), length, 3.4 + block.tremble(0.8))
            )
    block.gouge(INK if pigment is WELD else PAPER, rays)
