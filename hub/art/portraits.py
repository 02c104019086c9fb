"""Portraits: a head lit from one side, in facets. Faces are paper and shadow, whoever the sitter is."""

from django.utils.translation import gettext_lazy as _

from hub.art.block import Block
from hub.art.geometry import Place
from hub.art.pigments import INK, PAPER
from hub.art.portfolio import Drawing, Portfolio


def crop(block: Block) -> None:
    """Short hair."""
    place = Place(48, 0, 1, block.random.choice((-1, 1)))
    block.sheet(block.random.choice(list("bgyr")), 1)  # type: ignore[arg-type]
    block.shape(INK, "-42,95 -36,80 -14,70 14,70 36,80 42,95", place, 0.8)
    block.shape(PAPER, "-17,30 -12,20 0,16 12,20 17,30 17,46 12,58 4,65 -4,65 -12,58 -17,46", place, 0.4)
    block.shape(INK, "-19,36 -20,24 -12,13 2,9 16,15 20,28 18,34 14,26 -2,24 -13,27 -16,36", place, 0.6)


PORTRAITS = Portfolio("portrait", 96, 96, {"crop": Drawing(crop, _("Linocut portrait: short hair."))})
