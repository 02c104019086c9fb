"""One process looks every minute for what has its time, until it is stopped."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from core.management.commands import timetable

pytestmark = pytest.mark.django_db


def run(monkeypatch: Any, publish: Any, times: int) -> None:
    """So many times, and then Ctrl-C."""
    left = [None] * times

    def sleep(_seconds: int) -> None:
        left.pop()
        if not left:
            raise KeyboardInterrupt

    monkeypatch.setattr(timetable.time, "sleep", sleep)
    monkeypatch.setattr(timetable, "call_command", publish)
    monkeypatch.setattr(timetable, "close_old_connections", lambda: None)
    call_command("timetable", every=1, stdout=StringIO(), stderr=StringIO())


def test_it_goes_on_until_it_is_stopped_and_outlives_a_database_that_is_away(monkeypatch):
    done: list[str] = []

    def publish(name: str, **_options: Any) -> None:
        done.append(name)
        if len(done) == 1:
            raise DatabaseError("away")

    run(monkeypatch, publish, 3)
    assert done == ["publish_scheduled"] * 3


def test_it_does_not_run_without_a_pause():
    with pytest.raises(CommandError, match="from 1"):
        call_command("timetable", every=0)
