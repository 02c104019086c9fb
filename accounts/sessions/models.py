"""One row for each session that somebody is signed in with."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignedInSession(models.Model):
    """What a person needs to know one of their sessions again, and no more.

    Neither the whole address nor what the browser said of itself is kept. ``last_seen`` is right to the hour.
    """

    changes_pages = False
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(_("device"), max_length=80)
    network = models.CharField(_("network"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    last_seen = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("session")
        indexes: ClassVar = [models.Index(fields=("last_seen",), name="sessions_by_last_seen")]

    def __str__(self) -> str:
        return self.device
