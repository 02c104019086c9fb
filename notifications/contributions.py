"""What notifications give to the rooms below: somebody who consumes every event that a notice tells of."""

from django.utils.translation import gettext_lazy as _

from core.notices import EventsWithNotices
from core.outbox import Consumer, add_consumer
from core.sections import Section, add_section
from core.tidying import TIDYINGS
from notifications import listings
from notifications.receiving import receive
from notifications.retention import tidy

add_consumer(Consumer("notices", EventsWithNotices(), receive, batch=100, attempts=12))
PLACE, TEMPLATE = "for members of a community", "notifications/level_section.html"
add_section(Section(PLACE, "hear", _("You hear of"), TEMPLATE, listings.level_beside), order=10)
TIDYINGS.add("what happened long ago", tidy)
