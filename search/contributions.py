"""What search removes once it is old."""

from core.tidying import TIDYINGS
from search import query_log

TIDYINGS.add("questions that were asked", query_log.tidy)
