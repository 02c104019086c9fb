"""By which way an account was switched off."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SwitchedBy(models.TextChoices):
    """Whoever switched an account off switches it on again: a directory only where it was the directory."""

    SCREEN = "screen", _("by the hub team")
    DIRECTORY = "directory", _("by the directory")
    FILE = "file", _("by a file")
    DATE = "date", _("on the last day")
    OTHER = "other", _("by other means")
