"""The rows of conversations, one file a matter."""

from conversations.choices import Feeling, Kind, Level
from conversations.models.talk import PER_PAGE, Conversation, Draft, Post, PostVersion, Reaction, Standing, page_with

__all__ = [
    "PER_PAGE",
    "Conversation",
    "Draft",
    "Feeling",
    "Kind",
    "Level",
    "Post",
    "PostVersion",
    "Reaction",
    "Standing",
    "page_with",
]
