"""``manage.py doctor``: what is wrong with an installation, in sentences, and what to do about it.

A room adds what it can look at in its ``contributions.py``::

    CHECKS.add("index", Check(_index))

A check yields a ``Complaint`` for each thing that is wrong. One that fails itself is a complaint, and keeps no other
from being asked.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connection

from core.registry import Registry

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that is wrong. What is only to be thought about is not ``grave``: people can work all the same."""

    what: str
    do: str
    is_grave: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at."""

    look: Callable[[], Iterable[Complaint]]
    needs_database: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: nothing where all is well."""

    name: str
    complaints: tuple[Complaint, ...]

    @property
    def is_grave(self) -> bool:
        return any(one.is_grave for one in self.complaints)


CHECKS: Registry[Check] = Registry("what is looked at in an installation", taken_by="core")
DATABASE = "database"


def examine(names: Collection[str] = ()) -> Iterator[Finding]:
    """Run the checks, or those of ``names``. Without a database that answers, those that need it are left out."""
    there_is_one = _database_answers()
    for given in CHECKS.contributions():
        wanted = not names or given.name in names
        if wanted and (there_is_one or not given.value.needs_database):
            yield Finding(given.name, tuple(_look(given.value)))


def _look(check: Check) -> list[Complaint]:
    try:
        return list(check.look())
    except Exception as error:
        logger.debug("A check failed.", exc_info=True)
        said = f"This could not be looked at: {type(error).__name__}: {error}"
        return [Complaint(said, "If migrations are missing, apply them first; else look at the error.")]


def _database_answers() -> bool:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
