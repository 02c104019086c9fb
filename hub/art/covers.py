"""Covers: wide panoramas that stand on the page's own paper, which is their sky."""

from django.utils.translation import gettext_lazy as _

from hub.art.block import Block
from hub.art.land import Ripples, Slope, Sun, fells, grass, ground, hill, level, ripples, shade, sky, slope, waves, way
from hub.art.people import person
from hub.art.pigments import INK, INLINE, LICHEN, MADDER, OUTLINE, PAPER, WELD, WOAD
from hub.art.portfolio import Drawing, Portfolio
from hub.art.trees import oak


def moot(block: Block) -> None:
    """The moot hill, edge to edge: the page's paper is the sky, the earth is the strip of ink beneath it."""
    middle = 840 + block.tremble(36)
    far = fells(block, 192, 115, 6)
    knoll = hill(middle, 240, 128, 262)
    sun = Sun(middle - 192, 109, 44, rings=2, step=20, length=48, width=4.6, streaks=0)
    block.disc(WELD, sun.x, sun.y, sun.radius, 15)
    sky(block, WOAD, sun, lambda x: min(far(x), knoll(x) - 70 * (abs(x - middle) < 60)))
    ground(block, WOAD, far, 218, 40, edge=0)
    shade(block, INK, far, 192)
    ground(block, PAPER, level(205), 256, 150, edge=0, wobble=1)
    ripples(block, WOAD, 10, 1190, Ripples(214, 256, 3, 76, 5, 0.6), knoll)
    ground(block, LICHEN, knoll, 320, 26, edge=0, wobble=1.2)
    slope(block, INK, knoll, middle + 10, 1188, Slope(90, 3, 36, 5.4, gap=14, kept=0.8, top=9, follow=0.9))
    slope(block, PAPER, knoll, middle - 360, middle - 24, Slope(80, 2, 32, 4.6, gap=26, top=14, follow=0.9))
    top = knoll(middle)
    climb = [(-6, 4), (-26, 26), (14, 52), (-40, 88), (-96, 181)]
    way(block, PAPER, [(middle + x, top + y) for x, y in climb], 2.5, 17)
    oak(block, middle + 8, top + 4, 92, OUTLINE, INLINE)
    coats = (OUTLINE, MADDER, OUTLINE, WOAD, OUTLINE, MADDER, OUTLINE, MADDER)
    for x, coat in zip((-118, -92, -70, -46, 52, 76, 98, 128), coats, strict=True):
        at = middle + x + block.tremble(3)
        person(block, at, knoll(at) + 5, 34 + block.tremble(3), coat, None, OUTLINE)
    near = waves(298, -10, 156, 1)
    ground(block, INK, near, 320, 70, edge=0)
    grass(block, PAPER, near, 16, 1190, 84)


COVERS = Portfolio(
    "cover",
    1200,
    320,
    {"moot": Drawing(moot, _("Linocut: people meet under an oak on a hill, with a lake and fells behind them."))},
)
