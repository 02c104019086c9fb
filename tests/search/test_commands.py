"""What an operator does with the index."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from indexing.embedding import EncoderMissing
from search.management.commands import search as command
from tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("search", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_check_fails_while_something_is_missing_and_passes_once_repaired(community: Any):
    StoryFactory(community=community)
    with pytest.raises(CommandError, match="differs"):
        run("check")
    assert "Repaired" in run("check", "--repair")
    assert "Missing: 0" in run("check")


def test_a_rebuild_leaves_nothing_to_repair(community: Any):
    StoryFactory(community=community)
    run("rebuild")
    run("check")


def test_stats_can_be_read_by_programs(community: Any):
    run("rebuild")
    assert json.loads(run("stats", "--json"))["documents"] >= 1


def test_without_the_model_a_rebuild_says_what_to_do(community: Any, monkeypatch: Any):
    def missing() -> None:
        raise EncoderMissing("Run “make setup”, which installs it.")

    monkeypatch.setattr(command, "shared_encoder", missing)
    with pytest.raises(CommandError, match="make setup"):
        run("rebuild")
