"""Animals, a hundred units to a sheep's length, drawn from the ground they stand on."""

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.pigments import INK, PAPER, Pigment


def dog(block: Plate, place: Place, pigment: Pigment = INK) -> None:
    """A dog that trots to the right."""
    block.shape(
        pigment,
        "-24,-30 -18,-24 10,-24 16,-34 19,-39 22,-34 32,-30 31,-26 22,-24 18,-14 22,0 17,0 11,-12 -10,-12 -8,0 -13,0 "
        "-17,-12 -21,0 -26,-1 -22,-18 -28,-32",
        place,
    )


def sheep(block: Plate, place: Place, fleece: Pigment = PAPER, dark: Pigment = INK) -> None:
    """A sheep that looks to the right."""
    block.shape(dark, "-28,-22 -17,-22 -19,0 -26,0", place)
    block.shape(dark, "10,-22 21,-22 20,0 13,0", place)
    outline = "-42,-18 -47,-38 -40,-54 -24,-62 -4,-65 16,-62 32,-54 36,-40 32,-22 18,-14 0,-18 -20,-13"
    block.shape(fleece, outline, place, 2 * place.scale)
    locks = [
        (-30, -46, -40),
        (-14, -54, -10),
        (4, -54, 12),
        (-34, -30, -60),
        (-18, -36, -25),
        (0, -38, 5),
        (14, -42, 30),
    ]
    locks += [(-14, -22, -10), (6, -24, 14)]
    block.gouge(dark, [Gouge(x, y, angle, 12, 4) for x, y, angle in locks], place)
    block.shape(dark, "26,-58 34,-65 47,-62 60,-43 57,-36 46,-37 32,-44", place)
    block.shape(dark, "31,-62 20,-70 17,-63 28,-55", place)
    block.gouge(PAPER, [Gouge(40, -55, 20, 7, 4)], place)
