"""What can be chosen for a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    """Where somebody belongs. All are members alike; only staff are insiders of the organisation."""

    STAFF = "staff", _("Works here")
    RESIDENT = "resident", _("Lives here")
    PARTNER = "partner", _("Works for a partner")


class Reach(models.TextChoices):
    """Who may see how to reach somebody: never more people than may see their page, and nobody who is not signed in."""

    PAGE = "page", _("Whoever is signed in and may see this page")
    ORGANISATION = "organisation", _("Only who works here, and members of my communities")
    MEMBERS = "members", _("Only members of my communities")
