"""Steps of the first hour that the hub team confirmed by hand."""

from typing import ClassVar

from django.conf import settings
from django.db import models

ASIDE = "put aside"


class FirstStepMark(models.Model):
    """Somebody confirmed a step of the first hour, or put the whole list aside."""

    changes_pages = False  # the list is rendered anew for the few who see it
    name = models.CharField(max_length=60, unique=True)
    about = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
