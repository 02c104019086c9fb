"""What a token of a directory may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenScope(models.TextChoices):
    ALL = "all", _("Write people and groups")
    PEOPLE = "people", _("Write people, read groups")
    READ = "read", _("Only read")
