"""Whatever button somebody presses where people talk and thank, search agrees with the database afterwards.

As in ``test_freshness_through_the_door.py``; the buttons are those of ``tests/conversations/pressing.py``.
"""

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

from communities.models import FACILITATOR
from conversations.polls import services as polls
from indexing import maintenance
from people.models import User
from search.services import changed
from tests.conftest import browse
from tests.conversations.pressing import PRESSED, Scene, filled, scene
from tests.factories import PersonFactory, make_member

__all__ = ["scene"]

BEGUN = {"kind": "discussion", "title": "Steps", "text": "Mine.", "key": "", "audience": "members"}
Place = Callable[[Scene], str]
WRITTEN: dict[str, tuple[str, Callable[[Scene], object], Place, dict[str, str]]] = {
    "begin": (
        "bryn",
        lambda _scene: None,
        lambda scene: f"/conversations/in/{scene.question.community.slug}/new/",
        {
            "kind": "discussion",
            "title": "Steps",
            "text": "Mine.",
            "key": "",
            "audience": "members",
            "topics": "Ladders",
        },
    ),
    "answer": (
        "asha",
        lambda _scene: None,
        lambda scene: scene.question.url,
        {"text": "The library.", "seen": "2", "key": ""},
    ),
    "write other words": (
        "bryn",
        lambda _scene: None,
        lambda scene: f"/conversations/posts/{scene.post.pk}/edit/",
        {"text": "Two of them."},
    ),
    "say what it is about": (
        "carys",
        lambda _scene: None,
        lambda scene: f"{scene.question.url}topics/",
        {"topics": "Ladders, Tools"},
    ),
    "vote": (
        "asha",
        lambda scene: polls.set_up(scene.idea, scene.bryn, "Where?", ["The mill", "The weir"], is_secret=False),
        lambda scene: f"{scene.idea.url}poll/",
        {"choice": "an option"},
    ),
}
DEEDS = {**PRESSED, **WRITTEN}


@pytest.mark.parametrize("part", range(4))
def test_search_agrees_with_the_database(
    scene: Scene, settings: Any, tmp_path: Path, part: int, django_capture_on_commit_callbacks: Any
) -> None:
    """Each from the same beginning: its rows are undone, and its index is a copy."""
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'begun'}"}
    make_member(PersonFactory(first_name="Morgan", last_name="Price"), scene.question.community, FACILITATOR)
    maintenance.rebuild()
    assert not maintenance.compare()
    wrong = []
    for deed in [*DEEDS][part::4]:
        shutil.copytree(tmp_path / "begun", tmp_path / deed)
        settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / deed}"}
        with transaction.atomic():
            status, left = pressed(deed, deepcopy(scene))
            transaction.set_rollback(True)
        wrong += [(deed, status, left)] if (status, left) != (302, set()) else []
    assert wrong == []


def pressed(deed: str, scene: Scene) -> tuple[int, set[str]]:
    """The answer to it, and what search has otherwise than the database."""
    name, before, where, given = DEEDS[deed]
    with TestCase.captureOnCommitCallbacks(execute=True):
        before(scene)
        changed(scene.question.community)  # some give it a topic as no page does
    who = User.objects.get(name="Morgan Price") if name == "morgan" else getattr(scene, name)
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = browse(who).post(*filled(deed, scene, where(scene), given))
    return answer.status_code, set(maintenance.compare().keys())
