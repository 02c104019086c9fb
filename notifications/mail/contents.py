"""What one e-mail tells: what its reader may be told now, has not read, and was not told before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from core.notices import MailAttachment, NoticeLink, Timing
from notifications.letters import Letter
from notifications.mail.timing import kinds_told
from notifications.models import Happening, Notice, Preferences
from notifications.wording import WordedNotice, with_what_broke
from people.models import User

SHOWN = 30  # in one e-mail
OF_ONE = 8  # in one group, where there are several
LOOKED_AT = 500  # of what happened in communities; of more than these, the number is not told
OLDEST = timedelta(days=31)


@dataclass
class DigestGroup:
    """What is told of one matter, or of one community, the newest first."""

    title: str
    url: str = ""
    items: list["Item"] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Item:
    """One thing that happened, in the words for its reader."""

    title: str
    url: str
    text: str
    action: str
    links: Sequence[NoticeLink]
    at: datetime
    matter: str
    subject: str  # of an e-mail that tells nothing else
    told: WordedNotice

    @property
    def says(self) -> tuple[object, ...]:
        """What a reader could tell it by. What happened in communities is told each time."""
        happening = self.told.happening
        return self.title, self.url, self.text, self.links, happening.pk if happening.community_id else None

    def attachment(self, root: str) -> MailAttachment | None:
        """What goes with it, made for the hub at the address ``root``."""
        kind = self.told.happening.notice_kind
        return kind.attachment(self.told.thing, root) if kind and kind.attachment else None


@dataclass
class Contents:
    """All that one e-mail tells. ``broken`` are notices that could not be put in words: they wait for another one."""

    addressed: list[DigestGroup]
    heard: list[DigestGroup]
    broken: list[int]

    @property
    def groups(self) -> list[DigestGroup]:
        return [*self.addressed, *self.heard]

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    @property
    def more(self) -> int:
        return sum(group.more for group in self.groups)

    @property
    def total(self) -> int:
        return len(self.items) + self.more

    @property
    def is_of_security(self) -> bool:
        """Whether it tells of what nobody can switch off: that stands in e-mails of its own."""
        return any(kind.is_security for item in self.items if (kind := item.told.happening.notice_kind))

    @property
    def matters(self) -> set[str]:
        return {item.matter for item in self.items}


def contents_of(letter: Letter, reader: User, preferences: Preferences) -> Contents:
    """What ``letter`` tells its reader now. Called with their language and time zone."""
    wanted = Notice.objects.unread().filter(person=reader, pk__in=letter.notices)
    notices = {notice.happening_id: notice.pk for notice in wanted}
    addressed, broken = _told(reader, _with_actor(Happening.objects.filter(pk__in=notices)))
    heard, _broken = _told(reader, _heard(letter, reader, preferences))
    budget = SHOWN
    groups = []
    for title_of, told in ((_matter, addressed), (_community, heard)):
        made = _grouped(told, title_of, budget)
        budget -= sum(len(group.items) for group in made)
        groups.append(made)
    return Contents(groups[0], groups[1], [notices[pk] for pk in broken])


def _heard(letter: Letter, reader: User, preferences: Preferences) -> Any:
    """What happened in communities between the last e-mail of this kind and this one."""
    kinds = kinds_told(preferences, Timing(letter.timing))
    if not kinds or letter.until <= letter.after:
        return ()
    new = (
        Happening.objects.heard_by(reader)
        .mark_read_by(reader)
        .filter(
            is_read=False,
            pk__gt=letter.after,
            pk__lte=letter.until,
            at__gte=timezone.now() - OLDEST,
            kind__in=kinds,
        )
    )
    return _with_actor(new).select_related("community")[:LOOKED_AT]


def _with_actor(happenings: QuerySet[Happening]) -> QuerySet[Happening]:
    return happenings.select_related("actor").order_by("-pk")


def _told(reader: User, happenings: Iterable[Happening]) -> tuple[list[WordedNotice], list[int]]:
    """What may be told, and the keys of what breaks: one of those keeps nothing else from being told."""
    rows = list(happenings)
    told, broken = with_what_broke(reader, rows) if rows else ([], [])
    return told, [row.pk for row in broken]


def _grouped(
    told: Sequence[WordedNotice], title_of: Callable[[WordedNotice], tuple[str, str, object]], budget: int
) -> list[DigestGroup]:
    """In the order of the newest in each. What does not fit is counted."""
    groups: dict[object, DigestGroup] = {}
    for one in told:
        title, url, key = title_of(one)
        group, item = groups.setdefault(key, DigestGroup(title, url)), _item(one)
        if item.says not in {each.says for each in group.items[-OF_ONE:]}:  # of several changes, how it stands now
            group.items.append(item)
    most = OF_ONE if len(groups) > 1 else SHOWN
    for group in groups.values():
        shown = max(min(most, budget), 0)
        group.more = len(group.items) - len(group.items[:shown])
        group.items = group.items[:shown]
        budget -= len(group.items)
    return list(groups.values())


def _matter(one: WordedNotice) -> tuple[str, str, str]:
    return str(one.words.about or ""), "", one.happening.matter


def _community(one: WordedNotice) -> tuple[str, str, int | None]:
    """What happened in a community that is not live stands without its name: its row is a draft."""
    community = one.happening.community
    return (community.title, str(community.url), community.pk) if community and community.live else ("", "", None)


def _item(one: WordedNotice) -> Item:
    words, kind = one.words, one.happening.notice_kind
    text = str(words.text)
    if kind and kind.template:
        text = render_to_string(kind.template, {"words": words, "happening": one.happening}).strip()
    title = str(words.title)
    subject = str(words.subject or title)
    happened = one.happening
    return Item(title, words.url, text, str(words.action), words.links, happened.at, happened.matter, subject, one)
