"""The people whom many rows name, fetched at once."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from people.models import User

Named = tuple[Model, Sequence[str]]
"""A row, and those of its fields that name people."""


def name_all(rows: Iterable[Named]) -> None:
    """Give each row the people whom these fields name: one query for all of them, of whichever models they are. Whoever
    is named several times is one object.
    """
    wanted = [(row, field, getattr(row, f"{field}_id")) for row, fields in rows for field in fields]
    people = User.objects.in_bulk({pk for _row, _field, pk in wanted if pk is not None})
    for row, field, pk in wanted:
        setattr(row, field, people.get(pk))
