"""The table of dead addresses."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeadAddress(models.Model):
    """An address that mail servers refused for good. ``cleared`` says when the hub team had it tried again."""

    changes_pages = False

    address = models.CharField(_("address"), max_length=320, unique=True)  # in lower case
    reason = models.CharField(_("what the mail server said"), max_length=300)
    stopped = models.DateTimeField(_("since"), default=timezone.now)
    cleared = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("dead address")
        verbose_name_plural = _("dead addresses")
        ordering: ClassVar = ["-stopped", "-pk"]

    def __str__(self) -> str:
        return self.address
