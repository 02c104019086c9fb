"""What is read in tests of For you, with an index of its own for every test."""

from typing import Any

import pytest

from stories.models import StoryPage
from tests.engines import own_index_for_each
from tests.factories import StoryFactory, tell
from tests.reading.bees import bees

__all__ = ["mine", "nothing_beside", "own_index_for_each"]


@pytest.fixture
def nothing_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest stories stand on the front page anyway; in some tests they would hide what is looked for."""
    monkeypatch.setattr("home.listings.STORIES", 0)


@pytest.fixture
def mine(home: Any, carys: Any) -> StoryPage:
    """A story that Carys told."""
    story: StoryPage = tell(bees(StoryFactory, "Bees on the roof"), carys)
    return story
