"""What PostgreSQL refuses is refused on SQLite, too, so that the quick run finds it in every service there is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import DataError, NotSupportedError, connection
from django.db.models import CharField, Field
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import LOUTER

INNERMOST = re.compile(r"\([^()]*\)")


@contextmanager
def refusing() -> Iterator[None]:
    """While this lasts, SQLite locks no rows that PostgreSQL could not lock, and keeps no text that is too long."""
    if connection.vendor != "sqlite":
        yield
        return
    as_sql, prepared = SQLCompiler.as_sql, Field.get_db_prep_save

    def checked(self: SQLCompiler, *arguments: Any, **options: Any) -> Any:
        made = as_sql(self, *arguments, **options)
        if self.query.select_for_update and (reason := why_not(self.query, made[0])):
            raise NotSupportedError(reason)
        return made

    def fitting(self: Any, value: Any, connection: Any) -> Any:
        made = prepared(self, value, connection)
        if isinstance(self, CharField) and isinstance(made, str) and len(made) > (self.max_length or len(made)):
            raise DataError(f"value too long for {self} of {self.max_length} characters")
        return made

    with mock.patch.object(SQLCompiler, "as_sql", checked), mock.patch.object(Field, "get_db_prep_save", fitting):
        yield


def why_not(query: Any, sql: str) -> str:
    """Why PostgreSQL would not lock the rows of ``query``, if so."""
    if query.distinct or query.group_by is not None or query.combinator:
        return "FOR UPDATE is not allowed with DISTINCT, GROUP BY or UNION"
    if not query.select_for_update_of and LOUTER in without_subqueries(sql):
        return "FOR UPDATE cannot be applied to the nullable side of an outer join"
    return ""


def without_subqueries(sql: str) -> str:
    """What stands in no parentheses."""
    while (shorter := INNERMOST.sub("", sql)) != sql:
        sql = shorter
    return sql
