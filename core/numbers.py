"""Numbers that a database takes."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey
from django.db.models.fields.related_lookups import RelatedExact
from django.db.models.sql.compiler import SQLCompiler

LARGEST = 2**63 - 1
"""Of a key: an address may hold a larger one, which no row has."""


class ExactKey(RelatedExact):
    """The key of another row: one that no row can have finds none. Django sees to that for numbers alone, and the key
    of a page is the key of another row; SQLite fails at it.
    """

    def process_rhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(self.rhs, int) and abs(self.rhs) > LARGEST:
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


def find_no_row_by_what_is_no_key() -> None:
    ForeignKey.register_lookup(ExactKey)
