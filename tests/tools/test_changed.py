"""What ``make test ARGS=--changed`` asks."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests import tables
from tools import changed
from tools.terminal import Trouble

STORY = "stories.StoryPage"


def test_a_file_belongs_to_the_room_that_it_is_named_for() -> None:
    of_rooms = {
        "stories/models.py": ["stories"],
        "templates/stories/story.html": ["stories"],
        "templates/components/card.html": ["design"],
        "static/css/base.css": ["design"],
        "tests/stories/test_writing.py": ["stories"],
        "tests/visibility/stories.py": ["stories"],
        "tools/run.py": ["tools"],
        "docs/stories.md": [],
        "README.md": [],
    }
    assert {file: list(changed.folders_of([file])) for file in of_rooms} == of_rooms


def test_each_room_that_differs_is_asked_whole_and_the_tables_of_all_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "files", lambda: ["thanks/models.py", "templates/stories/story.html"])
    asked = changed.arguments()
    assert asked[:2] == ["tests/stories", "tests/thanks"]
    assert "tests/test_visibility_matrix.py" in asked
    assert asked[-1] == "--rooms=stories,thanks"


def test_where_no_room_differs_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "files", lambda: ["README.md"])
    with pytest.raises(Trouble):
        changed.arguments()


def cells() -> Iterator[Any]:
    for name in ("home.HomePage", STORY, "thanks/"):
        params = SimpleNamespace(params={"name": name})
        yield SimpleNamespace(
            path=tables.TESTS / "test_all.py", nodeid=f"test_all.py::test_row[{name}]", callspec=params
        )
    for cell in ("a", "b"):
        yield SimpleNamespace(path=tables.TESTS / "stories" / "test_x.py", nodeid=f"stories/test_x.py::test_x[{cell}]")


def test_of_the_tables_of_all_rooms_the_rows_of_these_stay_and_the_first_cell() -> None:
    left_out = [item.nodeid for item in tables.of_other_rooms(cells(), ["stories"])]
    assert left_out == ["test_all.py::test_row[thanks/]"]
