"""What people wear on their heads, for faith, weather or work."""

from django.utils.translation import gettext_lazy as _

from design.art.geometry import Gouge
from design.art.pigments import INK, PAPER
from design.art.portfolio import Words
from design.art.portraits.head import Head, Part

TEMPLES = Part("-19,26 -15,26 -15,36 -18,40", INK), Part("19,26 15,26 15,36 18,40", INK)
LONG_BEHIND = Part("-18,26 18,26 22,44 24,66 12,70 -12,70 -24,66 -22,44", INK)
TURBAN = (
    Part("-19,31 -23,20 -15,6 2,1 16,6 24,20 20,32 11,25 0,18 -10,24"),
    Part("0,18 -4,12 2,5 8,12", PAPER),
)
TURBAN_FOLDS = (
    Gouge(-21, 25, -48, 20, 2.4),
    Gouge(-18, 16, -42, 17, 2.4),
    Gouge(21, 26, -132, 20, 2.4),
    Gouge(19, 16, -140, 16, 2.4),
    Gouge(-8, 7, -20, 12, 2.2),
)


def _cloth(alt: Words, *front: Part, marks: tuple[Gouge, ...] = (), by_chance: bool = False) -> Head:
    return Head(alt, front=(*TEMPLES, *front), marks=marks, cloth=True, by_chance=by_chance)


HEADWEAR: dict[str, Head] = {
    "bobble-hat": _cloth(
        _("a bobble hat"),
        Part("-6,9 -7,3 0,0 7,3 6,9", PAPER),
        Part("-19,29 -18,16 -10,8 0,6 10,8 18,16 19,29"),
        Part("-21,24 0,21 21,24 21,32 0,28 -21,32", PAPER),
        marks=(
            *(Gouge(-15 + 6 * i, 30 - 1.5 * (i in (2, 3)), -90, 5, 1.6) for i in range(6)),
            Gouge(-12, 20, -68, 9, 2.2),
            Gouge(-4, 19, -84, 9, 2.2),
            Gouge(5, 19, -98, 9, 2.2),
            Gouge(12, 20, -110, 8, 2.2),
        ),
        by_chance=True,
    ),
    "flat-cap": _cloth(
        _("a flat cap"),
        Part("-21,25 -22,17 -10,8 8,6 21,13 22,25 0,22"),
        Part("-23,26 -6,21 8,23 -4,27 -22,32 -27,30", INK),
        marks=(Gouge(-14, 17, -30, 12, 2.2), Gouge(-4, 18, -30, 13, 2.2), Gouge(8, 18, -32, 11, 2.2)),
        by_chance=True,
    ),
    "hard-hat": _cloth(
        _("a hard hat"),
        Part("-20,25 -19,14 -8,5 8,5 19,14 20,25"),
        Part("-25,25 -18,21 18,21 25,25 22,29 0,26 -22,29"),
        marks=(Gouge(-5, 20, -88, 14, 2), Gouge(5, 20, -92, 14, 2), Gouge(-22, 26, -4, 40, 1.8)),
    ),
    "headwrap": _cloth(
        _("a tied headwrap"),
        Part("-6,10 -17,6 -14,1 -3,5 0,1 11,1 8,6 15,9 5,12"),
        Part("-18,32 -22,19 -15,9 0,5 15,9 22,19 18,33 10,25 0,22 -10,25"),
        marks=(
            Gouge(-20, 22, -40, 17, 2.4),
            Gouge(-17, 28, -26, 18, 2.4),
            Gouge(19, 23, -140, 17, 2.4),
            Gouge(16, 28, -156, 13, 2.4),
            Gouge(-13, 3, 26, 11, 2),
            Gouge(9, 2, 130, 9, 2),
        ),
    ),
    "hijab": Head(
        _("a headscarf"),
        front=(
            Part("0,7 -15,11 -23,26 -23,46 -18,62 -28,74 0,78 0,67 -10,61 -16,48 -16,31 -9,21 0,18"),
            Part("0,7 15,11 23,26 23,46 18,62 28,74 0,78 0,67 10,61 16,48 16,31 9,21 0,18"),
            Part("-19,62 0,71 19,62 31,80 12,92 -16,92 -33,80"),
        ),
        back=(Part("-24,40 -20,16 0,7 20,16 24,40 28,66 40,84 -40,84 -28,66"),),
        marks=(
            Gouge(-19, 28, -64, 17, 2.4),
            Gouge(-20, 44, -90, 12, 2.4),
            Gouge(20, 30, -112, 15, 2.4),
            Gouge(20, 48, -88, 14, 2.4),
            Gouge(-22, 70, 24, 24, 2.4),
            Gouge(-26, 79, 16, 32, 2.4),
            Gouge(22, 71, 158, 16, 2.4),
            Gouge(-14, 88, 4, 22, 2.2),
        ),
        cloth=True,
    ),
    "sun-hat": Head(
        _("a broad hat"),
        front=(
            *TEMPLES,
            Part("-16,24 -14,9 -6,5 6,5 14,9 16,24"),
            Part("-17,24 -16,17 16,17 17,24", INK),
            Part("-36,27 -20,21 20,21 36,27 20,30 0,27 -20,30"),
        ),
        back=(LONG_BEHIND,),
        marks=(Gouge(-30, 27, -7, 24, 1.8), Gouge(30, 27, 187, 20, 1.8), Gouge(-9, 14, -80, 6, 2)),
        cloth=True,
        by_chance=True,
    ),
    "turban": Head(_("a turban"), front=TURBAN, marks=TURBAN_FOLDS, cloth=True),
    "turban-beard": Head(_("a turban and a beard"), front=TURBAN, marks=TURBAN_FOLDS, cloth=True, beard=True),
}
