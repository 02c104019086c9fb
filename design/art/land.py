"""Hills, fells, sky and water: the lie of the land."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from design.art.block import Plate
from design.art.geometry import Curve, Gouge, Point, heading
from design.art.pigments import Pigment


def hill(middle: float, width: float, height: float, foot: float) -> Curve:
    """The skyline of one round hill."""
    return lambda x: foot - height * math.exp(-(((x - middle) / width) ** 2))


def waves(level: float, height: float, length: float, start: float = 0) -> Curve:
    """The skyline of rolling ground."""
    return lambda x: level + height * math.sin(x / length + start)


def level(y: float) -> Curve:
    """A skyline without a hill."""
    return lambda _x: y


@dataclass(frozen=True)
class Peak:
    """One fell: where its top is, how far it spreads, how high it stands."""

    x: float
    spread: float
    height: float


@dataclass(frozen=True)
class Fells:
    """The skyline of a range of fells. Call it for the height of the land at a place."""

    foot: float
    lift: float
    peaks: tuple[Peak, ...]

    def __call__(self, x: float) -> float:
        return self.foot - self.lift - max(p.height * max(0, 1 - abs(x - p.x) / p.spread) for p in self.peaks)


def fells(block: Plate, foot: float, height: float, count: int = 4) -> Fells:
    """A range that the seed decides, from one edge of the block to the other."""
    peaks = tuple(
        Peak(
            block.width * (i + block.between(0.15, 0.85)) / count,
            block.between(0.13, 0.2) * min(block.width, 700),
            block.between(0.45, 1) * height,
        )
        for i in range(count)
    )
    return Fells(foot, height * 0.12, tuple(sorted(peaks, key=lambda peak: peak.x)))


def ground(
    block: Plate, pigment: Pigment, skyline: Curve, foot: float, step: float, edge: float = 4, wobble: float = 2
) -> None:
    """Land under a skyline, across the whole block, in facets about ``step`` wide that keep the tops of fells."""
    left, right = edge, block.width - edge
    tops = [peak.x for peak in getattr(skyline, "peaks", ()) if left < peak.x < right]
    count = max(2, round((right - left) / step))
    inner = [left + (right - left) * i / count + block.tremble(step * 0.2) for i in range(1, count)]
    clear = [x for x in inner if all(abs(x - top) > step * 0.45 for top in tops)]
    ridge = [
        (x, skyline(x) + (0 if x in tops else block.tremble(wobble))) for x in sorted([left, *clear, *tops, right])
    ]
    block.polygon(pigment, [(left, foot), *ridge, (right, foot)])


def shade(block: Plate, pigment: Pigment, range_: Fells, foot: float) -> None:
    """The side of each fell that the light does not reach."""
    for peak in range_.peaks:
        top = range_(peak.x)
        stands_free = abs(range_.foot - range_.lift - peak.height - top) < 4
        if stands_free and 20 < peak.x < block.width - 20:
            block.polygon(pigment, _shadow(block, peak, range_, foot), 1)


def _shadow(block: Plate, peak: Peak, range_: Fells, foot: float) -> list[Point]:
    top, spread = range_(peak.x), peak.spread
    tall = foot - top
    end = min(block.width - 5, peak.x + spread * 0.72)
    middle = (peak.x + end) / 2
    return [
        (peak.x, top),
        (middle, range_(middle)),
        (end, range_(end) + 2),
        (peak.x + spread * 0.34, foot - tall * 0.34),
        (peak.x + spread * 0.2, foot - tall * 0.4),
        (peak.x + spread * 0.21, foot - tall * 0.58),
        (peak.x + spread * 0.03, foot - tall * 0.66),
        (peak.x + spread * 0.08, foot - tall * 0.84),
    ]


@dataclass(frozen=True)
class Slope:
    """How a hillside is cut: rows of marks that run down from its skyline and flatten out towards its foot."""

    depth: float
    rows: int
    length: float
    width: float
    gap: float = 28
    kept: float = 0.7
    top: float = 12
    follow: float = 0.87


def slope(block: Plate, pigment: Pigment, skyline: Curve, left: float, right: float, cut: Slope) -> None:
    """Marks that follow a hillside."""
    marks = []
    middle = (skyline(left) + skyline(right)) / 2
    for row in range(cut.rows):
        down = cut.top + cut.depth * (row / max(1, cut.rows)) ** 1.25
        steep = cut.follow**row
        x = left + block.between(0, cut.gap)
        while x < right:
            length = cut.length * block.between(0.55, 1.25)
            if x + length < right and block.random.random() < cut.kept:
                fall = (skyline(x + length) - skyline(x)) / length * steep
                y = skyline(x) * steep + (1 - steep) * middle + down
                angle = math.degrees(math.atan(fall)) + block.tremble(3)
                marks.append(Gouge(x, y, angle, length, cut.width * block.between(0.7, 1.2)))
            x += length + cut.gap * block.between(0.5, 1.4)
    block.gouge(pigment, marks)


@dataclass(frozen=True)
class Sun:
    """A sun or a moon, and the marks that spread from it over the sky."""

    x: float
    y: float
    radius: float
    rings: int = 3
    step: float = 18
    length: float = 25
    width: float = 4
    streaks: float = 0.7


def sky(block: Plate, pigment: Pigment, sun: Sun, skyline: Curve) -> None:
    """Short cuts in rings about the sun, opening into level streaks, stopped above the land."""

    def open_sky(x: float, y: float) -> bool:
        return 9 < x < block.width - 9 and 9 < y < skyline(x) - 7

    block.gouge(pigment, [*_rings(block, sun, open_sky), *_streaks(block, sun, open_sky)])


def _rings(block: Plate, sun: Sun, open_sky: Callable[[float, float], bool]) -> list[Gouge]:
    marks = []
    for ring in range(sun.rings):
        radius = sun.radius + sun.step * (ring + 0.9)
        turn = -math.pi * 1.1 + block.between(0, 0.3)
        while turn < 0.3:
            length = sun.length * block.between(0.7, 1.15)
            start, end = (
                (sun.x + radius * math.cos(a), sun.y + radius * math.sin(a)) for a in (turn, turn + length / radius)
            )
            if open_sky(*start) and open_sky(*end):
                marks.append(Gouge(*start, heading(start, end), length, sun.width * block.between(0.8, 1.2)))
            turn += (length + sun.length * 0.28) / radius
    return marks


def _streaks(block: Plate, sun: Sun, open_sky: Callable[[float, float], bool]) -> list[Gouge]:
    marks = []
    reach = sun.radius + sun.step * (sun.rings + 0.9)
    y = 16.0
    while y < block.height * 0.7:
        x = 12 + block.between(0, sun.length)
        while x < block.width - 12:
            length = sun.length * block.between(0.8, 2.2)
            clear = min(math.hypot(end - sun.x, y - sun.y) for end in (x, x + length)) > reach
            if clear and open_sky(x, y) and open_sky(x + length, y) and block.random.random() < sun.streaks * 0.62:
                start, angle = (x, 0) if x < sun.x else (x + length, 180)
                marks.append(Gouge(start, y + block.tremble(2), angle, length, sun.width * block.between(0.8, 1.2)))
            x += length + sun.length * 0.7
        y += sun.step
    return marks


@dataclass(frozen=True)
class Ripples:
    """Level cuts that grow longer and bolder towards the reader: water, a table top, a pavement."""

    top: float
    bottom: float
    rows: int
    length: float
    width: float
    kept: float = 0.65


def ripples(
    block: Plate, pigment: Pigment, left: float, right: float, cut: Ripples, shore: Curve | None = None
) -> None:
    """Cut them between two sides, above the shore where there is one."""
    marks = []
    for row in range(cut.rows):
        near = row / max(1, cut.rows - 1)
        y = cut.top + (cut.bottom - cut.top) * near**1.3
        x = left + block.between(0, cut.length)
        while x < right - cut.length * 0.4:
            length = cut.length * (0.5 + 0.8 * near) * block.between(0.5, 1.3)
            wet = shore is None or (y < shore(x) and y < shore(x + length))
            if block.random.random() < cut.kept and x + length < right and wet:
                start, angle = (x, 0) if block.random.random() < 0.5 else (x + length, 180)
                marks.append(Gouge(start, y + block.tremble(2), angle, length, cut.width * (0.6 + 0.6 * near)))
            x += length + cut.length * block.between(0.3, 0.8)
    block.gouge(pigment, marks)


def way(block: Plate, pigment: Pigment, middle: list[Point], start: float, end: float, wobble: float = 1) -> None:
    """A path, a strap or a stalk along its middle line, from one half-width to another."""
    left, right = [], []
    ends = [middle[0], *middle, middle[-1]]
    for i, ((ax, ay), (x, y), (bx, by)) in enumerate(zip(ends, middle, ends[2:], strict=False)):
        length = math.hypot(bx - ax, by - ay) or 1
        half = start + (end - start) * i / (len(middle) - 1)
        across_x, across_y = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + across_x, y + across_y))
        right.append((x - across_x, y - across_y))
    block.polygon(pigment, left + right[::-1], wobble)


def grass(block: Plate, pigment: Pigment, skyline: Curve, left: int, right: int, gap: int, length: float = 13) -> None:
    """Blades in the foreground."""
    block.gouge(
        pigment,
        [
            Gouge(x, skyline(x) + 9 + block.tremble(2), -77 + block.tremble(17), length + block.tremble(5), 3.4)
            for x in range(left, right, gap)
        ],
    )


def drystone(block: Plate, pigment: Pigment, cut: Pigment, start: Point, end: Point, height: float) -> None:
    """A drystone wall, its top from ``start`` to ``end``."""
    (ax, ay), (bx, by) = start, end
    third = (ax + (bx - ax) * 0.33, ay + (by - ay) * 0.33 - 2)
    block.polygon(pigment, [start, third, end, (bx, by + height * 0.8), (ax, ay + height)], 1)
    count = max(3, int(abs(bx - ax) / (height * 1.1)))
    marks = []
    for i in range(count):
        along = (i + 0.3) / count
        y = ay + (by - ay) * along + height * (0.36 + 0.3 * (i % 2))
        marks.append(Gouge(ax + (bx - ax) * along, y, heading(start, end), height * 0.62, 2.6))
    block.gouge(cut, marks)
