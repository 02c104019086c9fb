"""What the pages about listening count, over the last twelve months, as far as their reader may see it.

Nothing here is about a person: voices are counted together, and where fewer than ``FEWEST`` people wrote, nothing is
said of them at all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import product
from math import ceil
from statistics import median
from typing import NamedTuple

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, ngettext

from conversations.choices import ENDS_IN_OUTCOME, IdeaStage, Kind
from conversations.models import Post
from conversations.querysets import ConversationQuerySet, PostQuerySet
from core.days import midnight
from core.working_days.services import working_calendar

MONTHS = 12
FEWEST = 5
"""People whose words are counted together at least: of fewer, one could guess who said what."""


class Month(NamedTuple):
    """What was announced in a month, and what was said in answer to anything."""

    first: date
    announced: int
    answered: int

    @property
    def label(self) -> str:
        return date_format(self.first, "M Y")

    @property
    def left(self) -> int:
        return self.announced

    @property
    def right(self) -> int:
        return self.answered


class AnsweredInMonth(NamedTuple):
    """How many questions were asked in a month, and how many of them somebody else has answered by now."""

    first: date
    asked: int
    heard: int

    @property
    def label(self) -> str:
        return date_format(self.first, "M Y")

    @property
    def left(self) -> int:
        return self.asked

    @property
    def right(self) -> int:
        return self.heard


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions of the year. ``days`` is the median of the working days until somebody else answered first."""

    asked: int
    acknowledged: int
    heard: int
    settled: int
    days: float | None
    by_month: list[AnsweredInMonth] = field(default_factory=list, compare=False)

    @property
    def in_words(self) -> str:
        """The ``days``: whole where they are, and otherwise with a half."""
        if not self.days:
            return _("the same day")
        shown = number_format(self.days, 1 if self.days % 1 else 0)
        return ngettext("%(n)s working day", "%(n)s working days", ceil(self.days)) % {"n": shown}


@dataclass(frozen=True, slots=True)
class Ideas:
    """Ideas and consultations of the year, and what came of them."""

    begun: int = 0
    considered: int = 0
    will_do: int = 0
    done: int = 0
    will_not: int = 0

    @property
    def waiting(self) -> int:
        """Nobody has said yet what comes of them."""
        return self.begun - self.will_do - self.done - self.will_not


@dataclass(frozen=True, slots=True)
class Voices:
    """How many people wrote, and the fewest of them who wrote half of all posts."""

    people: int
    half: int


