"""What can be chosen for a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Where somebody belongs. All are members alike; only staff are insiders of the organisation."""

    STAFF = "staff", _("Works here")
    RESIDENT = "resident", _("Lives here")
    PARTNER = "partner", _("Works for a partner")
