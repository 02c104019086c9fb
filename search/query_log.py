"""Listens to what people search for, so that editors learn what is missing. It never learns who asked."""

import re
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.row_locks import delete_locked
from indexing.text_analysis import words
from search.models import LoggedQuery
from search.query import Query

KEPT = timedelta(days=90)  # after the last time that it was asked
MOST = 20_000  # different questions; a flood of them fills no disk
# An address, a telephone number, a reference: what may say who somebody is.
PERSONAL = re.compile(r"@|\d[\d \-/]{4,}\d")


def log_search(query: Query, found: int) -> None:
    """Count a question, and whether it found nothing. Further pages and narrowed lists are the same question again."""
    text = normalised(query.text)
    if not text or query.filters or query.page > 1:
        return
    counted = {"times": F("times") + 1, "empty": F("empty") + int(found == 0), "last_asked": timezone.localdate()}
    if not LoggedQuery.objects.filter(text=text).update(**counted):
        _first_time(text, found)


def opened(text: str) -> None:
    """Count that somebody opened one of the results."""
    LoggedQuery.objects.filter(text=normalised(text)).update(opened=F("opened") + 1)


def normalised(text: str) -> str:
    """The question as it is counted: its words, however they were written. Nothing where it may tell of a person."""
    return "" if PERSONAL.search(text) else " ".join(words(text))[:200]


def unanswered() -> QuerySet[LoggedQuery]:
    """What found nothing half of the time or more, or was never worth opening, most asked first."""
    often = LoggedQuery.objects.filter(times__gte=LoggedQuery.FEWEST)
    return often.filter(Q(empty__gte=F("times") / 2.0) | Q(opened=0)).order_by("-empty", "-times", "text")


def _first_time(text: str, found: int) -> None:
    # Somebody else may ask it for the first time at the same moment; one of the two is then not counted.
    LoggedQuery.objects.bulk_create([LoggedQuery(text=text, times=1, empty=int(found == 0))], ignore_conflicts=True)


def tidy() -> None:
    """Forget what was not asked for long, and of a flood of questions those that were asked least."""
    delete_locked(LoggedQuery.objects.filter(last_asked__lt=timezone.localdate() - KEPT))
    too_many = LoggedQuery.objects.order_by("-times", "-last_asked", "-pk").values_list("pk", flat=True)[MOST:]
    LoggedQuery.objects.filter(pk__in=list(too_many)).delete()
