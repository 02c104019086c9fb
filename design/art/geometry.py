"""Points, and where a shape that was drawn once is put."""

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

Point = tuple[float, float]
Curve = Callable[[float], float]


class Place(NamedTuple):
    """Where a shape stands that was drawn about the origin: ``facing`` is 1, or -1 for its mirror image."""

    x: float = 0
    y: float = 0
    scale: float = 1
    facing: int = 1

    def put(self, points: Iterable[Point]) -> list[Point]:
        """The points where they stand in the picture."""
        return [(self.x + self.facing * self.scale * x, self.y + self.scale * y) for x, y in points]

    def moved(self, x: float, y: float) -> "Place":
        """The same place, ``x`` and ``y`` further on in its own measure."""
        (point,) = self.put([(x, y)])
        return self._replace(x=point[0], y=point[1])

    def sized(self, factor: float) -> "Place":
        """The same place for a shape ``factor`` times as large."""
        return self._replace(scale=self.scale * factor)


HERE = Place()


class Gouge(NamedTuple):
    """One push of the gouge: a long triangle from its point at (x, y), blunt at the far end; the angle in degrees."""

    x: float
    y: float
    angle: float
    length: float
    width: float

    def at(self, place: Place) -> "Gouge":
        """The same cut in a shape that stands at ``place``."""
        ((x, y),) = place.put([(self.x, self.y)])
        angle = self.angle if place.facing > 0 else 180 - self.angle
        return Gouge(x, y, angle, self.length * place.scale, max(2, self.width * place.scale))

    def outline(self) -> list[Point]:
        """The three corners, on whole units, never so thin that nothing prints."""
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        x, y = round(self.x), round(self.y)
        end_x = round(self.length * cos - self.width * sin / 2)
        end_y = round(self.length * sin + self.width * cos / 2)
        across = (round(self.width * sin), round(-self.width * cos))
        if across == (0, 0):
            across = (0, -1)
        return [(x, y), (x + end_x + across[0], y + end_y + across[1]), (x + end_x, y + end_y)]


@cache
def points(outline: str) -> tuple[Point, ...]:
    """Read an outline such as ``"0,0 10,0 5,8"``."""
    return tuple((float(x), float(y)) for x, y in (pair.split(",") for pair in outline.split()))


def round_about(x: float, y: float, radius_x: float, radius_y: float, corners: int, start: float = 0) -> list[Point]:
    """The corners of a polygon about a middle; ``start`` is the first corner's angle in degrees."""
    angles = [math.radians(start) + i * math.tau / corners for i in range(corners)]
    return [(x + radius_x * math.cos(angle), y + radius_y * math.sin(angle)) for angle in angles]


def heading(start: Point, end: Point) -> float:
    """The angle in degrees from one point to another."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
