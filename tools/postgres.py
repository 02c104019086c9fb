"""Finds a PostgreSQL server for the tests, and leaves it as it was."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

HOW_TO_GET = (
    "no PostgreSQL could be reached; start one here (Debian: apt install postgresql) or name one whose user may create "
    "databases: DATABASE_URL=postgres://user:password@host/name make test"
)
MAY_CREATE = "select 1 from pg_roles where rolname = current_user and (rolcreatedb or rolsuper)"


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a server on which tests may create their databases, or ``None``.

    The one that ``DATABASE_URL`` names comes first; then the local one, as oneself; then the local one with a role that
    lives as long as the tests do.
    """
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres://", "postgresql://", "psql://")):
        yield named
    elif shutil.which("psql") is None:
        yield None
    elif ask(MAY_CREATE) == "1":
        yield "postgres:///postgres"
    elif os.geteuid() == 0 and ask("select 1", as_postgres=True) == "1":
        with passing_role() as address:
            yield address
    else:
        yield None


@contextmanager
def passing_role() -> Iterator[str]:
    """A role of the local server that is gone afterwards, and its databases with it."""
    name, password = f"folkmoot_{secrets.token_hex(4)}", secrets.token_hex(16)
    ask(f"create role {name} login createdb password '{password}'", as_postgres=True)
    port = ask("show port", as_postgres=True)
    try:
        yield f"postgres://{name}:{password}@127.0.0.1:{port}/postgres"
    finally:
        left = ask(f"select datname from pg_database where datdba = '{name}'::regrole", as_postgres=True)  # noqa: S608 (only our own names are put in)
        for database in left.split():
            ask(f'drop database "{database}" with (force)', as_postgres=True)
        ask(f"drop role {name}", as_postgres=True)


def ask(statement: str, *, as_postgres: bool = False) -> str:
    """The answer of the local server, empty when it has none."""
    become = ["runuser", "-u", "postgres", "--"] if as_postgres else []
    psql = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--dbname=postgres", "--command", statement]
    answer = subprocess.run([*become, *psql], cwd="/", capture_output=True, text=True, timeout=30, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""
