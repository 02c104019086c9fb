"""Conversations as lists show them.

A row is shown from plain values, as a post is (``conversations.showing``), so that it is drawn once for all readers who
get the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from conversations.choices import IdeaStage, Kind, Reached
from conversations.models import Conversation
from conversations.promise.listings import mark_of
from core.audiences import Viewer, community_pks, viewer_tokens
from core.fragments import kept_by_value

KEPT_FOR = 600  # seconds, as long as other fragments: a new release may draw rows otherwise
DONE = frozenset({IdeaStage.WILL_DO, IdeaStage.DONE})


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """All that a row of a list says to one reader; empty where it says nothing of it."""

    level: int  # of its heading
    title: str
    url: str
    icon: str
    kind: str
    by_line: str
    community: str
    answers: int
    moment: datetime  # of the last one, or when it was begun
    is_unread: bool
    is_due: bool  # an answer to it, to members who may see to it
    is_late: bool
    stage: str
    is_done: bool
    owes_outcome: bool
    is_pinned: bool
    is_closed: bool
    is_answered: bool
    is_open_question: bool


def rows(
    conversations: Iterable[Conversation], viewer: Viewer, *, level: int = 2, names_community: bool = False
) -> list[SafeString]:
    """The rows of ``conversations``, as HTML. Those that know whether something is new (``is_unread``) say so."""
    shown = values_for(conversations, viewer, level=level, names_community=names_community)
    template = get_template("conversations/row.html")
    html = kept_by_value("conversation row", shown, KEPT_FOR, lambda row: template.render({"row": row}))
    return [mark_safe(row) for row in html]  # noqa: S308 (a template made it)


def values_for(
    conversations: Iterable[Conversation], viewer: Viewer, *, level: int = 2, names_community: bool = False
) -> list[ConversationRow]:
    """What the rows say to ``viewer``: what is due is for the members of its community."""
    own = frozenset(community_pks(viewer_tokens(viewer)))
    return [_row(each, own, level, names_community=names_community) for each in conversations]


def _row(conversation: Conversation, own: Collection[int], level: int, *, names_community: bool) -> ConversationRow:
    is_unread = bool(getattr(conversation, "is_unread", False))
    reached = mark_of(conversation) if conversation.community_id in own else Reached.NOTHING
    has_stage = conversation.has_stages and conversation.stage != IdeaStage.OPEN
    is_closed, is_answered = conversation.closed is not None, conversation.answer_id is not None
    answers = conversation.replies
    return ConversationRow(
        level=level,
        title=conversation.title,
        url=conversation.new_url if is_unread else conversation.url,
        icon=conversation.icon,
        kind=str(conversation.get_kind_display()),
        by_line=conversation.by_line,
        community=conversation.community.title if names_community and conversation.community else "",
        answers=answers,
        moment=conversation.last_posted if answers else conversation.begun,
        is_unread=is_unread,
        is_due=reached == Reached.DUE,
        is_late=reached == Reached.LATE,
        stage=str(conversation.get_stage_display()) if has_stage else "",
        is_done=has_stage and conversation.stage in DONE,
        owes_outcome=not has_stage and conversation.owes_outcome,
        is_pinned=conversation.pinned is not None,
        is_closed=is_closed,
        is_answered=is_answered and not is_closed,
        is_open_question=conversation.kind == Kind.QUESTION and not (is_answered or is_closed),
    )
