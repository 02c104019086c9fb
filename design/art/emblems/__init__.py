"""Emblems: what a community shows of itself at a glance."""

from django.utils.translation import gettext_lazy as _

from design.art.emblems.hearth import flame, lamp, nest
from design.art.emblems.outdoors import boat, bridge, bus, leaf, oak, sheep, spade
from design.art.emblems.people import door, hands, ring, screen
from design.art.emblems.tools import bell, bicycle, book, fork, kettle, key, lantern, wheel
from design.art.portfolio import Drawing, Portfolio

EMBLEMS = Portfolio(
    "emblem",
    160,
    160,
    {
        "bell": Drawing(bell, _("Linocut: a bell.")),
        "bicycle": Drawing(bicycle, _("Linocut: a bicycle.")),
        "boat": Drawing(boat, _("Linocut: a sailing boat.")),
        "book": Drawing(book, _("Linocut: an open book.")),
        "bridge": Drawing(bridge, _("Linocut: two people on a bridge.")),
        "bus": Drawing(bus, _("Linocut: a bus.")),
        "door": Drawing(door, _("Linocut: somebody in an open door.")),
        "flame": Drawing(flame, _("Linocut: a flame.")),
        "fork": Drawing(fork, _("Linocut: a garden fork in the earth.")),
        "hands": Drawing(hands, _("Linocut: three raised hands.")),
        "kettle": Drawing(kettle, _("Linocut: a kettle over a fire.")),
        "key": Drawing(key, _("Linocut: a key.")),
        "lamp": Drawing(lamp, _("Linocut: two people under a lamp.")),
        "lantern": Drawing(lantern, _("Linocut: a lit lantern.")),
        "leaf": Drawing(leaf, _("Linocut: a leaf.")),
        "nest": Drawing(nest, _("Linocut: a bird on a nest with three eggs.")),
        "oak": Drawing(oak, _("Linocut: an oak.")),
        "ring": Drawing(ring, _("Linocut: eight people in a ring about a fire.")),
        "screen": Drawing(screen, _("Linocut: a hand that holds up a phone.")),
        "sheep": Drawing(sheep, _("Linocut: a sheep on a hill.")),
        "spade": Drawing(spade, _("Linocut: a spade in the earth.")),
        "wheel": Drawing(wheel, _("Linocut: a cartwheel.")),
    },
)
