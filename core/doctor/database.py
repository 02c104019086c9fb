"""The database: it answers, has all its tables, and its clock is the hub's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core.doctor import Complaint

APART = timedelta(seconds=5)


def reach() -> Iterator[Complaint]:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        said = f"The database does not answer: {' '.join(str(error).split())}"
        yield Complaint(said, "See that it runs, and that DATABASE_URL names it. Other checks were left out.")
        return
    if settings.IN_PRODUCTION and connection.vendor == "sqlite" and str(connection.settings_dict["NAME"]) == ":memory:":
        yield Complaint("The database is kept in memory, and is lost with each process.", "Set DATABASE_URL.")


def migrations() -> Iterator[Complaint]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        names = ", ".join(f"{one.app_label}.{one.name}" for one, _backwards in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield Complaint(f"Migrations are not applied: {names}{more}.", "Run “manage.py migrate”, then restart.")


def clock() -> Iterator[Complaint]:
    apart = abs(timezone.now() - _now_of_the_database())
    if apart > APART:
        seconds = round(apart.total_seconds())
        yield Complaint(
            f"The clocks of this machine and of the database are {seconds} seconds apart.",
            "Let both take their time from the same server (NTP). What is due would come too early or too late.",
        )


def _now_of_the_database() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            found: datetime = cursor.fetchone()[0]
            return found
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
