"""Deleting rows on a condition that somebody else may be about to change."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet


@transaction.atomic
def delete_locked(rows: QuerySet[Any]) -> int:
    """Delete ``rows`` as they are at that moment; how many rows went, with what hung on them.

    ``QuerySet.delete()`` does not do so here. Where anything listens to ``post_delete`` (``core.versions`` listens to
    every model), Django first collects the rows and then deletes them by primary key alone: a row that another
    process changed in between goes, although the condition no longer holds for it. Locked rows cannot change. On SQLite
    a transaction has the whole database to itself from its beginning.
    """
    keys = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    return rows.model._base_manager.filter(pk__in=keys).delete()[0]
