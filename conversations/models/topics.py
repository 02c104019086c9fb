"""What conversations are about."""

from typing import ClassVar

from django.db import models
from taggit.models import ItemBase

from core.models import Topic
from core.versions import ShownWithOwner


class ConversationTopic(ShownWithOwner, ItemBase):
    """One topic of one conversation."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="conversation_links")
    content_object = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="topic_links"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("tag", "content_object"), name="one_topic_of_a_conversation")
        ]
