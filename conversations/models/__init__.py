"""The rows of conversations, one file a matter."""

from conversations.choices import Feeling, Kind, Level
from conversations.models.history import Entry
from conversations.models.moderation import Case, Report
from conversations.models.promise import CommunityPromise, Promise, PromisedDays, Reminded, Wait
from conversations.models.talk import PER_PAGE, Conversation, Draft, Post, PostVersion, Reaction, Standing, page_with

__all__ = [
    "PER_PAGE",
    "Case",
    "CommunityPromise",
    "Conversation",
    "Draft",
    "Entry",
    "Feeling",
    "Kind",
    "Level",
    "Post",
    "PostVersion",
    "Promise",
    "PromisedDays",
    "Reaction",
    "Reminded",
    "Report",
    "Standing",
    "Wait",
    "page_with",
]
