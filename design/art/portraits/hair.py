"""Ways to wear one's hair."""

import math

from django.utils.translation import gettext_lazy as _

from design.art.geometry import Gouge
from design.art.portfolio import Words
from design.art.portraits.head import Head, Part, Tone


def strands(radius: float, count: int, length: float = 8, width: float = 2.2) -> tuple[Gouge, ...]:
    """Cuts over the crown of the head, on its lit side first."""
    marks = []
    for i in range(count):
        angle = math.radians(200 + 110 * (i + 0.5) / count)
        out = radius - 5 * (i % 2)
        marks.append(Gouge(out * math.cos(angle), 34 + out * math.sin(angle), math.degrees(angle) + 90, length, width))
    return tuple(marks)


def falling(*starts: tuple[float, float], length: float = 18) -> tuple[Gouge, ...]:
    """Cuts that run down hair that hangs."""
    return tuple(Gouge(x, y, 92 if x < 0 else 88, length, 2.2) for x, y in starts)


def _hair(
    alt: Words, front: str, back: str = "", marks: tuple[Gouge, ...] = (), by_chance: bool = False, beard: bool = False
) -> Head:
    return Head(
        alt,
        front=(Part(front),) if front else (),
        back=(Part(back),) if back else (),
        marks=marks,
        beard=beard,
        tones=tuple(Tone),
        by_chance=by_chance,
    )


CROP = "-19,37 -20,24 -12,13 2,9 16,15 20,28 19,36 16,27 12,25 -2,24 -13,27 -16,37"
SWEPT = "-20,39 -21,22 -10,10 8,8 20,18 22,34 18,40 16,30 6,20 -8,26 -15,33 -16,40"
CURLY_CROWN = "-20,38 -23,30 -19,24 -20,16 -11,14 -6,9 2,12 9,9 13,15 20,17 19,24 23,30"
CURLY_EDGE = "20,55 -20,55 -27,52 -26,44 -31,38 -27,30 -29,22 -23,16 -20,9 -12,7"

HAIR: dict[str, Head] = {
    "bald": Head(_("no hair"), marks=(Gouge(-9, 21, -30, 9, 2),)),
    "bald-beard": Head(_("no hair, and a beard"), beard=True, tones=tuple(Tone)),
    "bob": _hair(
        _("a bob with a fringe"),
        "-22,57 -22,28 -14,13 2,9 16,14 23,28 24,58 17,55 16,32 2,31 -13,33 -15,55",
        "-21,34 -17,18 0,10 17,18 22,34 24,58 14,63 -14,63 -24,58",
        strands(18, 4) + falling((-19, 36), (20, 36)),
        by_chance=True,
    ),
    "braid": _hair(
        _("a plait over the shoulder"),
        "-20,42 -21,26 -12,12 4,9 17,14 21,28 20,46 16,36 12,26 0,20 -10,26 -16,36 -17,46 -15,52 -19,60 -15,66 "
        "-20,74 -17,82 -23,93 -28,83 -25,75 -29,66 -25,60 -28,52 -22,46",
        "-20,36 -17,18 0,11 17,18 21,36 18,62 -18,62",
        strands(18, 4) + tuple(Gouge(-26, 52 + 8 * i, 40, 8, 2.2) for i in range(4)),
    ),
    "crop": _hair(_("short hair"), CROP, marks=strands(19, 4), by_chance=True),
    "crop-beard": _hair(_("short hair and a beard"), CROP, marks=strands(19, 4), beard=True),
    "curls": _hair(
        _("curls"),
        f"{CURLY_CROWN} 19,38 16,30 10,27 6,22 0,27 -5,23 -10,28 -15,30",
        f"-4,4 6,3 12,7 20,9 23,16 29,22 27,30 31,38 26,44 27,52 {CURLY_EDGE}",
        strands(24, 6, 6) + strands(16, 4, 6) + falling((-24, 36), (25, 38), length=8),
        by_chance=True,
    ),
    "high": _hair(
        _("hair tied up"),
        "-19,35 -16,20 0,13 16,20 19,37 13,26 2,22 -11,25",
        "-9,14 -9,5 -1,1 8,4 10,13 4,18 -5,18",
        (*strands(18, 4), Gouge(-5, 8, -20, 9, 2.2)),
        by_chance=True,
    ),
    "locs": _hair(
        _("long locs"),
        "-22,54 -22,28 -14,13 0,9 15,13 22,28 24,54 20,55 18,42 16,50 14,33 4,25 -6,25 -12,32 -15,50 -18,40 -20,54",
        "-20,30 -14,14 0,9 14,14 20,30 28,74 24,77 21,66 18,82 13,80 -13,80 -18,82 -21,66 -24,77 -28,74",
        strands(18, 5) + falling((-21, 42), (-23, 58), (22, 44), (23, 60), (-18, 62), (19, 64), length=13),
    ),
    "long": _hair(
        _("long hair"),
        "-21,50 -21,26 -10,12 10,11 21,24 22,50 17,44 14,28 2,22 -10,26 -16,36 -17,48",
        "-22,40 -18,20 0,12 18,20 22,40 26,72 12,78 -12,78 -26,72",
        strands(18, 4) + falling((-20, 46), (22, 46), (-22, 58)),
        by_chance=True,
    ),
    "round": _hair(
        _("round hair"),
        "-18,35 -16,18 0,10 16,18 19,35 12,25 0,22 -12,26",
        "0,5 13,8 23,17 28,30 26,43 19,53 10,58 -10,58 -19,53 -26,43 -28,30 -23,17 -13,8",
        strands(25, 6, 6) + strands(17, 3, 6),
        by_chance=True,
    ),
    "swept": _hair(_("hair swept to the side"), SWEPT, marks=strands(20, 5), by_chance=True),
    "swept-beard": _hair(_("hair swept to the side, and a beard"), SWEPT, marks=strands(20, 5), beard=True),
    "waves": _hair(
        _("wavy hair"),
        "-22,54 -25,46 -21,38 -22,26 -14,13 4,8 18,14 23,28 21,38 25,48 20,57 16,42 13,28 6,20 -2,28 -14,33 -17,44",
        "-20,36 -18,18 0,9 18,18 23,34 22,46 28,56 24,68 12,72 -12,72 -25,68 -28,57 -22,46",
        (*strands(18, 4), Gouge(-24, 45, 60, 9, 2.2), Gouge(-22, 57, 110, 10, 2.2), Gouge(23, 42, 80, 12, 2.2)),
        by_chance=True,
    ),
}
