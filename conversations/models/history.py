"""What was done with a conversation, mostly by those who look after it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models.talk import Conversation
from core.fields import LineField
from core.single_line import OneLineFields
from people.models import User


class Entry(OneLineFields, models.Model):
    """A line of a conversation's history: what was done with it, for everybody who may read it."""

    WORD: ClassVar = 300  # letters

    changes_pages = False  # the row of its conversation is saved with it

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="history")
    action = models.CharField(max_length=20)
    """One of ``services.log.ACTIONS``."""
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    word = LineField(_("word"), max_length=WORD, blank=True)
    data = models.JSONField(default=dict)
    """Keys and numbers, to undo it by."""
    undone = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.action}"
