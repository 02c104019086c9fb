"""The stages of ideas and consultations, and what came of them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.choices import OUTCOMES, IdeaStage
from conversations.models.talk import Conversation, Post
from people.models import User


class Step(models.Model):
    """A stage that an idea or a consultation came to, with the word of whoever said so. The last one counts."""

    changes_pages = False  # the row of its conversation is saved with it

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(_("stage"), max_length=12, choices=IdeaStage.choices)
    word = models.TextField(_("word"))
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    said = models.ManyToManyField(Post, related_name="+")
    """The posts that led to it."""

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.stage}"

    @property
    def is_outcome(self) -> bool:
        return self.stage in OUTCOMES
