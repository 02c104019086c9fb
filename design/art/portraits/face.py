"""A face: paper where the light falls, ink where it does not, and the few cuts that make it somebody's."""

from dataclasses import dataclass

from design.art.block import Plate
from design.art.geometry import Gouge, Place, Point
from design.art.pigments import INK, PAPER, Pigment


@dataclass(frozen=True)
class Build:
    """The shape of a face: half its width at the cheeks, the jaw and the chin, and where the chin ends."""

    cheek: float
    jaw: float
    chin: float
    end: float


BUILDS = (
    Build(17, 12, 4, 65),
    Build(17.5, 15, 8, 65),
    Build(19, 14, 6, 64),
    Build(16, 11, 4, 69),
    Build(18, 10.5, 3, 66),
    Build(17, 14, 5, 68),
)


@dataclass(frozen=True)
class Face:
    """One sitter's face."""

    build: Build
    light: float
    """How far the shadow stands from the middle."""
    brow: float
    mouth: float
    nose: float

    @classmethod
    def of(cls, block: Plate) -> "Face":
        """The face that the seed gives."""
        return cls(
            build=block.random.choice(BUILDS),
            light=block.between(-1.5, 3.5),
            brow=block.between(-10, 8),
            mouth=block.between(6, 11),
            nose=block.between(-1.5, 1.5),
        )

    def outline(self) -> list[Point]:
        """The head, as a facet of eleven corners and their mirror images."""
        cheek, jaw, chin, end = self.build.cheek, self.build.jaw, self.build.chin, self.build.end
        half = [(0.0, 15.0), (cheek - 6, 18), (cheek - 1, 26), (cheek, 34), (cheek, 46), (jaw, 57), (chin, end)]
        return half + [(-x, y) for x, y in reversed(half[1:])]

    def shadow(self) -> list[Point]:
        """The side away from the light, edged by brow, nose and lips, and the chin's shade on the neck."""
        cheek, jaw, chin, end = self.build.cheek, self.build.jaw, self.build.chin, self.build.end
        edge, tip = self.light, self.light - 5 + self.nose
        outer = [
            (edge + 2, 15),
            (cheek - 6, 18),
            (cheek, 26),
            (cheek + 1, 34),
            (cheek + 1, 46),
            (jaw, 58),
            (chin, end + 1),
        ]
        neck = [(9, 72), (11, 73), (2, 81), (0, end + 1)]
        profile = [
            (edge + 1, 59),
            (edge - 2, 56.5),
            (edge + 1, 54),
            (edge - 1, 51),
            (tip, 48.5),
            (edge, 36),
            (edge - 3, 33),
            (edge, 29),
        ]
        return [*outer, *neck, *profile]

    def print(self, block: Plate, place: Place, glasses: bool, aged: bool) -> None:
        """Neck, head, shadow and features."""
        block.shape(PAPER, "-9,56 9,56 11,73 1,82 -11,73", place)
        block.shape(PAPER, "-15,36 -20,36 -20,43 -16,48", place)
        block.polygon(PAPER, place.put(self.outline()), 0.5)
        block.polygon(INK, place.put(self.shadow()), 0.5)
        self._brows(block, place)
        if glasses:
            _glasses(block, place)
        else:
            _eyes(block, place)
        self._mouth(block, place)
        if aged:
            block.gouge(INK, [Gouge(-14, 44, 12, 6, 1.4), Gouge(-8, 49, 110, 6, 1.4), Gouge(-10, 24, 4, 9, 1.2)], place)

    def _brows(self, block: Plate, place: Place) -> None:
        block.gouge(INK, [Gouge(-14, 33, self.brow, 10, 2.6)], place)
        block.gouge(PAPER, [Gouge(15, 33, 180 - self.brow, 9, 2)], place)
        block.gouge(PAPER, [Gouge(15, 43, 118, 11, 3)], place)

    def _mouth(self, block: Plate, place: Place) -> None:
        block.gouge(INK, [Gouge(-self.mouth, 54.4, 8, self.mouth - 0.5, 2), Gouge(-5, 59, 0, 4, 1.4)], place)

    def beard(self, block: Plate, place: Place, pigment: Pigment, aged: bool) -> None:
        """A full beard, parted for the mouth."""
        wide, end = self.build.cheek, self.build.end
        side = [(wide, 42), (wide + 1, 52), (wide - 3, end - 4), (5, end + 7)]
        lip = [(-wide + 3, 49), (-7, 51), (-2, 49), (3, 49), (8, 51), (wide - 3, 49)]
        block.polygon(pigment, place.put([*lip, *side, *((-x, y) for x, y in reversed(side))]), 0.8)
        cut = PAPER if pigment is INK else INK
        block.gouge(cut, [Gouge(-7, 55, 2, 12, 2)], place)
        count = 7 if aged else 3
        block.gouge(cut, [Gouge(-13 + 26 * i / count, 58 + 3 * (i % 2), 80 + 5 * i, 8, 2) for i in range(count)], place)


def _eyes(block: Plate, place: Place) -> None:
    block.shape(INK, "-13,39 -9,37 -4,39 -8,41.5", place)
    block.shape(PAPER, "5,39 9,37 13,39 9,41", place)


def _glasses(block: Plate, place: Place) -> None:
    """Frames dark on the lit side and light in the shade."""
    block.shape(INK, "-16,34 -2,34 -3,43 -6,45 -12,45 -15,43", place)
    block.shape(PAPER, "-14,36 -4,36 -5,42 -7,43 -11,43 -13,42", place)
    block.shape(INK, "-11,39 -9,37 -6,39 -9,41", place)
    block.shape(PAPER, "3,34 16,34 15,43 12,45 6,45 4,43", place)
    block.shape(INK, "5,36 14,36 13,42 11,43 7,43 6,42", place)
    block.shape(PAPER, "7,39 10,37 12,39 10,40", place)
    block.gouge(INK, [Gouge(-19, 35, 2, 5, 2)], place)
    block.gouge(INK, [Gouge(-4, 36, -8, 5, 2)], place)
