"""Trees: an oak on a hill, firs on a slope, bare branches in winter."""

import math

from design.art.block import Plate
from design.art.geometry import Gouge, Place, Point
from design.art.pigments import INK, PAPER, Pigment


def crown(
    block: Plate, x: float, y: float, radius: float, pigment: Pigment = INK, cut: Pigment = PAPER, marks: int = 9
) -> None:
    """A mass of leaves with light on its upper side."""
    flat, corners = 0.85, 11
    ring = []
    for i in range(corners):
        angle = i * math.tau / corners
        ring.append(
            (
                x + radius * block.between(0.84, 1.12) * math.cos(angle),
                y + flat * radius * block.between(0.84, 1.12) * math.sin(angle),
            )
        )
    block.polygon(pigment, ring)
    leaves = []
    for i in range(marks):
        angle = -2.6 + 2.1 * i / marks + block.tremble(0.1)
        out = radius * (0.3 + 0.42 * (i * 0.618 % 1))
        length = radius * block.between(0.25, 0.42)
        at = (x + out * math.cos(angle), y + flat * out * math.sin(angle))
        leaves.append(Gouge(*at, math.degrees(angle) + 77, length, max(2.4, radius * 0.085)))
    block.gouge(cut, leaves)


def oak(block: Plate, x: float, y: float, height: float, pigment: Pigment = INK, cut: Pigment = PAPER) -> None:
    """A broad tree of three crowns."""
    block.shape(pigment, "-9.5,0 -5,-20 -4.5,-60 4.5,-60 5,-20 10.5,0", Place(x, y, height / 100))
    for across, up, radius in ((-0.2, 0.58, 0.2), (0.2, 0.6, 0.21), (0, 0.78, 0.27)):
        crown(block, x + across * height, y - up * height, radius * height, pigment, cut, marks=6)


def round_tree(block: Plate, x: float, y: float, height: float, pigment: Pigment = INK, cut: Pigment = PAPER) -> None:
    """A street or orchard tree: one crown on a stem."""
    block.shape(INK, "-5,0 -3,-55 3,-55 5,0", Place(x, y, height / 100))
    crown(block, x, y - height * 0.66, height * 0.34, pigment, cut, marks=7)


def fir(block: Plate, x: float, y: float, height: float, pigment: Pigment = INK, cut: Pigment | None = None) -> None:
    """A fir of four tiers."""
    right: list[Point] = []
    for tier in range(1, 5):
        reach, up = tier / 4, 1.1 - tier / 4
        right += [
            (height * 0.23 * reach + block.tremble(1), -height * up),
            (height * 0.1 * reach, -height * (up + 0.03)),
        ]
    stem = [(height * 0.03, -height * 0.1), (height * 0.03, 0)]
    half = [*right[:-1], *stem]
    mirrored = [(-a, b) for a, b in reversed(half)]
    block.polygon(pigment, Place(x, y).put([(0, -height * 1.02), *half, *mirrored]))
    if cut:
        marks = [Gouge(-0.03, -0.8 + 0.2 * i, 126, 0.1 + 0.04 * i, 3 / height) for i in range(3)]
        block.gouge(cut, marks, Place(x, y, height))


def bare(block: Plate, x: float, y: float, height: float, pigment: Pigment = INK, depth: int = 4) -> None:
    """A tree without leaves, forked ``depth`` times."""

    def limb(x: float, y: float, angle: float, length: float, width: float, forks: int) -> None:
        end_x, end_y = x + length * math.cos(angle), y + length * math.sin(angle)
        across_x, across_y, thin = -math.sin(angle), math.cos(angle), width * 0.62
        block.polygon(
            pigment,
            [
                (x + across_x * width, y + across_y * width),
                (end_x + across_x * thin, end_y + across_y * thin),
                (end_x - across_x * thin, end_y - across_y * thin),
                (x - across_x * width, y - across_y * width),
            ],
        )
        if forks:
            for side in (-1, 1):
                spread = angle + side * block.between(0.28, 0.6)
                limb(end_x, end_y, spread, length * block.between(0.62, 0.8), thin, forks - 1)

    limb(x, y, -math.pi / 2 + block.tremble(0.08), height * 0.34, height * 0.04, depth)
