"""Emblems: what a community shows of itself at a glance."""

from django.utils.translation import gettext_lazy as _

from hub.art.emblems.hearth import flame, lamp, nest
from hub.art.emblems.outdoors import boat, bridge, leaf, spade
from hub.art.emblems.together import door, ring, screen
from hub.art.portfolio import Drawing, Portfolio

EMBLEMS = Portfolio(
    "emblem",
    160,
    160,
    {
        "boat": Drawing(boat, _("Linocut: a sailing boat.")),
        "bridge": Drawing(bridge, _("Linocut: two people on a bridge.")),
        "door": Drawing(door, _("Linocut: somebody in an open door.")),
        "flame": Drawing(flame, _("Linocut: a flame.")),
        "lamp": Drawing(lamp, _("Linocut: two people under a lamp.")),
        "leaf": Drawing(leaf, _("Linocut: an oak leaf.")),
        "nest": Drawing(nest, _("Linocut: a bird on a nest with three eggs.")),
        "ring": Drawing(ring, _("Linocut: eight people in a ring about a fire.")),
        "screen": Drawing(screen, _("Linocut: a hand holds up a phone.")),
        "spade": Drawing(spade, _("Linocut: a spade in the earth.")),
    },
)
