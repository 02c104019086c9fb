"""Scenes under a roof."""

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.land import Ripples, ripples
from design.art.objects import kettle, mug
from design.art.pigments import INK, MADDER, PAPER, WELD, WOAD


def table(block: Plate) -> None:
    """A kitchen table by the fire, the kettle on it."""
    block.sheet(INK)
    hearth(block, Place(330 + block.tremble(20), 206))
    night_window(block)
    block.gouge(
        PAPER,
        [
            Gouge(20 + i * 19, 22 + block.tremble(5), 90 + block.tremble(11), 14, 4)
            for i in range(24)
            if not 200 < 20 + i * 19 < 226
        ],
    )
    block.shape(PAPER, "4,236 170,229 330,233 476,228 476,316 4,316", wobble=1)
    ripples(block, INK, 14, 470, Ripples(248, 308, 4, 86, 5, 0.8))
    kettle(block, Place(150 + block.tremble(14), 264))
    for x, y, pigment in ((46, 276, MADDER), (258, 282, INK), (322, 268, WELD), (404, 286, MADDER)):
        mug(block, Place(x, y), pigment)


def hearth(block: Plate, place: Place) -> None:
    """A fireplace with a fire in it; its foot in the middle is the place."""
    block.shape(PAPER, "-96,8 -92,-140 92,-140 96,8", place, 2)
    block.shape(INK, "-62,8 -60,-78 -40,-106 0,-116 40,-106 60,-78 62,8", place, 2)
    block.shape(MADDER, "-112,-138 -110,-156 110,-156 112,-138", place, 1)
    stones = [
        Gouge(side * (70 + 18 * (i % 2)), -116 + 19 * i, 0 if side > 0 else 180, 20 - 4 * (i % 2), 4)
        for side in (-1, 1)
        for i in range(6)
    ]
    block.gouge(INK, stones, place)
    tongues = (
        (0, 92, 34, MADDER),
        (-26, 62, 20, MADDER),
        (27, 58, 20, MADDER),
        (0, 60, 20, WELD),
        (-22, 34, 11, WELD),
        (22, 34, 11, WELD),
    )
    for x, height, width, pigment in tongues:
        tip = block.tremble(5)
        corners = ((-0.7, 0), (-1, 0.32), (-0.42, 0.62), (tip / width, 1), (0.3, 0.58), (1, 0.36), (0.66, 0))
        block.polygon(pigment, place.moved(x, 0).put([(a * width, -b * height) for a, b in corners]), 1.5)


def night_window(block: Plate) -> None:
    """Four panes, and the fell under the moon beyond them."""
    block.shape(WOAD, "46,46 176,44 177,164 45,166", wobble=1.5)
    block.disc(WELD, 142 + block.tremble(12), 76, 15)
    block.shape(PAPER, "46,164 46,134 76,108 104,140 132,122 176,150 176,165", wobble=2)
    block.shape(INK, "108,44 115,44 115,166 108,166")
    block.shape(INK, "45,101 177,101 177,107 45,107")
