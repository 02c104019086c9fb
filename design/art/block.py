"""The block: a picture cut in facets and gouge marks, printed as an SVG of four kilobytes at most.

One hand cuts them all. There are no curves, only facets; light is let in with a gouge, whose marks are long triangles
that follow the form; every corner trembles a little, by a chance that the seed decides, so that the same seed always
gives the same print and no two seeds give quite the same.
"""

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from design.art.geometry import HERE, Gouge, Place, Point, points, round_about
from design.art.pigments import DAY, NIGHT, Pigment

LARGEST = 4096
"""Bytes that a picture may weigh."""

WholePoint = tuple[int, int]


def seeded(text: str) -> random.Random:
    """The chance that belongs to a text: the same on every machine, today and next year."""
    return random.Random(hashlib.sha256(text.encode()).digest())  # noqa: S311 (it draws pictures and guards nothing)


@dataclass
class Layer:
    """Outlines printed in one pigment. ``spare`` ones are gouge marks: a picture can do with one fewer."""

    pigment: Pigment
    outlines: list[list[WholePoint]]
    spare: bool = False


class Plate:
    """A block of lino and the hand that cuts it."""

    def __init__(self, kind: str, seed: str, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.layers: list[Layer] = []
        self.random = seeded(f"{kind}/{seed}")

    def tremble(self, most: float) -> float:
        """How far the hand slips this time, either way."""
        return self.random.uniform(-most, most)

    def between(self, least: float, most: float) -> float:
        """A measure that the seed decides."""
        return self.random.uniform(least, most)

    def polygon(self, pigment: Pigment, corners: Iterable[Point], wobble: float = 0) -> None:
        """Print a facet; neighbours wind the same way, so that those that overlap in one path leave no hole."""
        outline = [(round(x + self.tremble(wobble)), round(y + self.tremble(wobble))) for x, y in corners]
        if _winding(outline) < 0:
            outline.reverse()
        self.layers.append(Layer(pigment, [outline]))

    def shape(self, pigment: Pigment, outline: str, place: Place = HERE, wobble: float = 0) -> None:
        """Print an outline such as ``"0,0 10,0 5,8"`` where it has its place."""
        self.polygon(pigment, place.put(points(outline)), wobble)

    def gouge(self, pigment: Pigment, marks: Iterable[Gouge], place: Place = HERE) -> None:
        """Cut marks into what is printed already."""
        outlines = [[(round(x), round(y)) for x, y in mark.at(place).outline()] for mark in marks]
        if outlines:
            self.layers.append(Layer(pigment, outlines, spare=True))

    def disc(
        self, pigment: Pigment, x: float, y: float, radius: float, corners: int = 13, uneven: float = 0.04
    ) -> None:
        """A sun, a head, a wheel: as round as a knife makes it."""
        ring = round_about(0, 0, radius, radius, corners, self.between(0, 57))
        self.polygon(
            pigment, [(x + a * (1 + self.tremble(uneven)), y + b * (1 + self.tremble(uneven))) for a, b in ring]
        )

    def sheet(self, pigment: Pigment, inset: int = 3, steps: int = 4) -> None:
        """The whole block in one pigment, with a knife-cut edge."""
        across, down = self.width - 2 * inset, self.height - 2 * inset
        top: list[Point] = [(inset + across * i / steps, inset) for i in range(steps)]
        right: list[Point] = [(inset + across, inset + down * i / steps) for i in range(steps)]
        opposite = [(self.width - x, self.height - y) for x, y in top + right]
        self.polygon(pigment, top + right + opposite, wobble=min(2, inset))

    def svg(self) -> str:
        """The print. Where it would weigh too much, the busiest run of gouge marks is thinned, here and there."""
        marks = [layer.outlines for layer in self.layers if layer.spare]
        left_out = 0
        while len(text := self._svg()) > LARGEST and any(marks):
            busiest = max(marks, key=len)
            left_out += 5
            busiest.pop(left_out % len(busiest))
        return text

    def _svg(self) -> str:
        used = [pigment for pigment in Pigment if any(layer.pigment is pigment for layer in self.layers)]
        day = "".join(f".{pigment}{{fill:{DAY[pigment]}}}" for pigment in used)
        night = "".join(f".{pigment}{{fill:{NIGHT[pigment]}}}" for pigment in used)
        paths = "".join(
            f'<path class="{pigment}" d="{_trace(outlines)}"/>' for pigment, outlines in self._runs() if outlines
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}">'
            f"<style>{day}@media(prefers-color-scheme:dark){{{night}}}</style>{paths}</svg>"
        )

    def _runs(self) -> list[tuple[Pigment, list[list[WholePoint]]]]:
        """Layers that follow one another in the same pigment are one path, which is shorter."""
        runs: list[tuple[Pigment, list[list[WholePoint]]]] = []
        for layer in self.layers:
            if runs and runs[-1][0] is layer.pigment:
                runs[-1][1].extend(layer.outlines)
            else:
                runs.append((layer.pigment, list(layer.outlines)))
        return runs


def _winding(outline: Sequence[WholePoint]) -> int:
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)


def _trace(outlines: Iterable[list[WholePoint]]) -> str:
    """Path data in relative steps, each outline measured from the start of the one before."""
    data, origin = "", (0, 0)
    for outline in outlines:
        start = outline[0]
        data += "m" + _pack([start[0] - origin[0], start[1] - origin[1]])
        data += "l" + _pack(_steps(outline)) + "z"
        origin = start
    return data


def _steps(outline: list[WholePoint]) -> list[int]:
    numbers: list[int] = []
    here = outline[0]
    for there in outline[1:]:
        if there != here:
            numbers += [there[0] - here[0], there[1] - here[1]]
            here = there
    return numbers or [0, 0]


def _pack(numbers: Sequence[int]) -> str:
    """Numbers with no more spaces than they need: a minus sign parts as well."""
    return "".join(f" {n}" if i and n >= 0 else str(n) for i, n in enumerate(numbers))
