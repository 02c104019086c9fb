"""What the ground floor itself removes once it is old."""

from core import outbox
from core.house import steps
from core.tidying import TIDYINGS

steps.add_steps()
TIDYINGS.add("events that were set aside", outbox.tidy)
