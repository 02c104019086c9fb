"""The rows of conversations, one file a matter."""

from conversations.choices import Feeling, Kind, Level
from conversations.models.attachments import Attachment, AttachmentText
from conversations.models.by_line import ByLine
from conversations.models.delegates import Delegation
from conversations.models.guests import Guest
from conversations.models.history import Entry
from conversations.models.mail import Came, IncomingMail, ReplyAddress, Why
from conversations.models.mentions import Mention
from conversations.models.moderation import Case, Report
from conversations.models.outcomes import Step
from conversations.models.polls import Ballot, Option, Poll, Turnout, Vote
from conversations.models.promise import CommunityPromise, Promise, PromisedDays, Reminded, Wait
from conversations.models.talk import (
    PER_PAGE,
    POSTS,
    Conversation,
    Draft,
    Post,
    PostVersion,
    Reaction,
    ReadAhead,
    Standing,
    page_with,
    posts_of,
    talk_of,
)
from conversations.models.topics import ConversationTopic
from conversations.models.voices import Voice

__all__ = [
    "PER_PAGE",
    "POSTS",
    "Attachment",
    "AttachmentText",
    "Ballot",
    "ByLine",
    "Came",
    "Case",
    "CommunityPromise",
    "Conversation",
    "ConversationTopic",
    "Delegation",
    "Draft",
    "Entry",
    "Feeling",
    "Guest",
    "IncomingMail",
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
    "ReadAhead",
    "Reminded",
    "ReplyAddress",
    "Report",
    "Standing",
    "Step",
    "Turnout",
    "Voice",
    "Vote",
    "Wait",
    "Why",
    "page_with",
    "posts_of",
    "talk_of",
]
