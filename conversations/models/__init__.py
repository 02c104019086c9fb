"""The rows of conversations, one file a matter."""

from conversations.choices import Feeling, Kind, Level
from conversations.models.history import Entry
from conversations.models.moderation import Case, Report
from conversations.models.talk import PER_PAGE, Conversation, Draft, Post, PostVersion, Reaction, Standing, page_with

__all__ = [
    "PER_PAGE",
    "Case",
    "Conversation",
    "Draft",
    "Entry",
    "Feeling",
    "Kind",
    "Level",
    "Post",
    "PostVersion",
    "Reaction",
    "Report",
    "Standing",
    "page_with",
]
