"""Searches that somebody keeps: saving them, removing them, and whether they hear of what is new."""

from datetime import timedelta
from hashlib import sha256
from json import dumps

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.audiences import Viewer
from core.row_locks import delete_locked
from core.secret_urls import new_number
from core.text import printable
from core.versions import changed_for
from reading.models import SavedSearch, SearchOwner
from search.query import Query

MOST = 50  # for one person
BROUGHT_BACK = timedelta(days=1)  # how long what was removed can be
MOST_CHOICES, LONGEST_CHOICE = 40, 300


class TooManySearches(Exception):
    """Somebody has saved as many searches as one person can."""


def saved_by(owner: Viewer) -> QuerySet[SavedSearch]:
    """The searches that ``owner`` keeps, newest first."""
    return SavedSearch.objects.filter(owner=owner.pk, removed=None)


def saved_as(owner: Viewer, query: Query) -> SavedSearch | None:
    """The search that ``owner`` saved with this question and these choices."""
    return saved_by(owner).filter(fingerprint=fingerprint(query)).first() if query.asks else None


def fingerprint(query: Query) -> str:
    """The same for the same question with the same choices, whatever page of it one was on."""
    return sha256(dumps([query.text.casefold(), chosen(query)], sort_keys=True).encode()).hexdigest()


def chosen(query: Query) -> dict[str, list[str]]:
    """The choices as they are kept; nonsense of endless length is left out."""
    kept = {name: sorted(clean(value) for value in values)[:MOST_CHOICES] for name, values in query.filters.items()}
    return {name: [value for value in values if value] for name, values in sorted(kept.items())}


def clean(value: str) -> str:
    return printable(value)[:LONGEST_CHOICE].strip()


@transaction.atomic
def save(owner: Viewer, query: Query, *, alerts: bool = False) -> SavedSearch:
    """Keep a search for ``owner``; one that they have already stays as it is, one that they removed comes back.

    ``alerts`` says that they want to be told what is new. Nobody is who did not ask for it.
    """
    locked(owner)
    query = Query.of(query.text, chosen(query))
    mine = SavedSearch.objects.filter(owner=owner.pk, fingerprint=fingerprint(query)).first()
    if mine is None or mine.removed is not None:
        if saved_by(owner).count() >= MOST:
            raise TooManySearches
        mine = mine or SavedSearch(
            owner_id=owner.pk, fingerprint=fingerprint(query), text=query.text, filters=chosen(query)
        )
        mine.alerts, mine.saved, mine.removed = False, timezone.now(), None
        mine.known, mine.told, mine.news = None, [], []  # it begins anew
        mine.save()
    if alerts:
        set_alerts(mine, wanted=True)
    return mine


def locked(owner: Viewer) -> SearchOwner:
    """What is kept of ``owner``, held until the transaction is over: nobody gets past the limit by asking twice."""
    SearchOwner.objects.get_or_create(owner_id=owner.pk)
    return SearchOwner.objects.select_for_update().get(owner=owner.pk)


@transaction.atomic
def remove(mine: SavedSearch) -> None:
    """Keep a search no longer. Its feed ends; for a day it can be brought back."""
    SavedSearch.objects.filter(pk=mine.pk).update(removed=timezone.now())
    inbox_changed(mine)
    forget_removed()


def forget_removed() -> None:
    """What was removed a day ago is gone."""
    delete_locked(SavedSearch.objects.filter(removed__lt=timezone.now() - BROUGHT_BACK))


@transaction.atomic
def bring_back(mine: SavedSearch) -> None:
    """Keep again what was removed, with all that is known of it."""
    locked(mine.owner)
    if saved_by(mine.owner).count() >= MOST:
        raise TooManySearches
    SavedSearch.objects.filter(pk=mine.pk).update(removed=None)
    inbox_changed(mine)


@transaction.atomic
def set_alerts(mine: SavedSearch, *, wanted: bool) -> None:
    """Tell its owner of what is new in a search, or no longer."""
    SavedSearch.objects.filter(pk=mine.pk).update(alerts=wanted)
    mine.alerts = wanted
    inbox_changed(mine)


def inbox_changed(mine: SavedSearch) -> None:
    """What was told of a search is told no more, or again."""
    changed_for([mine.owner_id])


@transaction.atomic
def renew_address(mine: SavedSearch) -> None:
    """A new secret address for the feed; the old one stops working."""
    SavedSearch.objects.filter(pk=mine.pk).update(feed_number=new_number())