class Listening:
    """The figures of one community, or of every conversation that the reader may see."""

    def __init__(self, conversations: ConversationQuerySet, today: date | None = None) -> None:
        self.conversations = conversations
        self.months = list(_months_until(today or timezone.localdate()))
        self.since = midnight(self.months[0])

    @property
    def _posts(self) -> PostQuerySet:
        """What was said in these months and still stands."""
        among = self.conversations.order_by().values("pk")
        posts: PostQuerySet = Post.objects.shown().filter(conversation__in=among, posted__gte=self.since)
        return posts

    @cached_property
    def by_month(self) -> list[Month]:
        """Each of the months, the oldest first, those in which nothing was said too."""
        announces = Q(conversation__kind=Kind.ANNOUNCEMENT, number=1)
        counted = {
            row["month"]: row
            for row in self._posts.order_by()
            .annotate(month=self._month())
            .values("month")
            .annotate(announced=Count("pk", filter=announces), answered=Count("pk", filter=_is_an_answer()))
        }
        nothing = {"announced": 0, "answered": 0}
        rows = ((first, counted.get(place, nothing)) for place, first in enumerate(self.months))
        return [Month(first, row["announced"], row["answered"]) for first, row in rows]

    def _month(self) -> Case:
        """Which of the months a post was written in. Bounds are compared by the database itself; what cuts a moment to
        its month is Python on SQLite, for each of a hundred thousand posts.
        """
        latest_first = reversed(list(enumerate(self.months)))
        return Case(*(When(posted__gte=midnight(first), then=Value(place)) for place, first in latest_first))

    @cached_property
    def announced(self) -> int:
        return sum(month.announced for month in self.by_month)

    @cached_property
    def answered(self) -> int:
        return sum(month.answered for month in self.by_month)

    @cached_property
    def questions(self) -> Questions:
        """What became of what was asked in these months."""
        by_others = _by_others_than_began(Post.objects.shown().filter(conversation=OuterRef("pk"), number__gt=1), "")
        first = by_others.order_by().values("conversation").annotate(at=Min("posted")).values("at")
        asked = self.conversations.filter(kind=Kind.QUESTION, begun__gte=self.since).order_by()
        told = asked.annotate(first=Subquery(first))
        rows = list(told.values_list("begun", "first", "answer", "closed", "promise__acknowledged"))
        calendar = working_calendar()
        spans = [
            calendar.count(calendar.local_day(begun), calendar.local_day(first))
            for begun, first, *_more in rows
            if first
        ]
        settled = sum(bool(answer or closed) for _begun, _first, answer, closed, _seen in rows)
        seen = sum(bool(seen or first) for _begun, first, *_more, seen in rows)
        months = self._answers_by_month((begun, first is not None) for begun, first, *_more in rows)
        return Questions(len(rows), seen, len(spans), settled, median(spans) if spans else None, months)

    def _answers_by_month(self, questions: Iterable[tuple[datetime, bool]]) -> list[AnsweredInMonth]:
        asked: Counter[date] = Counter()
        heard: Counter[date] = Counter()
        for begun, is_heard in questions:
            month = timezone.localdate(begun).replace(day=1)
            asked[month] += 1
            heard[month] += is_heard
        return [AnsweredInMonth(first, asked[first], heard[first]) for first in self.months]

    @cached_property
    def ideas(self) -> Ideas:
        """What became of what was proposed, or asked of everybody, in these months."""
        among = self.conversations.filter(kind__in=ENDS_IN_OUTCOME, begun__gte=self.since).order_by()
        counted = dict(among.values_list("stage").annotate(n=Count("pk")))
        stages = (IdeaStage.CONSIDERING, IdeaStage.WILL_DO, IdeaStage.DONE, IdeaStage.WILL_NOT)
        return Ideas(sum(counted.values()), *(counted.get(stage, 0) for stage in stages))

    @cached_property
    def voices(self) -> Voices | None:
        """Nothing where fewer than ``FEWEST`` people wrote."""
        written = sorted((count for _author, count in _by_author(self._posts)), reverse=True)
        return Voices(len(written), _half_of(written)) if len(written) >= FEWEST else None

    @cached_property
    def unanswered_announcements(self) -> int:
        """Announcements to which nobody said anything."""
        said_back = _by_others_than_began(Post.objects.shown().filter(conversation=OuterRef("pk"), number__gt=1), "")
        announced = self.conversations.filter(kind=Kind.ANNOUNCEMENT, begun__gte=self.since).order_by()
        return announced.filter(~Exists(said_back)).count()


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """The same figures, as they were at the moment ``at``: what is kept of the whole hub, where they cost as much as a
    year of posts.
    """

    at: datetime
    by_month: list[Month]
    announced: int
    answered: int
    questions: Questions
    ideas: Ideas
    voices: Voices | None
    unanswered_announcements: int


def counted(listening: Listening) -> KeptFigures:
    """All of it now."""
    return KeptFigures(
        timezone.now(),
        listening.by_month,
        listening.announced,
        listening.answered,
        listening.questions,
        listening.ideas,
        listening.voices,
        listening.unanswered_announcements,
    )


def _is_an_answer() -> Q:
    """Which posts answer somebody else: not what whoever began it adds to their own words before anybody has spoken."""
    began = Q(author=F("conversation__begun_by")) | Q(principal=F("conversation__principal"))
    before = Post.objects.shown().filter(conversation=OuterRef("conversation"), number__lt=OuterRef("number"))
    return Q(number__gt=1) & (~began | Q(Exists(_by_others_than_began(before, "conversation__"))))


def _by_others_than_began(posts: PostQuerySet, conversation: str) -> PostQuerySet:
    """Those of ``posts``, about one ``conversation`` of the query around them, that are of somebody else's side."""
    for began, writer in product(("begun_by", "principal"), ("author", "principal")):
        posts = posts.exclude(**{writer: Coalesce(OuterRef(f"{conversation}{began}"), Value(0))})
    return posts


def _by_author(posts: "QuerySet[Post]") -> Iterator[tuple[int, int]]:
    """A voice is that of whoever is spoken for: what a delegate writes counts for the person whose word it is."""
    voice = Case(When(is_for_another=True, then=F("principal")), default=F("author"))
    written = posts.annotate(speaker=voice).filter(speaker__isnull=False).order_by()
    yield from written.values_list("speaker").annotate(n=Count("pk"))


def _half_of(counts: Sequence[int]) -> int:
    """How many of the largest ``counts`` come to half of all."""
    half, reached = sum(counts) / 2, 0
    for number, count in enumerate(counts, start=1):
        reached += count
        if reached >= half:
            return number
    return 0


def _months_until(today: date) -> Iterator[date]:
    """The first days of the last ``MONTHS`` months, this one included, the oldest first."""
    number = today.year * 12 + today.month - 1
    for month in range(number - MONTHS + 1, number + 1):
        yield date(month // 12, month % 12 + 1, 1)
