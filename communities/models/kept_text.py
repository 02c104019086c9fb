"""What somebody typed in the editor when a right of theirs had ended: theirs alone until they send it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.pages import CommunityPage
from people.models import User

KEPT_FOR = timedelta(days=30)


class KeptText(models.Model):
    """The pieces that one person typed for one thing, the last that arrived. ``object_id`` is empty for a new one."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey(CommunityPage, null=True, on_delete=models.SET_NULL, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255, blank=True)
    pieces = models.JSONField(_("what you typed"), default=list)
    """Pairs: what the field is called, and the text."""
    kept_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    changes_pages = False

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "content_type", "object_id"), name="one_kept_text_for_a_thing")
        ]

    def __str__(self) -> str:
        return str(self.content_type)

    def get_absolute_url(self) -> str:
        return reverse("communities:kept_text", args=[self.pk])

    @property
    def until(self) -> datetime:
        return self.kept_at + KEPT_FOR

    @property
    def model(self) -> type[models.Model] | None:
        """The kind of thing that it was typed for."""
        return self.content_type.model_class()
