"""Stories that something is wrong with."""

from typing import Any

import pytest

from tests.factories import StoryFactory


@pytest.fixture
def story(community: Any) -> Any:
    return StoryFactory(community=community, title="Nineteen carers")


@pytest.fixture
def hidden_story(private_community: Any) -> Any:
    return StoryFactory(community=private_community, title="The quillwort list", private=True)
