"""How conversations of the demo are written down."""

from collections.abc import Iterator
from dataclasses import dataclass

from conversations.choices import Feeling


@dataclass(frozen=True, slots=True)
class FeelingShape:
    """Who said which word for a post: the names are those of ``Feeling``."""

    thanks: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    me_too: tuple[str, ...] = ()
    worth_trying: tuple[str, ...] = ()

    def each(self) -> Iterator[tuple[Feeling, str]]:
        yield from ((feeling, name) for feeling in Feeling for name in getattr(self, feeling.value))


@dataclass(frozen=True, slots=True)
class Removed:
    """Who reported a post and why, who took it away and with which reason; the appeal, and what was said to that."""

    by: str
    days_ago: int
    why: str
    reason: str = ""
    reported_by: tuple[str, ...] = ()
    appeal: str = ""
    answered_by: str = ""
    answer: str = ""
    answering_word: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF that is attached to a post; ``text`` is as in the files of the guidance."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A guest of one conversation: who answers for them, why they are here and until when, counted from today."""

    person: str
    sponsor: str
    purpose: str
    days_ago: int
    ends_in: int


@dataclass(frozen=True, slots=True)
class PostShape:
    """One post. Where it stands in another conversation now, ``gone_to`` is that one's slug, and ``gone_as`` its number
    there: here only its link is left. What it names with an @ is named.
    ``behalf`` is in whose name it was written, where that is somebody else's.
    """

    by: str
    days_ago: int
    text: str = ""
    at: str = "09:00"
    to: int = 0
    words: FeelingShape = FeelingShape()
    removed: tuple[Removed, ...] = ()
    gone_to: str = ""
    gone_as: int = 0
    files: tuple[Attached, ...] = ()
    behalf: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeShape:
    """What somebody said comes of it; ``said`` are the numbers of the posts that led to it."""

    stage: str
    by: str
    days_ago: int
    word: str
    said: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll. ``votes`` are the numbers of the options that each person chose, the preferred one first."""

    question: str
    by: str
    options: tuple[str, ...]
    votes: tuple[tuple[int, ...], ...]
    voters: tuple[str, ...]
    method: str = "single"
    secret: bool = True
    closed_days_ago: int = 0


@dataclass(frozen=True, slots=True)
class MoveShape:
    """``move``, ``split`` or ``merge``: what those who look after it did, with the word that everybody reads."""

    action: str
    by: str
    days_ago: int
    word: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, in the order in which it was held."""

    slug: str
    community: str
    kind: str
    title: str
    audience: str
    posts: tuple[PostShape, ...]
    topics: tuple[str, ...] = ()
    answer: int = 0
    asks_back: int = 0  # the post that asks whoever asked, and waits
    seen_by: str = ""  # who says that they look into it
    pinned: bool = False
    closed_by: str = ""
    closing_word: str = ""
    closed_days_ago: int = 0
    closes_in: int = 0  # below zero: the last day is over
    stages: tuple[OutcomeShape, ...] = ()
    poll: tuple[Asked, ...] = ()
    deeds: tuple[MoveShape, ...] = ()
    guests: tuple[Visitor, ...] = ()
    merged_into: str = ""  # the slug of an earlier conversation that has its posts: each of them has gone there
