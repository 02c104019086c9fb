"""Scenes for stories that came without a photograph."""

from django.utils.translation import gettext_lazy as _

from design.art.portfolio import Drawing, Portfolio
from design.art.scenes.country import lake, lane, moot, snow
from design.art.scenes.fields import allotment, farm, lost_sheep
from design.art.scenes.indoors import table
from design.art.scenes.town import bus, lamps, market, school, street
from design.art.scenes.work import library, workshop

STORIES = Portfolio(
    "story",
    480,
    320,
    {
        "allotment": Drawing(allotment, _("Linocut: two neighbours on an allotment, with a shed and beanpoles.")),
        "bus": Drawing(
            bus, _("Linocut: a bus below the fells, and two people about to board it, one in a wheelchair.")
        ),
        "farm": Drawing(farm, _("Linocut: somebody with a crook and a dog brings sheep down to a farm.")),
        "lake": Drawing(lake, _("Linocut: two people sail a dinghy on a lake below the fells.")),
        "lamps": Drawing(lamps, _("Linocut: people walk home through a park under tall lamps.")),
        "lane": Drawing(lane, _("Linocut: two people by a mended patch in a walled lane.")),
        "library": Drawing(library, _("Linocut: two people read under one lamp in a library.")),
        "lost-sheep": Drawing(
            lost_sheep, _("Linocut: a sheep alone on the fell, by a signpost that points both ways.")
        ),
        "market": Drawing(market, _("Linocut: market day, with two stalls under striped awnings.")),
        "moot": Drawing(moot, _("Linocut: people meet under an oak on a hill above a lake.")),
        "school": Drawing(
            school, _("Linocut: children and grown-ups at a school gate, and somebody who stops the traffic for them.")
        ),
        "snow": Drawing(snow, _("Linocut: a lit house in the snow, and two people on their way to it.")),
        "street": Drawing(street, _("Linocut: neighbours out in a street of terraced houses.")),
        "table": Drawing(table, _("Linocut: a kettle and four mugs on a kitchen table, by a fire.")),
        "workshop": Drawing(workshop, _("Linocut: two people mend things at a bench, under a wall of tools.")),
    },
)
