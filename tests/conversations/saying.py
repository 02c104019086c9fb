"""Conversations to test with, made as the pages make them."""

import uuid

from communities.models import CommunityPage
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation, Post
from people.models import User


def begun(community: CommunityPage, by: User, kind: Kind = Kind.DISCUSSION, **said: str) -> Conversation:
    words = {"title": "Who has a tall ladder?", "text": "For **Saturday**.", "audience": community.audience, **said}
    return services.begin(community, kind, words["title"], words["text"], words["audience"], by, uuid.uuid4())


def answered(conversation: Conversation, by: User, text: str = "I have one.") -> Post:
    conversation.refresh_from_db()
    return services.reply(conversation, text, by, key=uuid.uuid4(), seen=conversation.last_number)
