"""The table of the outbox."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to(self, consumer: str) -> "DeliveryQuerySet":
        return self.filter(consumer=consumer)

    def waiting(self) -> "DeliveryQuerySet":
        """What will be consumed, now or later, whoever has it in hand."""
        return self.filter(set_aside=None)

    def poison(self) -> "DeliveryQuerySet":
        """What was set aside after too many attempts."""
        return self.exclude(set_aside=None)


class Delivery(models.Model):
    """An event on its way to one consumer. The row is written with the change, and goes once the event is consumed.

    A consumer that coalesces has one row for each subject, which keeps the newest event; any other has one for each
    event. ``data`` holds keys and figures, never what somebody wrote: who may read that is asked when it is read.
    """

    changes_pages = False

    consumer = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)  # "stories.storypage:12"
    slot = models.CharField(max_length=32, blank=True)  # empty where events of a subject coalesce, else the event
    event = models.UUIDField(default=uuid4)  # new with each event: what coalesced while it was consumed stays
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=40, blank=True)  # the key of the person who did it
    audience = models.CharField(max_length=100, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    due = models.DateTimeField(default=timezone.now)  # not before; later after each failure
    claimed_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)  # higher with each claim
    attempts = models.PositiveSmallIntegerField(default=0)  # that failed
    reason = models.CharField(max_length=300, blank=True)  # of the last failure
    set_aside = models.DateTimeField(null=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]  # the manager has its methods

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["consumer", "subject", "slot"], name="delivery_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["consumer", "id"], name="delivery_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} → {self.consumer}"

    @property
    def subject_model(self) -> str:
        """The label of the subject's model."""
        return self.subject.partition(":")[0]

    @property
    def subject_pk(self) -> str:
        return self.subject.partition(":")[2]
