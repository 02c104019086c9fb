"""How often the promise was kept: of communities and of the hub, never of a person.

It is about the questions that were asked in the last 90 days and have come to an end, or to the end of their time. What
waits for whoever asked, what they took back or answered themselves, and what was closed in time without an answer is
left out and counted apart. Fewer than five questions give no rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from conversations.choices import Ended
from conversations.models import Promise

DAYS = 90
FEWEST = 5


@dataclass(frozen=True, slots=True)
class KeptPromises:
    """How many questions were acknowledged and answered as promised, of how many, and what is counted apart."""

    kept: int = 0
    missed: int = 0
    waiting: int = 0
    withdrawn: int = 0
    running: int = 0

    @property
    def about(self) -> int:
        return self.kept + self.missed

    @property
    def is_enough(self) -> bool:
        return self.about >= FEWEST

    @property
    def percent(self) -> int:
        """Never a hundred where one was missed."""
        rounded = round(100 * self.kept / self.about) if self.about else 0
        return min(rounded, 99) if self.missed else rounded

    @property
    def asked(self) -> int:
        return self.about + self.waiting + self.withdrawn + self.running


def of_hub() -> KeptPromises:
    return KeptPromises(**_asked().aggregate(**_counts()))


def of_community(community: int) -> KeptPromises:
    return KeptPromises(**_asked().filter(conversation__community=community).aggregate(**_counts()))


def figures_of(community: int) -> Subquery:
    """The same of one community, for a query that is asked anyway: ``Kept(**row.figures)``."""
    rows = _asked().filter(conversation__community=community).order_by().values("conversation__community")
    return Subquery(rows.annotate(figures=JSONObject(**_counts())).values("figures"))


def by_community() -> Mapping[int, KeptPromises]:
    """Of each community in which something was asked, in one query."""
    rows = _asked().order_by().values("conversation__community").annotate(**_counts())
    return {row.pop("conversation__community"): KeptPromises(**row) for row in rows}


def _asked() -> Any:
    since = timezone.now() - timedelta(days=DAYS)
    return Promise.objects.filter(asked__gte=since, conversation__community__isnull=False)


def _counts() -> dict[str, Count]:
    """Each question is counted once."""
    withdrawn = Q(ended_as__in=(Ended.WITHDRAWN, Ended.OWN))
    until = Coalesce("ended", timezone.now())
    seen = Q(acknowledged__lt=F("acknowledge_by")) | Q(acknowledged=None, acknowledge_by__gt=until)
    unseen = Q(acknowledged__gte=F("acknowledge_by")) | Q(acknowledged=None, acknowledge_by__lte=until)
    in_time = seen & (Q(answer_by=None) | Q(answer_by__gt=until))
    late = unseen | Q(answer_by__lte=until)
    counted = Q(waiting_since=None) & ~withdrawn
    return {
        "kept": Count("pk", filter=Q(ended_as=Ended.ANSWERED) & in_time),
        "missed": Count("pk", filter=counted & late),
        "waiting": Count("pk", filter=Q(waiting_since__isnull=False)),
        "withdrawn": Count("pk", filter=withdrawn | Q(ended_as=Ended.CLOSED) & in_time),
        "running": Count("pk", filter=Q(ended=None, waiting_since=None) & in_time),
    }
