"""A file of people, between its preview and the button."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import LineField
from people.choices import PersonKind
from people.models import User

KEPT_FOR = timedelta(days=1)


def kept_since() -> datetime:
    return timezone.now() - KEPT_FOR


class PeopleFile(models.Model):
    """What somebody uploaded, for them alone, until they press the button or a day has passed."""

    changes_pages = False
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = LineField(_("file"), max_length=200)
    content = models.BinaryField()
    kind = models.CharField(max_length=10, choices=PersonKind.choices, blank=True)
    invites = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file of people")
        verbose_name_plural = _("files of people")
        ordering: ClassVar = ["-made"]

    def __str__(self) -> str:
        return self.name
