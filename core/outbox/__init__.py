"""What happened, written in the same transaction as the change itself, and brought after the commit to whoever asked.

::

    emit("communities.invited", membership, actor=by)      # beside the change, in its transaction

    add_consumer(Consumer("mail about memberships", {"communities.invited"}, send))  # in a room's contributions.py

A lower room does not know who consumes its events. Delivery is at least once, and in order for one subject within one
consumer as far as the transactions that change the subject run one after another; consumers are idempotent. Whoever
takes a delivery holds it for the time of a lease, which is renewed while they work, and gets a fencing number: a
worker whose lease was taken over can settle nothing any more. What fails is tried again later and later, and set aside
with its reason when that does not help: ``manage.py outbox`` shows it.
"""

from core.outbox.consumers import Consumer, add_consumer
from core.outbox.draining import drain
from core.outbox.emitting import emit, subject_of, together
from core.outbox.models import Delivery
from core.outbox.retention import tidy
from core.outbox.tasks import ask_for_the_rest

__all__ = [
    "Consumer",
    "Delivery",
    "add_consumer",
    "ask_for_the_rest",
    "drain",
    "emit",
    "subject_of",
    "tidy",
    "together",
]
