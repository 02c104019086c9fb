"""Days on which stays are looked at again."""

from datetime import date

from django.utils import timezone

HALF_A_YEAR = 182  # days


def in_half_a_year() -> date:
    return date.fromordinal(timezone.localdate().toordinal() + HALF_A_YEAR)
