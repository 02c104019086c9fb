"""Scenes of work under a roof: among books, and at a bench."""

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.land import Ripples, ripples
from design.art.people import Wear, half_figure, sitter
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD


def library(block: Plate) -> None:
    """Two who read under one lamp."""
    block.sheet(WOAD)
    block.shape(INK, "10,18 154,20 154,168 10,168", wobble=1)
    block.shape(INK, "312,20 470,18 470,168 312,168", wobble=1)
    for shelf, left, right in ((86, 18, 148), (86, 318, 462), (158, 18, 148), (158, 318, 462)):
        _books(block, left, right, shelf)
        block.polygon(
            PAPER, [(left - 6, shelf), (right + 2, shelf - 1), (right + 2, shelf + 5), (left - 6, shelf + 6)], 0.6
        )
    _tall_window(block)
    block.shape(PAPER, "4,268 476,262 476,316 4,316", wobble=1)
    ripples(block, INK, 14, 466, Ripples(286, 310, 3, 80, 4, 0.6))
    for x, facing, coat in ((134, 1, MADDER), (346, -1, INK)):
        seat = Place(x + block.tremble(4), 300, 1.25, facing)
        block.shape(LICHEN, "-30,0 -26,-62 -20,-62 -16,-30 16,-30 16,0 11,0 11,-22 -18,-22 -24,0", seat, 0.6)
        sitter(block, seat, Wear(coat, PAPER))
        block.shape(PAPER, "26,-48 38,-58 40,-50 30,-40", seat, 0.6)
    _table_with_lamp(block, Place(240 + block.tremble(6), 298))


def _books(block: Plate, left: int, right: int, shelf: int) -> None:
    """A row of spines, some leaning, with a gap here and there."""
    x = float(left)
    while x < right - 18:
        width, height, lean = block.between(10, 17), block.between(36, 56), block.random.choice((0, 0, 0, 6))
        if block.random.random() < 0.9:
            spine = [(x, shelf), (x + lean, shelf - height), (x + width + lean, shelf - height), (x + width, shelf)]
            block.polygon(block.random.choice((MADDER, PAPER, LICHEN, WELD)), spine)
        x += width + lean + 3


def _tall_window(block: Plate) -> None:
    """Evening behind the glass."""
    block.shape(INK, "180,180 180,66 204,36 240,24 276,36 300,66 300,180", wobble=1)
    block.disc(PAPER, 262 + block.tremble(8), 74, 15, 11)
    block.shape(WOAD, "180,180 180,158 214,136 240,152 268,130 300,156 300,180", wobble=1.5)
    block.shape(PAPER, "237,22 243,22 243,182 237,182")
    block.shape(PAPER, "178,98 302,96 302,101 178,103")


def _table_with_lamp(block: Plate, place: Place) -> None:
    block.shape(WELD, "-18,-100 18,-100 54,-52 -54,-52", place, 1)
    block.shape(INK, "-3,-52 -3,-100 3,-100 3,-52", place)
    block.shape(MADDER, "-22,-98 -12,-122 12,-122 22,-98", place, 0.6)
    block.shape(WELD, "-62,-54 62,-54 60,-45 -60,-45", place, 0.6)
    block.shape(INK, "-6,-45 6,-45 9,-4 24,2 -24,2 -9,-4", place, 0.6)


def workshop(block: Plate) -> None:
    """Mending at a bench, under hanging lamps."""
    block.sheet(WOAD)
    block.gouge(PAPER, [Gouge(20 + i * 19, 20 + block.tremble(4), 90 + block.tremble(9), 12, 4) for i in range(24)])
    block.shape(PAPER, "24,54 456,52 456,152 24,154", wobble=1.5)
    _tools(block)
    for x in (150, 330):
        hanging = Place(x + block.tremble(8), 4)
        block.shape(WELD, "-14,74 14,74 66,206 -66,206", hanging, 1)
        block.shape(MADDER, "-2,0 2,0 2,58 26,76 -26,76 -2,58", hanging, 0.6)
    half_figure(block, Place(120 + block.tremble(6), 214, 1.6), Wear(INK, PAPER))
    half_figure(block, Place(346 + block.tremble(6), 214, 1.6), Wear(LICHEN, PAPER))
    block.shape(PAPER, "4,208 476,204 476,238 4,242", wobble=1)
    block.shape(INK, "4,240 476,236 476,316 4,316", wobble=1)
    ripples(block, INK, 12, 468, Ripples(222, 234, 2, 80, 4, 0.7))
    block.gouge(PAPER, [Gouge(22 + 24 * i, 254 + block.tremble(3), 90 + block.tremble(3), 44, 4) for i in range(19)])
    _on_the_bench(block)


def _tools(block: Plate) -> None:
    """A saw, a hammer, a spanner, a square and pliers, each on its nail."""
    teeth = "108,90 106,96 100,92 98,98 92,93 90,99 84,95 82,100 76,95 74,101 66,96"
    block.shape(INK, f"44,74 58,70 64,78 116,84 116,92 {teeth} 62,104 48,100")
    block.shape(INK, "218,66 244,66 250,72 250,82 240,80 235,80 235,134 227,134 227,80 216,80")
    block.shape(
        INK, "266,64 272,74 278,64 284,74 279,86 280,120 286,130 280,140 275,130 270,140 265,130 271,120 272,86 264,76"
    )
    block.shape(MADDER, "416,68 436,68 434,84 430,88 430,136 422,136 422,88 418,84")
    block.shape(WOAD, "392,68 400,68 400,120 412,120 412,128 392,128")
    block.shape(MADDER, "52,116 66,112 108,122 110,130 94,132 92,142 80,140 82,130 56,128")


def _on_the_bench(block: Plate) -> None:
    """What is being mended: a toaster, a chair and a wireless, by the look of it."""
    block.shape(MADDER, "186,210 186,180 194,170 240,170 248,180 248,210", wobble=1)
    block.shape(INK, "200,170 200,156 234,156 234,170", wobble=0.6)
    block.shape(PAPER, "204,170 205,146 229,146 230,170", wobble=0.6)
    block.gouge(PAPER, [Gouge(194, 188, 0, 34, 4), Gouge(194, 198, 0, 26, 4)])
    block.disc(INK, 240, 196, 4, 7)
    block.shape(WELD, "404,206 404,160 460,160 460,206", wobble=1)
    block.disc(INK, 422, 184, 13, 11)
    block.gouge(INK, [Gouge(442, 172 + 8 * i, 0, 13, 3) for i in range(3)])
    block.shape(INK, "410,160 444,128 447,130 416,160")
    block.shape(INK, "24,208 28,176 50,176 52,190 66,190 70,208", wobble=1)
    block.shape(INK, "18,180 60,180 60,186 18,186", wobble=0.6)
