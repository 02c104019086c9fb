"""What people wear below the chin."""

from hub.art.block import Block
from hub.art.geometry import Gouge, Place
from hub.art.pigments import INK, PAPER, WELD, Pigment

LEFT_COLLAR = "-13,69 -8,68 1,83 -9,86"
RIGHT_COLLAR = "13,69 9,68 1,83 10,86"


def coat(block: Block, place: Place, pigment: Pigment) -> None:
    """Shoulders."""
    block.shape(pigment, "-44,96 -38,80 -14,70 14,70 38,80 44,96", place, 1)
    folds = [Gouge(-29, 85, -32, 15, 2.6), Gouge(-24, 92, -32, 13, 2.6), Gouge(27, 83, 34, 11, 2.6), Gouge(21, 90, 30, 9, 2.4)]
    block.gouge(INK if pigment is WELD else PAPER, folds, place)


def neckwear(block: Block, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    """Collar, roll neck, scarf or lanyard, or nothing at all; the seed decides."""
    wear = block.random.choice((_open_neck, _collar, _roll_neck, _scarf, _lanyard))
    wear(block, place, coat_pigment, cloth)


def _open_neck(block: Block, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    del block, place, coat_pigment, cloth


def _collar(block: Block, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    del coat_pigment
    block.shape(cloth, LEFT_COLLAR, place, 0.5)
    block.shape(cloth, RIGHT_COLLAR, place, 0.5)


def _roll_neck(block: Block, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    del cloth
    block.shape(coat_pigment, "-11,69 0,72 11,69 15,82 -15,82", place, 0.5)
    block.gouge(INK if coat_pigment is not INK else PAPER, [Gouge(-9, 76, 6, 17, 1.8)], place)


def _scarf(block: Block, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    del coat_pigment
    block.shape(cloth, "-15,66 0,73 15,66 19,77 4,84 -19,78", place, 0.8)
    block.shape(cloth, "-12,80 -2,80 -4,96 -15,96", place, 0.8)
    block.gouge(INK, [Gouge(-14, 71, 22, 14, 2), Gouge(-8, 82, 96, 10, 2), Gouge(15, 71, 150, 10, 2)], place)


def _lanyard(block: Block, place: Place, coat_pigment: Pigment, cloth: Pigment) -> None:
    del coat_pigment
    block.shape(cloth, "-13,71 -10,70 1,92 -3,96", place)
    block.shape(cloth, "13,71 10,70 -3,92 1,96", place)
