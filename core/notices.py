"""Kinds of notices: which events concern somebody, whom, and how they are told.

A room says in its ``contributions.py`` what its events mean to people, and nothing else is needed for them to reach the
inbox and the e-mails::

    add_notice_kind(
        NoticeKind(
            "communities.invited",  # the kind of the event in the outbox
            _("Somebody invites you to a community"),  # its line on the page of settings
            recipients=notices.whom_it_invites,
            subjects=notices.memberships_of,
            words=notices.invited,
        )
    )

An event keeps keys and figures only. What it says is put in words for one reader each time it is shown or sent, from
what that reader may see at that moment: who left, what was narrowed and what is settled meanwhile is told no more.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audiences import Person
from core.registry import Registry
from core.text import Words


class Importance(models.TextChoices):
    """How much something concerns whoever hears of it. People choose for each of these how they are told."""

    ADDRESSED = "addressed", _("Addressed to me")
    WANTED = "wanted", _("What I asked to hear of")
    MATTERS = "matters", _("What matters")
    REST = "rest", _("The rest")


class Timing(models.TextChoices):
    """When something goes out as an e-mail."""

    AT_ONCE = "at once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


USUALLY = {
    Importance.ADDRESSED: Timing.AT_ONCE,
    Importance.WANTED: Timing.DAILY,
    Importance.MATTERS: Timing.WEEKLY,
    Importance.REST: Timing.WEEKLY,
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, as a kind of notice sees it.

    ``by`` is whoever did it, where they still have an account; it is known when words are asked for.
    """

    kind: str
    subject: str  # "stories.storypage:12"
    actor: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    audience: str = ""
    by: Person | None = None

    @property
    def subject_pk(self) -> str:
        return self.subject.partition(":")[2]


@dataclass(frozen=True, slots=True)
class NoticeLink:
    """Something by itself among what one is told, and its path."""

    title: Words
    url: str


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What one reader is told, and where it leads."""

    title: Words
    url: str  # a path of the hub
    text: Words = ""
    action: Words = ""  # what the link says
    links: Sequence[NoticeLink] = ()  # what it is about, where that is several things
    about: Words = ""  # what stands above the notices of one matter; empty: the newest title does
    subject: Words = ""  # of the e-mail, where the title tells too much to whoever passes the screen


Recipients = Callable[[Happened], Iterable[int]]
Subjects = Callable[[Person, Collection[str]], Mapping[str, Any]]
"""Gets the reader and primary keys of subjects, and returns those that the reader may be told of, by key. It asks a
fixed number of queries. Kinds that share the function share its queries.
"""


def by_key(rows: Iterable[Any]) -> dict[str, Any]:
    """What a function that looks up subjects returns: rows by their primary keys."""
    return {str(row.pk): row for row in rows}


PutInWords = Callable[[Any, Happened, Person], NoticeWords | None]
"""Gets one of the subjects, what happened to it and the reader. Asks the database nothing. ``None``: it is settled, and
no longer worth telling.
"""


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that goes with an e-mail, such as an entry for one's calendar."""

    name: str
    content: bytes
    kind: str  # "text/calendar; method=PUBLISH"


Attach = Callable[[Any, str], MailAttachment]
"""Gets one of the subjects and the address of the hub. Asks the database nothing."""


def _its_subject(event: Happened) -> str:
    return event.subject


@dataclass(frozen=True)
class NoticeKind:
    """What events of one kind, or of several, mean to people.

    Exactly one of these says whom it concerns: ``recipients`` names people, each of whom gets a row; ``community``
    names the community whose members may read of it, with one row for all of them. ``matter`` is the key of what it is
    about: notices of one matter stand together.
    """

    name: str
    label: Words
    words: PutInWords
    subjects: Subjects
    recipients: Recipients | None = None
    community: Callable[[Happened], int | None] | None = None
    later: Callable[[], Mapping[str, Collection[int]]] | None = None
    """Whom else it concerns by now, by subject: what waits for somebody is told to whoever stands in once they are
    away. Asked every few minutes."""
    matter: Callable[[Happened], str] = _its_subject
    events: Collection[str] = ()  # kinds of events, where it is not the one of the same name
    importance: Importance = Importance.ADDRESSED
    timing: Timing | None = None  # of e-mails, until somebody chooses; None: what is usual for the importance
    is_security: bool = False  # told at once, and cannot be switched off
    is_mailed_apart: bool = False  # its e-mail is on its way before anybody reads of it here
    tells_actor: bool = False  # whether whoever did it hears of it, too
    attachment: Attach | None = None  # to an e-mail that goes at once
    template: str = ""  # of the e-mail's body in plain text, where a sentence and a link will not do

    def __post_init__(self) -> None:
        if (self.recipients is None) is (self.community is None):
            raise ValueError(f"The notice {self.name} needs either recipients or a community.")

    @property
    def kinds(self) -> Collection[str]:
        return self.events or (self.name,)

    @property
    def usual_timing(self) -> Timing:
        if self.is_mailed_apart:
            return Timing.NEVER
        return Timing.AT_ONCE if self.is_security else self.timing or USUALLY[self.importance]


NOTICE_KINDS: Registry[NoticeKind] = Registry("kinds of notices", taken_by="notifications")


def add_notice_kind(kind: NoticeKind, *, order: int = 0) -> NoticeKind:
    return NOTICE_KINDS.add(kind.name, kind, order=order)


def notice_kind_of(event_kind: str) -> NoticeKind | None:
    """What events of this kind mean; ``None`` where no room says so (any more)."""
    return next((kind for kind in NOTICE_KINDS if event_kind in kind.kinds), None)


ReplyTo = Callable[[Any, Person], str]
"""Gets what a notice is about and its reader, and returns the address at which it is answered by e-mail, or nothing."""
REPLY_ADDRESSES: Registry[ReplyTo] = Registry("where a notice is answered by e-mail", taken_by="notifications")

GETS_MAIL: Registry[Callable[[int], bool]] = Registry("whether somebody wants e-mails at all", taken_by="core")
"""Each is called with the key of a person. Who keeps what they chose says so here."""


def gets_mail(person: int) -> bool:
    return all(ask(person) for ask in GETS_MAIL)


class EventsWithNotices(Collection[str]):
    """Every kind of event that some notice tells of, as the rooms have added them by now."""

    def _all(self) -> Sequence[str]:
        return [event for kind in NOTICE_KINDS for event in kind.kinds]

    def __contains__(self, event: object) -> bool:
        return event in self._all()

    def __iter__(self) -> Any:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
