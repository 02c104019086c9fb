"""What of the past is kept."""

from datetime import timedelta

from django.utils import timezone

from core.row_locks import delete_locked
from notifications.models import Happening

KEPT = timedelta(days=180)


def tidy() -> None:
    """Forget what happened long ago, read or not, with the notices of it. Marks stay where they are."""
    delete_locked(Happening.objects.filter(at__lt=timezone.now() - KEPT))
