"""People at work and at rest, a hundred units tall and drawn from the ground they stand on."""

from dataclasses import dataclass

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.pigments import INK, PAPER, Pigment

STANDING = "-11,-72 11,-72 18,-55 21,-20 14,-18 12,0 2,0 0,-14 -2,0 -12,0 -14,-18 -21,-20 -18,-55"


@dataclass(frozen=True)
class Wear:
    """What somebody has on: a coat, the light on it, and the pigment of head and legs."""

    coat: Pigment = INK
    light: Pigment | None = None
    rest: Pigment = INK


PLAIN = Wear()


def person(block: Plate, place: Place, wear: Wear = PLAIN) -> None:
    """Somebody who stands, in a long coat."""
    block.shape(wear.coat, STANDING, place)
    _head(block, place.moved(block.tremble(2), -84), wear.rest)
    _fold(block, wear.light, place.moved(-2, -24))


def walker(block: Plate, place: Place, wear: Wear = PLAIN) -> None:
    """Somebody on the way, to the right unless the place is mirrored."""
    block.shape(wear.rest, "-8,-36 10,-36 12,-22 24,-4 30,-5 30,0 18,0 2,-22 -8,-14 -18,0 -26,-3 -20,-8 -14,-20", place)
    _profile(block, place.moved(4, -85), wear.rest)
    block.shape(wear.coat, "-10,-72 10,-73 16,-56 17,-30 -15,-28 -17,-52", place)
    block.shape(wear.coat, "8,-68 16,-62 22,-46 32,-42 30,-36 16,-40", place)
    _fold(block, wear.light, place.moved(-6, -34))


def sitter(block: Plate, place: Place, wear: Wear = PLAIN) -> None:
    """Somebody who sits, the seat at the place's own height of 30; the seat itself is for others to draw."""
    block.shape(wear.rest, "-12,-38 22,-40 28,-34 24,-8 32,-5 32,0 16,0 17,-26 -12,-26", place)
    _profile(block, place.moved(-2, -88), wear.rest)
    block.shape(wear.coat, "-14,-74 6,-76 12,-60 12,-38 -14,-28 -17,-52", place)
    block.shape(wear.coat, "4,-68 10,-64 14,-50 28,-46 27,-40 10,-42", place)
    _fold(block, wear.light, place.moved(-8, -34))


def half_figure(block: Plate, place: Place, wear: Wear = PLAIN) -> None:
    """Somebody behind a table, a stall or a window: head and shoulders above the place."""
    block.shape(wear.coat, "-22,0 -19,-26 -11,-36 11,-36 19,-26 22,0", place)
    _head(block, place.moved(block.tremble(2), -47), wear.rest)
    if wear.light:
        block.gouge(wear.light, [Gouge(-9, -4, -86, 22, 3.5)], place)


def wheeler(block: Plate, place: Place, wear: Wear = PLAIN, cut: Pigment = PAPER) -> None:
    """Somebody in a wheelchair, under way."""
    seat = place.moved(0, -2)
    block.shape(wear.rest, "-10,-34 20,-38 26,-32 28,-8 36,-6 36,-1 21,-1 17,-24 -10,-22", seat)
    block.shape(wear.rest, "-24,-66 -20,-67 -15,-30 12,-27 12,-23 -19,-24", seat)
    _profile(block, seat.moved(-2, -83), wear.rest)
    block.shape(wear.coat, "-14,-70 5,-72 12,-56 12,-34 -13,-26 -16,-50", seat)
    block.shape(wear.coat, "2,-64 9,-60 9,-46 3,-26 -4,-28 0,-46", seat)
    _wheels(block, place, ((-5, 20), (24, 6)), wear.rest, cut)


def pushchair(block: Plate, place: Place, pigment: Pigment, cut: Pigment = PAPER) -> None:
    """A pushchair whose handle is to the left, at a walker's hand."""
    block.shape(pigment, "-6,-34 0,-48 14,-50 26,-40 30,-20 8,-16 0,-20", place)
    block.shape(INK, "-14,-44 -12,-47 2,-24 28,-18 28,-14 0,-19", place)
    _wheels(block, place, ((4, 7), (25, 7)), INK, cut)


def _wheels(
    block: Plate, place: Place, wheels: tuple[tuple[float, float], ...], pigment: Pigment, cut: Pigment
) -> None:
    """Wheels on the ground, each by its distance and its radius, with a few spokes of light where there is room."""
    for x, radius in wheels:
        hub = place.moved(x, -radius)
        block.disc(pigment, hub.x, hub.y, radius * place.scale, 11, 0.02)
    large = [(x, radius) for x, radius in wheels if radius * place.scale > 4]
    spokes = [Gouge(x, -radius, angle, radius * 0.66, radius * 0.26) for x, radius in large for angle in (40, 160, 280)]
    block.gouge(cut, spokes, place)


def _profile(block: Plate, place: Place, pigment: Pigment) -> None:
    """A head seen from the side, nose first."""
    block.shape(pigment, "-11,-3 -8,-11 1,-13 9,-9 11,-3 15,2 11,4 10,10 4,12 4,17 -6,17 -7,10 -11,5", place)


def _head(block: Plate, place: Place, pigment: Pigment) -> None:
    """A head seen from the front."""
    block.disc(pigment, place.x, place.y, 12.5 * place.scale, 7, 0.05)


def _fold(block: Plate, cut: Pigment | None, place: Place) -> None:
    """The fold of a coat that catches the light."""
    if cut:
        block.gouge(cut, [Gouge(0, 0, -86, 36, 3.5)], place)
