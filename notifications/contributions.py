"""What notifications give to the rooms below: somebody who consumes every event that a notice tells of."""

from core.notices import EventsWithNotices
from core.outbox import Consumer, add_consumer
from notifications.receiving import receive

add_consumer(Consumer("notices", EventsWithNotices(), receive, batch=100, attempts=12))
