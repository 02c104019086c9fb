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
