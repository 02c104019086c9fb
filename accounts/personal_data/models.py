"""Copies that people asked for, and requests to be erased."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=7)
PATIENCE = timedelta(hours=1)
"""After so long a copy that is not made is asked for again."""


class HeldCopy(models.Model):
    """A copy of what is held of somebody, as a zip. It lies in the database: no address of a file leads to it."""

    changes_pages = False
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    made = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("copy of what is held")
        verbose_name_plural = _("copies of what is held")

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def is_late(self) -> bool:
        return self.made is None and self.asked < timezone.now() - PATIENCE

    @property
    def until(self) -> datetime | None:
        """When it goes."""
        return self.made + KEPT if self.made else None


class ErasureRequest(models.Model):
    """Somebody asks the hub team to erase what is held of them."""

    changes_pages = False
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure_request")
    asked = models.DateTimeField(default=timezone.now)
    word = models.CharField(_("a word about it"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("request to be erased")
        verbose_name_plural = _("requests to be erased")
        ordering: ClassVar = ["asked", "pk"]

    def __str__(self) -> str:
        return str(self.person_id)
