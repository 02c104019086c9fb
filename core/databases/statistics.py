"""What the database knows of its own tables, by which it chooses how to find rows."""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

LOOKED_AT = 1000  # rows of each index: with 200,000 posts it takes a twentieth of a second


def renew(database: BaseDatabaseWrapper = connection) -> None:
    """Have SQLite look at its tables anew, as PostgreSQL does by itself. Without that it takes the first index that
    fits: a list of one's conversations read all eight thousand of the hub.
    """
    if database.vendor != "sqlite":
        return
    with database.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")
