"""What people choose about the word that reaches them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeLevel(models.TextChoices):
    """How much of what happens in one community is new for a member."""

    EVERYTHING = "everything", _("Everything")
    MATTERS = "matters", _("What matters")
    NOTHING = "nothing", _("Nothing")
