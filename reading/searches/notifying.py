"""Tells people what is new in their saved searches: an event for each search, with the keys of what is new.

The outbox may bring somebody twice. ``SearchOwner.looked`` is set with one conditional update, in the transaction that
writes down what is told: a process that is killed has told all of it or nothing, and nobody is told twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.audiences import Person
from core.outbox import emit
from reading.models import SavedSearch, SearchOwner
from reading.searches import news as unseen, notices, services
from search.lookup import still_visible
from search.synonyms import Groups, groups as read_groups

MOST = 100  # things of one search that a notice names


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one saved search. ``told`` are the keys that count as told from now on."""

    search: SavedSearch
    keys: Sequence[str]
    told: Sequence[str]


def tell(reader: Person, *, since: datetime, groups: Groups | None = None) -> bool:
    """Tell ``reader`` what is new to them; whether that was anything. Nobody is told again who was since ``since``.

    EngineUnavailable where nobody can say what is new. ``groups`` are the words that mean the same.
    """
    row, _made = SearchOwner.objects.get_or_create(owner_id=reader.pk)
    if row.looked is not None and row.looked >= since:
        return False
    news = news_for(reader, groups)
    with transaction.atomic():
        still = SearchOwner.objects.filter(pk=row.pk, looked=row.looked)
        if not still.update(looked=timezone.now()):
            return False  # another process did
        for one in news:
            remember(one)
    return bool(news)


def news_for(reader: Person, groups: Groups | None = None) -> list[News]:
    """What is new in each search of ``reader``, as far as they may see it now."""
    known = read_groups() if groups is None else groups
    kept = services.saved_by(reader).filter(alerts=True)
    return [news for mine in kept if (news := news_of(mine, reader, known)) is not None]


def news_of(mine: SavedSearch, reader: Person, groups: Groups) -> News | None:
    """What is new in one search. One that was never answered before begins here, and has no news yet."""
    found = unseen.found_by(mine, reader, untold=True, groups=groups)
    if found.baseline:
        SavedSearch.objects.filter(pk=mine.pk, known__isnull=True).update(known=found.keys)
        return None
    seen = [stored.key for stored in still_visible(found.new, reader)]
    if not seen:
        return None
    hidden = found.new_keys.difference(seen)
    told = unseen.latest((key for key in found.keys if key not in hidden), mine.told)
    return News(mine, seen[:MOST], told)


def remember(one: News) -> None:
    """What is told now is news until its owner looks, and is not told again."""
    mine = one.search
    news = list(dict.fromkeys([*one.keys, *mine.news]))[:MOST]
    SavedSearch.objects.filter(pk=mine.pk).update(told=one.told, news=news)
    emit(notices.NEWS, mine, data={"keys": list(one.keys)})
