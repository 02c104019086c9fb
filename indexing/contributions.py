"""What the index gives to the room below: it consumes what changed."""

from collections.abc import Sequence

from core.outbox import Consumer, Delivery, add_consumer
from indexing import queue
from indexing.engines.base import EngineUnavailable


def bring(changes: Sequence[Delivery]) -> None:
    queue.bring(changes)


add_consumer(
    Consumer(
        queue.CONSUMER,
        {queue.CHANGED},
        bring,
        batch=queue.BATCH,
        coalesces=True,
        unavailable=(EngineUnavailable,),
    )
)
