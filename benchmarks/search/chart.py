"""Draws the figures: how the time of a search grows with what there is to find."""

from collections.abc import Iterator, Sequence
from math import log10
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 380, 64, 56, 24, 190
FEWEST, MOST = 3.0, 6.0  # powers of ten: passages
QUICKEST, SLOWEST = 0.0, 4.0  # powers of ten: milliseconds
LINES = {
    "embedded": ("#2b5d4f", "embedded, whole page", "request_p95"),
    "elasticsearch": ("#b3541e", "Elasticsearch, whole page", "request_p95"),
    "peer": ("#6b6b63", "Wagtail’s database search, alone", "engine_p95"),
}


def draw(results: Sequence[Any]) -> str:
    """The picture as SVG, readable without its colours: every line bears its name."""
    parts = [*axes(), *(part for name in LINES for part in line(name, results))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif"'
    title = "Milliseconds within which 95 of 100 searches are answered, by the number of passages"
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf7"/>'
    return "\n".join([f'{head} font-size="13" fill="#23231f">', f"<title>{title}</title>", paper, *parts, "</svg>\n"])


def across(passages: float) -> float:
    return LEFT + (log10(passages) - FEWEST) / (MOST - FEWEST) * (WIDTH - LEFT - RIGHT)


def up(milliseconds: float) -> float:
    share = (log10(max(milliseconds, 1)) - QUICKEST) / (SLOWEST - QUICKEST)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def axes() -> Iterator[str]:
    for power in range(int(FEWEST), int(MOST) + 1):
        x = across(10**power)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e4dfd0"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
    for power in range(int(QUICKEST), int(SLOWEST) + 1):
        y = up(10**power)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e4dfd0"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:,}</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 12}">passages in the index</text>'
    yield f'<text x="8" y="{TOP - 8}">ms, p95</text>'


def line(name: str, results: Sequence[Any]) -> Iterator[str]:
    colour, said, field = LINES[name]
    measured = sorted((one.passages, getattr(one, field)) for one in results if one.engine == name)
    if not measured:
        return
    points = [(across(passages), up(time)) for passages, time in measured]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
    for (x, y), (_passages, time) in zip(points, measured, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
        yield f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle" fill="{colour}">{time:,.0f}</text>'
    x, y = points[-1]
    yield f'<text x="{x + 12:.1f}" y="{y + 4:.1f}" fill="{colour}">{said}</text>'
