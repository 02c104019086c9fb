"""The rows of conversations, one file a matter."""

from conversations.choices import Feeling, Kind, Level
from conversations.models.history import Entry
from conversations.models.mentions import Mention
from conversations.models.moderation import Case, Report
from conversations.models.outcomes import Step
from conversations.models.polls import Ballot, Option, Poll, Turnout, Vote
from conversations.models.promise import CommunityPromise, Promise, PromisedDays, Reminded, Wait
from conversations.models.talk import PER_PAGE, Conversation, Draft, Post, PostVersion, Reaction, Standing, page_with
from conversations.models.voices import Voice

__all__ = [
    "PER_PAGE",
    "Ballot",
    "Case",
    "CommunityPromise",
    "Conversation",
    "Draft",
    "Entry",
    "Feeling",
    "Kind",
    "Level",
    "Mention",
    "Option",
    "Poll",
    "Post",
    "PostVersion",
    "Promise",
    "PromisedDays",
    "Reaction",
    "Reminded",
    "Report",
    "Standing",
    "Step",
    "Turnout",
    "Voice",
    "Vote",
    "Wait",
    "page_with",
]
