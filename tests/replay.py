"""What a fixture writes is worked out once for each process, and written again for each test.

To make a community is a thousand steps of Python and two dozen of the database. The steps of the database are kept the
first time, and every other test that begins as that one did is given the same rows by them alone, and copies of the
same objects. ``conftest.py`` has the cast made so, and files have fixtures of theirs.
"""

import os
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

from django.core import mail
from django.db import connection
from django.utils import timezone

from core.versions import Raised

Chain = tuple[Any, ...]
WRITES_NOTHING = ("SELECT", "SAVEPOINT", "RELEASE")
UNDOES = "ROLLBACK"


@dataclass(frozen=True)
class Made:
    """What a fixture wrote and gave, when nobody had changed it yet."""

    arguments: dict[str, Any]
    changed: dict[str, dict[str, Any]]  # what it set on which of its arguments
    result: Any
    hooks: list[Any]
    mail: list[Any]
    statements: list[tuple[str, Any, bool]]  # and whether it is one for each row of many


@dataclass
class Beginning:
    """How a test began, and which fixtures have written since. ``rows`` counts what the connection wrote up to now."""

    chain: Chain | None = None
    rows: int = 0


TOLERATED = 5.0  # seconds between two clocks
_made: dict[Chain, Made] = {}
_now = Beginning()


def begins() -> None:
    """A test begins, in its transaction. Only one on SQLite that starts from the empty hub is like others that do: a
    number that PostgreSQL has given is never given again.
    """
    _now.chain = None
    if connection.vendor == "sqlite" and connection.in_atomic_block and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            numbers = cursor.execute("select name, seq from sqlite_sequence order by name").fetchall()
        _now.chain, _now.rows = (timezone.localdate(), tuple(numbers)), _written()


def _clock() -> float:
    """What the hub takes for now, beside a clock that no test sets."""
    return timezone.now().timestamp() - os.times().elapsed


RIGHT = _clock()


def replayed(build: Callable[..., Any]) -> Callable[..., Any]:
    """For a fixture that writes to the database alone, and the same whichever test asks for it: it looks at no setting,
    and at no clock that a test has set. Its arguments are copied with what it gives, so they are things of the hub.
    """

    @wraps(build)
    def given(**arguments: Any) -> Any:
        if _now.chain is None or _now.rows != _written() or abs(_clock() - RIGHT) > TOLERATED:
            _now.chain = None
            return build(**arguments)
        _now.chain = (*_now.chain, f"{build.__module__}.{build.__qualname__}")
        made = _made.get(_now.chain)
        result = _again(made, arguments) if made else _first(_now.chain, build, arguments)
        _now.rows = _written()
        _raise_versions_again()
        return result

    given.__signature__ = signature(build)  # type: ignore[attr-defined]  # pytest reads it
    return given


def _raise_versions_again() -> None:
    """The versions up to now are those of other tests, too. What a process remembers under them is true as long as
    whatever is changed from now on raises them, also where the fixture has raised them before.
    """
    for _savepoints, hook, _robust in connection.run_on_commit:
        if isinstance(hook, Raised):
            hook.is_over = True


def _written() -> int:
    return int(connection.connection.total_changes)


def _first(chain: Chain, build: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    statements: list[tuple[str, Any, bool]] = []
    hooks, mails = len(connection.run_on_commit), len(mail.outbox)
    before = {name: dict(_set_on(argument)) for name, argument in arguments.items()}

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(WRITES_NOTHING):
            statements.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        result = build(**arguments)
    if not any(sql.startswith(UNDOES) for sql, *_ in statements):
        new = [(hook, robust) for _savepoints, hook, robust in connection.run_on_commit[hooks:]]
        changed = {name: _changed(_set_on(argument), before[name]) for name, argument in arguments.items()}
        _made[chain] = Made(*deepcopy((arguments, changed, result, new, mail.outbox[mails:])), statements)
    return result


def _set_on(argument: Any) -> dict[str, Any]:
    return getattr(argument, "__dict__", {})


def _changed(after: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if value is not before.get(name)}


def _again(made: Made, arguments: dict[str, Any]) -> Any:
    with connection.cursor() as cursor:
        for sql, params, many in made.statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
    memo = {id(made.arguments[name]): value for name, value in arguments.items()}
    changed, result, hooks, mails = deepcopy((made.changed, made.result, made.hooks, made.mail), memo)
    for name, values in changed.items():
        _set_on(arguments[name]).update(values)
    connection.run_on_commit += [(set(connection.savepoint_ids), hook, robust) for hook, robust in hooks]
    mail.outbox += mails
    return result
