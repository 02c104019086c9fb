"""The queue to the index."""

from django.db import models
from django.utils import timezone


class IndexQueue(models.Model):
    """A thing whose document may have changed.

    The row is written in the same transaction as the change itself, so that neither can be lost without the
    other; it goes once the index has taken the change.
    """

    changes_pages = False

    key = models.CharField(max_length=200, unique=True)
    model = models.CharField(max_length=100)
    object_pk = models.CharField(max_length=100)
    claimant = models.UUIDField(null=True)  # who brings it to the index just now
    claimed = models.DateTimeField(null=True)
    stamp = models.UUIDField()  # new with each change: a row that changed again while it was drained stays
    queued = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
