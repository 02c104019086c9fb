"""What ``compose.yaml`` starts is there to be started, and what has to be done again and again is in it."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
AGAIN_AND_AGAIN = {"check_audiences", "clearsessions", "db_worker", "prune_db_task_results"}
AGAIN_AND_AGAIN |= {"search", "timetable"}


@pytest.fixture
def run() -> set[str]:
    return set(re.findall(r"manage\.py (\w+)", (ROOT / "compose.yaml").read_text()))


def test_every_command_in_the_containers_exists(run: set[str]) -> None:
    assert run <= get_commands().keys()


def test_what_has_to_be_done_again_and_again_is_done(run: set[str]) -> None:
    assert run >= AGAIN_AND_AGAIN


def test_the_operators_guide_names_what_is_done_by_the_clock(run: set[str]) -> None:
    guide = (ROOT / "docs" / "operators.md").read_text().partition("## By the clock")[2].partition("\n## ")[0]
    assert all(f"`{command}" in guide for command in AGAIN_AND_AGAIN - {"db_worker"})
