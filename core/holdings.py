"""What the hub holds of a person, in one register that every room fills.

A room names in its ``holdings.py``, and gives in its ``contributions.py``, what it holds of somebody: what is in the
copy that they can have, what goes when they are erased, and what stays and why. The page of what is held, the copy and
the erasure all read this::

    HELD = (
        Holding(
            "saved",
            _("What you saved"),
            _("The things that you put aside."),
            rows=lambda person: told(Saved.objects.filter(person=person), "key", "since"),
            covers=("reading.Saved.person",),
        ),
    )

    add_holdings(holdings.HELD, order=30)

``covers`` names the columns that lead to a person: a test fails for one that no room names. What hangs on the account
goes with it by itself; ``erase`` is for what would be left behind. Rows tell nobody else's words and no other's name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from core.registry import Registry
from core.text import Words

Row = Mapping[str, Any]
Person = Any  # a user: the ground floor knows no people


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One thing that a room holds of people. ``goes`` and ``stays`` are sentences; ``stays`` says why."""

    name: str
    label: Words
    says: Words
    rows: Callable[[Person], Iterable[Row]]
    covers: Collection[str] = ()  # "reading.Saved.person"
    goes: Words = ""
    stays: Words = ""
    erase: Callable[[Person], object] | None = None
    files: Callable[[Person], Iterable[FieldFile]] | None = None


HOLDINGS: Registry[PersonalData] = Registry("what is held of a person", taken_by="accounts")


def add_holdings(holdings: Iterable[PersonalData], *, order: int) -> None:
    """Everything that a room holds; ``order`` says where the room stands on the page."""
    for holding in holdings:
        HOLDINGS.add(holding.name, holding, order=order)


def told(rows: QuerySet[Any], *fields: str, **called: str) -> list[dict[str, Any]]:
    """The rows with these fields, as a copy tells of them: by their own names, or as they are ``called``."""
    paths = {**{field: field for field in fields}, **called}
    return [
        dict(zip(paths, values, strict=True)) for values in rows.order_by("pk").values_list(*paths.values()).iterator()
    ]


def nothing(_person: Person) -> Iterable[Row]:
    """For what is covered and told elsewhere, or holds nothing but the key of an account."""
    return ()
