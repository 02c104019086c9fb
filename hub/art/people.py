"""People at work and at rest, about a hundred units tall and drawn from the ground they stand on."""

from hub.art.block import Block
from hub.art.geometry import Gouge, Place
from hub.art.pigments import INK, Pigment

STANDING = "-11,-72 11,-72 18,-55 21,-20 14,-18 12,0 2,0 0,-14 -2,0 -12,0 -14,-18 -21,-20 -18,-55"


def person(
    block: Block, x: float, y: float, height: float, coat: Pigment = INK, cut: Pigment | None = None, head: Pigment = INK
) -> None:
    """Somebody in a coat, facing us or not."""
    place = Place(x, y, height / 100)
    block.shape(coat, STANDING, place)
    _head(block, place.moved(block.tremble(2), -86), head)
    _light(block, cut, place.moved(-2, -24))


def _head(block: Block, place: Place, pigment: Pigment) -> None:
    block.disc(pigment, place.x, place.y, 12.5 * place.scale, 7, 0.05)


def _light(block: Block, cut: Pigment | None, place: Place) -> None:
    """The fold of a coat that catches the light."""
    if cut:
        block.gouge(cut, [Gouge(0, 0, -86, 36, 3.5)], place)
