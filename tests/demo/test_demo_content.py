"""The demo council's content is read strictly, and is true to itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demo.checking import check
from demo.dates import DatePattern
from demo.kind import Content
from demo.kinds.communities import COMMUNITIES, MemberShape
from demo.kinds.people import PEOPLE
from demo.kinds.roles import Holder
from demo.kinds.stories import STORIES, Quote
from demo.kinds.surgeries import Deviation
from demo.kinds.topics import TOPICS
from demo.reading import read_content
from demo.shaping import ContentError, shaped


def test_the_content_is_true_to_itself(content: Content) -> None:
    assert check(content) is content
    assert (len(content[PEOPLE]), len(content[COMMUNITIES]), len(content[STORIES])) == (60, 12, 25)


def test_a_community_of_every_kind_is_there(content: Content) -> None:
    stages = {community.stage for community in content[COMMUNITIES]}
    assert stages == {"proposed", "pilot", "active", "paused", "closed"}
    assert {community.audience for community in content[COMMUNITIES]} == {"everyone", "organisation", "members"}
    assert any(community.capacity == len(community.members) for community in content[COMMUNITIES])


def broken(content: Content, kind: str, **changes: Any) -> Content:
    """The content with the first thing of one kind changed."""
    things = content.things[kind]
    return Content({**content.things, kind: (replace(things[0], **changes), *things[1:])})


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
        ("kept", {"read": ("ghosts",)}, "there is no page ghosts"),
        ("kept", {"person": "ghost"}, "there is no person ghost"),
        ("communities", {"members": (MemberShape("priya-nair", "king", "", 1),)}, "role cannot be king"),
        ("roles", {"holders": (Holder("parks-at-dusk", "siobhan-keogh", 9),)}, "was no member of parks-at-dusk then"),
        ("roles", {"capabilities": ("fly",)}, "fly is no capability"),
        ("files", {"guidance": "ghosts"}, "there is no page of guidance ghosts"),
        ("surgeries", {"pattern": DatePattern(9, 7, "10:00", 60, 1, 1)}, "gives no dates"),
        ("surgeries", {"exceptions": (Deviation(0, "cancelled", ""),)}, "there is no date 0"),
        ("surgeries", {"exceptions": (Deviation(1, "lost", ""),)}, "cannot be lost"),
    ],
)
def test_a_fault_is_told(content: Content, kind: str, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ContentError, match=fault):
        check(broken(content, kind, **changes))


def test_a_thing_that_is_there_twice_is_told(content: Content) -> None:
    with pytest.raises(ContentError, match="There are 2 of the topic"):
        check(Content({**content.things, "topics": (content[TOPICS][0], *content[TOPICS])}))


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
        shaped(Quote, row, "here")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text("[[topic")
    with pytest.raises(ContentError, match=r"topics\.toml"):
        read_content(tmp_path)
