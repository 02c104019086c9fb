"""What people choose about the word that reaches them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much of what happens in one community is new for a member."""

    EVERYTHING = "everything", _("Everything")
    MATTERS = "matters", _("What matters")
    NOTHING = "nothing", _("Nothing")


class Weekday(models.IntegerChoices):
    """As ``date.weekday`` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
