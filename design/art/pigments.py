"""The inks on the shelf: four pigments, ink and paper, each with its shade by day and by night."""

from enum import StrEnum
from typing import Final


class Pigment(StrEnum):
    """A colour that a block can be inked with; the value is its class name in the printed SVG."""

    INK = "k"
    PAPER = "p"
    MADDER = "r"
    WOAD = "b"
    WELD = "y"
    LICHEN = "g"
    OUTLINE = "n"
    """Ink that stands straight on the page's own paper, and so turns pale at night."""
    INLINE = "m"
    """What is cut out of the outline: the opposite of it, day and night."""


INK: Final = Pigment.INK
PAPER: Final = Pigment.PAPER
MADDER: Final = Pigment.MADDER
WOAD: Final = Pigment.WOAD
WELD: Final = Pigment.WELD
LICHEN: Final = Pigment.LICHEN
OUTLINE: Final = Pigment.OUTLINE
INLINE: Final = Pigment.INLINE

DAY: Final = {
    INK: "#191b18",
    PAPER: "#f5f3ea",
    MADDER: "#a93d31",
    WOAD: "#2e597d",
    WELD: "#dfb537",
    LICHEN: "#75824a",
    OUTLINE: "#191b18",
    INLINE: "#f5f3ea",
}
NIGHT: Final = {
    INK: "#0e151c",
    PAPER: "#d9d2be",
    MADDER: "#b4513f",
    WOAD: "#3a678e",
    WELD: "#dfb53f",
    LICHEN: "#717f4a",
    OUTLINE: "#d9d2be",
    INLINE: "#0e151c",
}
