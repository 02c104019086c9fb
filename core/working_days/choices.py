"""Where days are closed, and what the days of a week are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """The parts of the United Kingdom that have bank holidays of their own, as GOV.UK's list calls them."""

    ENGLAND_AND_WALES = "england-and-wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")
    EVERYWHERE = "", _("everywhere")


HOME_REGIONS = [choice for choice in Region.choices if choice[0]]
"""Where a hub can be."""


class Weekday(models.IntegerChoices):
    """As ``date.weekday`` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
