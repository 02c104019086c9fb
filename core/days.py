"""Days where the hub is, as moments."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The moment that ``day`` begins where the hub is."""
    return timezone.make_aware(datetime.combine(day, time.min))
