"""What a surgery and a session can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForWhom(models.TextChoices):
    """Who a surgery helps. Who may *see* it is its audience."""

    BOTH = "both", _("Staff and residents")
    STAFF = "staff", _("Staff")
    RESIDENTS = "residents", _("Residents")


class Status(models.TextChoices):
    """Whether a session takes place."""

    SCHEDULED = "scheduled", _("Takes place")
    CANCELLED = "cancelled", _("Cancelled")


class Repeats(models.TextChoices):
    """How often a surgery is held."""

    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every second week")
    NTH = "nth", _("Every month on a weekday, such as the first Thursday")
    MONTHLY = "monthly", _("Every month on a day, such as the 8th")
    BY_HAND = "by-hand", _("By hand: I add each date")


class Nth(models.IntegerChoices):
    """Which one of the month."""

    FIRST = 1, _("First")
    SECOND = 2, _("Second")
    THIRD = 3, _("Third")
    FOURTH = 4, _("Fourth")
    FIFTH = 5, _("Fifth, in months that have one")
    LAST = -1, _("Last")


LAST_DAY = -1
"""Of a month, however long it is."""
