"""Portraits: a head lit from one side, in facets.

Faces are paper and shadow, whoever the sitter is. People choose theirs: what the seed gives to somebody who did not is
kept to what anybody may be given. Nobody gets a beard, grey hair or the head covering of a faith by chance.
"""

import math
from collections.abc import Iterator
from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from design.art.block import Plate
from design.art.geometry import Gouge, Place
from design.art.pigments import INK, LICHEN, MADDER, PAPER, WELD, WOAD, Pigment
from design.art.portfolio import Drawing, Portfolio
from design.art.portraits.clothes import coat, neckwear
from design.art.portraits.face import Face
from design.art.portraits.hair import HAIR, strands
from design.art.portraits.head import Head, Tone
from design.art.portraits.headwear import HEADWEAR

COATS = (INK, INK, WOAD, LICHEN, MADDER)


def portrait(block: Plate, head: Head, tone: Tone, glasses: bool) -> None:
    """Ground, shoulders, face, and what is on the head. A pigment stands for one of them only."""
    place = Place(96, 0, 2, block.random.choice((-1, 1)))
    free = [WOAD, LICHEN, WELD, MADDER]
    block.random.shuffle(free)
    if tone is Tone.FAIR:
        free.remove(WELD)
    ground, cloth = free[:2]
    cloak = block.random.choice([pigment for pigment in COATS if pigment not in (ground, cloth)])
    own = cloth if head.cloth else tone.pigment
    face = Face.of(block)
    block.sheet(ground, 2)
    _halo(block, INK if ground is WELD else PAPER)
    head.print_back(block, place, own)
    coat(block, place, cloak)
    face.print(block, place, glasses, aged=tone is Tone.GREY)
    if head.beard:
        face.beard(block, place, tone.pigment, aged=tone is Tone.GREY)
    neckwear(block, place, cloak, cloth)
    head.print_front(block, place, own)
    if tone is Tone.GREY and head.front:
        block.gouge(PAPER, [*strands(21, 7, 7), *strands(17, 5, 6)], place)


def _halo(block: Plate, pigment: Pigment) -> None:
    """The light behind a head."""
    rays = []
    for i in range(11):
        angle = math.radians(190 + 16 * i + block.tremble(3))
        x, y = 96 + 92 * math.cos(angle), 84 + 82 * math.sin(angle)
        rays.append(Gouge(x, y, math.degrees(angle) + 180, 17 + block.tremble(5), 5))
    block.gouge(pigment, rays)


def _variants() -> Iterator[tuple[str, Drawing]]:
    for name, head in {**HAIR, **HEADWEAR}.items():
        for tone in head.tones:
            bare = partial(portrait, head=head, tone=tone, glasses=False)
            yield f"{name}{tone.value}", Drawing(bare, format_lazy(_("Linocut portrait: {head}."), head=head.alt))
            glazed = partial(portrait, head=head, tone=tone, glasses=True)
            alt = format_lazy(_("Linocut portrait: {head}, and glasses."), head=head.alt)
            yield f"{name}{tone.value}-glasses", Drawing(glazed, alt)


_BY_CHANCE = [name for name, head in {**HAIR, **HEADWEAR}.items() if head.by_chance]

PORTRAITS = Portfolio(
    "portrait",
    192,
    192,
    dict(_variants()),
    by_chance=[f"{name}{glasses}" for name in _BY_CHANCE for glasses in ("", "-glasses")],
)
