"""Where an award is: it follows from its dates and the moment that somebody asks about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardState(models.TextChoices):
    """Only one that is verified counts."""

    WAITING = "waiting", _("Waits to be verified")
    VERIFIED = "verified", _("Verified")
    LAPSED = "lapsed", _("Ended")
    REFUSED = "refused", _("Not verified")
    WITHDRAWN = "withdrawn", _("Withdrawn")
