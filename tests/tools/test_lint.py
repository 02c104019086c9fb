"""What ``make lint`` asks beside style and types: strings that name rooms above, effects of saving, class names."""

import re
from pathlib import Path

import pytest

from hub.rooms import ROOMS
from tools import class_names, long_lines, saving, strings
from tools.places import ROOT


@pytest.mark.parametrize(
    ("room", "text"),
    [
        ("core", "surgeries.services.cancel"),
        ("search", "people:directory"),
        ("reading", "stories/section.html"),
        ("reading", "/stories/"),
        ("core", "Not Found: /report/hear/abc"),
        ("stories", "home.HomePage"),
        ("surgeries", "knowledge.models"),
        ("communities", "hub.urls"),
    ],
)
def test_a_lower_room_names_no_upper_one(room: str, text: str) -> None:
    assert strings.names_a_room_above(room, text)


@pytest.mark.parametrize(
    ("room", "text"),
    [
        ("stories", "communities.CommunityPage"),
        ("stories", "stories/section.html"),
        ("people", "people"),
        ("knowledge", "reports/files/"),  # Wagtail's reports
        ("demo", "hub.team@withermere.example"),
        ("core", "Add stories, surgeries and people."),
    ],
)
def test_what_it_may_name(room: str, text: str) -> None:
    assert not strings.names_a_room_above(room, text)


def test_code_and_templates_are_read_with_the_line_where_it_stands(tmp_path: Path) -> None:
    for name, text in {
        "search/views.py": '"""Shows people:directory."""\n\nurl = reverse("people:directory")\n',
        "templates/components/card.html": "{% load i18n %}\n<a href=\"{% url 'reading:saved' %}\">\n",
        "templates/404.html": "<a href=\"{% url 'reading:saved' %}\">\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert list(strings.in_code(tmp_path)) == ["search/views.py:3: people:directory"]
    assert list(strings.in_templates(tmp_path)) == ["templates/components/card.html:2: reading:saved"]


SAVES = """
class Thing(Model):
    def save(self, *args, **kwargs):
        self.number = self._next()
        super().save(*args, **kwargs)
        {line}

    def _next(self):
        return {asks}

    def close(self):
        services.tell(self)
"""


@pytest.mark.parametrize(
    ("line", "asks", "found"),
    [
        ("changed.send(type(self))", "self.number + 1", []),
        ("services.follow(self)", "1", ["services.follow"]),
        ("transaction.on_commit(tell)", "1", ["transaction.on_commit"]),
        ("tell.enqueue(self.pk)", "1", ["tell.enqueue"]),
        ("pass", "Counter.objects.get_or_create(pk=1)[0]", ["Counter.objects.get_or_create"]),
    ],
)
def test_saving_changes_nothing_but_the_row(line: str, asks: str, found: list[str]) -> None:
    assert [call for _number, call in saving.effects(SAVES.format(line=line, asks=asks))] == found


def test_few_annotations_say_nothing() -> None:
    """Arguments that are only handed on to Django (``*args: Any``) are not counted: Django says no more of them."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts]
    assert sum(len(re.findall(r"(?<!\*)\b\w+: Any\b", file.read_text())) for file in files) < 60


def test_a_long_line_of_a_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(f"{'x' * 160}\n{'é' * 161}\n")
    assert list(long_lines.long_lines(tmp_path / "templates")) == ["templates/page.html:2: 161"]


def test_a_name_of_two_classes_is_named_with_their_files(tmp_path: Path) -> None:
    for name, text in {
        "stories/listings.py": "class Line:\n    class Meta: ...\n\n\nclass StoryRow: ...\n",
        "surgeries/listings.py": "class Line(tuple):\n    class Meta: ...\n",
        "stories/management/commands/read.py": "class Command: ...\n",
        "surgeries/management/commands/read.py": "class Command: ...\n",
        "surgeries/migrations/0001_initial.py": "class StoryRow: ...\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = list(class_names.shared(tmp_path, ["stories", "surgeries"]))
    assert found == ["Line: stories/listings.py, surgeries/listings.py"]
