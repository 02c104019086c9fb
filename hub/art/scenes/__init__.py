"""Scenes for stories that came without a photograph."""

from django.utils.translation import gettext_lazy as _

from hub.art.portfolio import Drawing, Portfolio
from hub.art.scenes.country import lake, lane, moot, snow
from hub.art.scenes.indoors import table
from hub.art.scenes.town import lamps

STORIES = Portfolio(
    "story",
    480,
    320,
    {
        "lake": Drawing(lake, _("Linocut: two people sail a dinghy on a lake below the fells.")),
        "lamps": Drawing(lamps, _("Linocut: people walk home through a park under tall lamps.")),
        "lane": Drawing(lane, _("Linocut: two people by a mended patch in a walled lane.")),
        "moot": Drawing(moot, _("Linocut: people meet under an oak on a hill above a lake.")),
        "snow": Drawing(snow, _("Linocut: a lit house in the snow, and two people on their way to it.")),
        "table": Drawing(table, _("Linocut: a kettle and four mugs on a kitchen table, by a fire.")),
    },
)
