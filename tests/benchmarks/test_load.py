"""A short crowd on the production server, with a worker and a web process killed in the middle: nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.crowd import report
from benchmarks.crowd.inside import miscounted
from benchmarks.crowd.people import AWAY, TimedResponse
from conversations.choices import Kind
from conversations.models import Conversation, Option, Turnout
from conversations.polls import services as polls
from tests.conversations.saying import answered, begun
from tests.database import copied

ROOT = Path(__file__).parents[2]


def crowd(database: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks.crowd", "--people", "12", "--seconds", "15", "--kill", *arguments]
    environment = {**os.environ, "DATABASE_URL": database}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=1200)


@pytest.mark.slow
@pytest.mark.drill  # with each change on PostgreSQL alone, which a hub of that size has
def test_nothing_is_lost_on_sqlite():
    done = crowd("")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing failed and nothing was lost." in done.stdout


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db  # so that there is a database to copy
def test_nothing_is_lost_on_postgresql(tmp_path: Path):
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    with copied("crowd", tmp_path) as migrated:
        done = crowd(address, "--template", migrated.rpartition("/")[2])
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_number_that_its_rows_do_not_give_is_found(community, asha, bryn):
    talk = begun(community, asha, Kind.IDEA)
    answered(talk, bryn)
    polls.vote(polls.set_up(talk, asha, "Where?", ["The mill", "The weir"]), bryn, [Option.objects.first().pk])
    assert [*miscounted()] == []
    Turnout.objects.all().delete()
    Conversation.objects.update(last_number=1, last_posted=talk.begun)
    assert len([*miscounted()]) == 4


ANSWERS = {
    "an error of the server": (500, 0.0, True),
    "nobody there, and nobody was killed": (AWAY, 500.0, True),
    "nobody there, just after a kill": (AWAY, 101.0, False),
    "an error just after a kill": (503, 101.0, True),
    "what is not there": (404, 0.0, False),
    "what may not be": (403, 0.0, False),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_what_counts_as_a_fault(what):
    status, at, is_fault = ANSWERS[what]
    assert bool(report.faults([TimedResponse("list", "/", status, 10.0, at)], kills=[100.0])) is is_fault
