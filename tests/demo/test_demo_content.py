"""The demo council's content is read strictly, and is true to itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demo import shapes
from demo.checking import check
from demo.reading import ContentError, read_content, shaped


def test_the_content_is_true_to_itself(content: shapes.Content) -> None:
    assert check(content) is content
    assert (len(content.people), len(content.communities), len(content.stories)) == (60, 12, 24)


def test_a_community_of_every_kind_is_there(content: shapes.Content) -> None:
    stages = {community.stage for community in content.communities}
    assert stages == {"proposed", "pilot", "active", "paused", "closed"}
    assert {community.audience for community in content.communities} == {"everyone", "organisation", "members"}
    assert any(community.capacity == len(community.members) for community in content.communities)


def broken(content: shapes.Content, kind: str, **changes: Any) -> shapes.Content:
    """The content with the first thing of one kind changed."""
    things = getattr(content, kind)
    return replace(content, **{kind: (replace(things[0], **changes), *things[1:])})


@pytest.mark.parametrize(
    ("kind", "changes", "fault"),
    [
        ("people", {"skills": ("nonsense",)}, "there is no topic nonsense"),
        ("people", {"audience": "nobody"}, "audience cannot be nobody"),
        ("communities", {"sponsor": "ghost"}, "there is no person ghost"),
        ("communities", {"capacity": 1}, "have 1 places"),
        ("communities", {"members": ()}, "nobody facilitates it"),
        ("communities", {"capacity": 40, "waiting": ("priya-nair",)}, "people wait although there is a place"),
        ("communities", {"asked": ("margaret-ellwood",)}, "is named 2 times"),
        ("stories", {"community": "ghosts"}, "there is no community ghosts"),
        ("stories", {"days_ago": -1}, "is not in the past"),
        ("stories", {"title": "x" * 300}, "title is longer than 255 letters"),
        ("guidance", {"checked_days_ago": 3, "due_in_days": -5}, "falls due before it was checked"),
        ("files", {"guidance": "ghosts"}, "there is no page of guidance ghosts"),
        ("surgeries", {"pattern": shapes.Pattern(9, 7, "10:00", 60, 1, 1)}, "gives no dates"),
        ("surgeries", {"exceptions": (shapes.Deviation(0, "cancelled", ""),)}, "there is no date 0"),
        ("surgeries", {"exceptions": (shapes.Deviation(1, "lost", ""),)}, "cannot be lost"),
    ],
)
def test_a_fault_is_told(content: shapes.Content, kind: str, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ContentError, match=fault):
        check(broken(content, kind, **changes))


def test_a_thing_that_is_there_twice_is_told(content: shapes.Content) -> None:
    with pytest.raises(ContentError, match="There are 2 of the topic"):
        check(replace(content, topics=(content.topics[0], *content.topics)))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"text": "a"}, "who is missing"),
        ({"text": "a", "who": "b", "when": "c"}, "nobody knows when"),
        ({"text": "a", "who": 3}, "wrong type"),
    ],
)
def test_a_row_of_another_shape_is_told(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(ContentError, match=fault):
        shaped(shapes.Quote, row, "here")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text("[[topic")
    with pytest.raises(ContentError, match=r"topics\.toml"):
        read_content(tmp_path)
