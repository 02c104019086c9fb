"""Somebody lost their second factor, and two people of the hub team help."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WAITS_FOR = timedelta(days=7)


class HelpQuerySet(models.QuerySet["FactorHelp"]):
    def open(self) -> "HelpQuerySet":
        """Those that wait for a second person, and are not too old for one."""
        return self.filter(confirmed_at=None, asked_at__gt=timezone.now() - WAITS_FOR)


class FactorHelp(models.Model):
    """One person of the hub team says that somebody lost theirs, another confirms it; then it is taken off."""

    changes_pages = False
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor_helps")
    reason = models.CharField(_("how one knows that it is them"), max_length=400)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = HelpQuerySet.as_manager()

    class Meta:
        verbose_name = _("help with a second factor")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person",), condition=Q(confirmed_at=None), name="one_factor_help_waits"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(asked_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="two_people_help_with_a_factor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.asked_at:%d.%m.%Y})"
