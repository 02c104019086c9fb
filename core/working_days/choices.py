"""Where days are closed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Region(TextChoices):
    """The parts of the United Kingdom that have bank holidays of their own, as GOV.UK's list calls them."""

    ENGLAND_AND_WALES = "england-and-wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")
    EVERYWHERE = "", _("everywhere")


HOME_REGIONS = [choice for choice in Region.choices if choice[0]]
"""Where a hub can be."""
