"""What the ground floor itself removes once it is old."""

from core import outbox
from core.tidying import TIDYINGS

TIDYINGS.add("events that were set aside", outbox.tidy)
