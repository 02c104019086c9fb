"""What can become of an invitation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvitationOutcome(models.TextChoices):
    """What became of it. One that nobody answered in time stays open here: its day says that it is over."""

    OPEN = "open", _("Invited")
    ACCEPTED = "accepted", _("Came in")
    WITHDRAWN = "withdrawn", _("Withdrawn")
