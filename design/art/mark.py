"""The mark of the hub as pixels: an oak and two people on the moot hill, the lines of ``components/brand.html``."""

import re

from PIL import Image, ImageDraw

PAPER = "#f5f3ea"
WIDTH, HEIGHT = 40, 32
HILL = "M1 31L6 25l8-7 6-2 7 2 7 6 5 7z"
CUT = "M19 17V9h2v8zM13 8l2-5 5-2 5 2 2 5-3 4-4 1-5-1zM7 25l1-8h3l1 5zM29 20l1-7h3l1 9zM8 15l1-2h2v2zM30 11l1-2h2v2z"
PLATES = (("#5f6e2e", HILL), ("#191b18", CUT))
STEP = re.compile(r"([MLlhvVz])([^MLlhvVz]*)")
NUMBER = re.compile(r"-?\d+")
FINE = 4  # times as large before it is made smaller: edges come out smooth

Point = tuple[float, float]


def polygons(path: str) -> list[list[Point]]:
    """The closed shapes of a path that is drawn with straight lines only."""
    shapes: list[list[Point]] = []
    x = y = 0.0
    for letter, numbers in STEP.findall(path):
        values = [float(number) for number in NUMBER.findall(numbers)]
        if letter == "M":
            shapes.append([])
        if letter in "MLl":
            for dx, dy in zip(values[::2], values[1::2], strict=True):
                x, y = (x + dx, y + dy) if letter == "l" else (dx, dy)
                shapes[-1].append((x, y))
        elif letter in "hvV":
            x, y = (x + values[0], y) if letter == "h" else (x, y + values[0] if letter == "v" else values[0])
            shapes[-1].append((x, y))
    return shapes


def drawn(side: int, share: float) -> Image.Image:
    """The mark in the middle of a square of paper, as wide as ``share`` of it."""
    large = side * FINE
    scale = large * share / WIDTH
    left, top = (large - WIDTH * scale) / 2, (large - HEIGHT * scale) / 2
    image = Image.new("RGB", (large, large), PAPER)
    pen = ImageDraw.Draw(image)
    for colour, path in PLATES:
        for shape in polygons(path):
            pen.polygon([(left + x * scale, top + y * scale) for x, y in shape], fill=colour)
    return image.resize((side, side), Image.Resampling.LANCZOS)
