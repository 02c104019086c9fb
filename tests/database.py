"""The migrated database that every run of the tests begins with.

To migrate takes a quarter of a minute, mostly for other people's migrations, so it is done once for one state of them:
the result is kept (a file in ``var/`` for SQLite, a template database on PostgreSQL), and each process gets a copy.
"""

import fcntl
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote_plus, urlsplit, urlunsplit

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

FOLDER = Path(settings.VAR_DIR) / "cache" / "test-databases"
TEMPLATE = "folkmoot_template_"
STAYS = {"contenttypes.contenttype", "auth.permission"}
"""Most rows of an empty hub. No test changes them, so that after one that commits they need not be made again."""

BY_TRIGGER = "_fts"  # ending of SQLite's tables that follow others by themselves


@contextmanager
def migrated_once() -> Iterator[None]:
    """While this lasts, a test database is made as a copy of the kept one, which is made first where there is none.

    Processes that start together wait for the one that makes it.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    key = state_of_migrations()
    kept: Sqlite | Postgres = Sqlite(key) if connection.vendor == "sqlite" else Postgres(key)
    with (FOLDER / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_there := kept.is_there():
            fcntl.flock(lock, fcntl.LOCK_UN)

        done: list[str] = []  # only the first time makes the database

        def run(name: str, *arguments: Any, **options: Any) -> None:
            if name != "migrate" or done:
                call_command(name, *arguments, **options)
                return
            done.append(name)
            if is_there:
                kept.copy()
            else:
                call_command(name, *arguments, **options)
                kept.keep()
                fcntl.flock(lock, fcntl.LOCK_UN)

        with mock.patch("django.core.management.call_command", run), kept.settings(is_there):
            yield


def state_of_migrations() -> str:
    """A name for all migrations there are: the house's by their text, everybody else's by the versions of packages."""
    digest = sha256(" ".join(sorted(f"{it.name}=={it.version}" for it in distributions())).encode())
    for config in apps.get_app_configs():
        if config.label in settings.ROOMS:
            for file in sorted(Path(config.path, "migrations").glob("*.py")):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


class Sqlite:
    """The kept database is a file."""

    def __init__(self, key: str) -> None:
        self.file = FOLDER / f"{key}.sqlite3"

    def is_there(self) -> bool:
        return self.file.exists()

    @contextmanager
    def settings(self, _is_there: bool) -> Iterator[None]:
        yield

    def copy(self) -> None:
        connection.ensure_connection()
        with sqlite3.connect(self.file) as kept:
            kept.backup(connection.connection)
        kept.close()

    def keep(self) -> None:
        unfinished = self.file.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with sqlite3.connect(unfinished) as made:
            connection.connection.backup(made)
        made.close()
        unfinished.rename(self.file)
        for old in FOLDER.glob("*.sqlite3"):
            if old != self.file:
                old.unlink(missing_ok=True)


class Postgres:
    """The kept database is a template, from which the server itself makes the copy."""

    def __init__(self, key: str) -> None:
        # A role may copy its own databases only: another one on the same server keeps a template for itself.
        self.family = f"{TEMPLATE}{connection.settings_dict['USER'] or 'own'}_"
        self.name = self.family + key

    def is_there(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [self.name])
            return cursor.fetchone() is not None

    @contextmanager
    def settings(self, is_there: bool) -> Iterator[None]:
        changed = {"TEMPLATE": self.name} if is_there else {}
        with mock.patch.dict(connection.settings_dict["TEST"], changed):
            yield

    def copy(self) -> None:
        """The server has done it already."""

    def keep(self) -> None:
        made = connection.settings_dict["NAME"]
        connection.close()
        with connection._nodb_cursor() as cursor:
            ours = f"^{re.escape(self.family)}[0-9a-f]{{16}}$"
            cursor.execute("select datname from pg_database where datname ~ %s", [ours])
            for (old,) in cursor.fetchall():
                cursor.execute(f'drop database if exists "{old}"')
            cursor.execute(f'create database "{self.name}" template "{made}"')


@contextmanager
def emptied_but_for_what_stays() -> Iterator[None]:
    """While this lasts, a test that commits starts from what is there now, and the rows that stay are left alone.

    The database keeps a copy of the rows beside them, and puts them back by itself: saved one by one, they were more
    than half of what such a test took.
    """
    stays = {apps.get_model(label)._meta.db_table for label in STAYS}
    flush = connection.ops.sql_flush
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    copies = list(_copies_beside([table for table in tables if table not in stays and not table.endswith(BY_TRIGGER)]))

    def flushed(style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        written = [table for table in tables if table not in stays]
        return [emptied(written)] if connection.vendor == "postgresql" else flush(style, written, **options)

    def put_back(_contents: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in copies:
                cursor.execute(statement)

    connection._test_serialized_contents = "beside the tables"
    with (
        mock.patch.object(connection.ops, "sql_flush", flushed),
        mock.patch.object(connection.creation, "deserialize_db_from_string", put_back),
    ):
        yield


def _copies_beside(tables: Iterable[str]) -> Iterator[str]:
    """Copies of those tables that hold anything, where nobody else looks: the statements that put their rows back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("create schema kept")
        place = "kept" if connection.vendor == "postgresql" else "temp"  # which goes with SQLite's connection
        for table in tables:
            cursor.execute(f'select exists (select 1 from "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'create table {place}."kept_{table}" as select * from "{table}"')
                rows = f'select * from {place}."kept_{table}" where true'
                yield f'insert into "{table}" {rows} on conflict do nothing'  # they may be there yet


def emptied(tables: Sequence[str]) -> str:
    """What empties those tables on PostgreSQL that hold anything: most tests write in few of them, and ``TRUNCATE``
    makes new files for each of two hundred, which takes a second and more.
    """
    names = ", ".join(f"'{table}'" for table in tables)
    return f"""do $$ declare one text; is_written boolean; begin
      foreach one in array array[{names}] loop
        execute format('select exists (select from %I)', one) into is_written;
        if is_written then execute format('delete from %I', one); end if;
      end loop;
    end $$"""


@contextmanager
def copied(suffix: str, folder: Path) -> Iterator[str]:
    """A database of its own for other processes, as the tests' one is now: its address."""
    if connection.vendor == "sqlite":
        file = folder / f"{suffix}.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
        copy.close()
        yield f"sqlite:///{file}"
        return
    settings: Mapping[str, str] = connection.settings_dict
    name = f"{settings['NAME']}_{suffix}"
    who = f"{settings['USER']}:{quote_plus(settings['PASSWORD'])}@" if settings["USER"] else ""
    where = f"{settings['HOST'] or ''}{':' + str(settings['PORT']) if settings['PORT'] else ''}"
    address = f"postgres://{who}{where}/{name}"
    connection.close()  # a template must have no visitors
    with psycopg.connect(urlunsplit(urlsplit(address)._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f'drop database if exists "{name}"')
        server.execute(f'create database "{name}" template "{settings["NAME"]}"')
        yield address
        server.execute(f'drop database "{name}" with (force)')


def main() -> None:
    """Migrate, where nobody has done it yet, so that the next run need not wait for it."""
    django.setup()
    with migrated_once():
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, serialize=False)
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
