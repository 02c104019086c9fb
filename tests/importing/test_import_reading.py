"""Bad rows of an archive are told by file and line, and the good ones are taken."""

from datetime import UTC
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from importing.reading import LONGEST_ROW, Archive, NoArchive
from tests.importing.archives import COMMUNITY, EVENT, PERSON, STORY, write

PEOPLE = {"ada": "ada"}
GOOD = {"id": "good", "title": "Good"}
BAD = {
    "broken JSON": '{"id": "a", "title": ',
    "no object": "[1, 2]",
    "no id": {"title": "A"},
    "an empty id": {"id": " ", "title": "A"},
    "an id that is a list": {"id": ["a"], "title": "A"},
    "a very long id": {"id": "a" * 300, "title": "A"},
    "no title": {"id": "a"},
    "a title of spaces": {"id": "a", "title": "  &nbsp; "},
    "a title of 600 letters": {"id": "a", "title": "x" * 600},
    "a title that is a number": {"id": "a", "title": 7},
    "an impossible date": {"id": "a", "title": "A", "published": "2023-02-30T10:00:00"},
    "no date at all": {"id": "a", "title": "A", "published": "soon"},
    "a year beyond time": {"id": "a", "title": "A", "published": "0001-01-01"},
    "authors that are no list": {"id": "a", "title": "A", "authors": "ada"},
    "an author that is an object": {"id": "a", "title": "A", "authors": [{}]},
    "a body that is a list": {"id": "a", "title": "A", "body": ["x"]},
    "nesting without end": "[" * 200_000,
    "an id that came before": GOOD,
}


def read(folder: Path, kind: str = "stories") -> tuple[list[str], list[str]]:
    """The ids that were taken, and what is told."""
    archive = Archive(folder)
    taken = [row.id for row in archive.rows(kind, PEOPLE)]
    return taken, [str(problem) for problem in archive.problems]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_told_by_file_and_line_and_the_good_ones_are_taken(tmp_path: Path, bad: Any) -> None:
    taken, told = read(write(tmp_path, stories=[GOOD, "", bad, {"id": "last", "title": "Last"}]))
    assert taken == ["good", "last"]
    assert len(told) == 1
    assert told[0].startswith("stories.jsonl:3: ")


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("communities", COMMUNITY | {"closed": "2001-01-01"}),
        ("events", EVENT | {"ends": "2018-03-01T09:59:59-05:00"}),
        ("events", EVENT | {"starts": "2024-03-31T01:30:00", "ends": "2024-03-31T02:30:00"}),
        ("events", EVENT | {"starts": "2024-03-31T00:30:00", "ends": "2024-03-31T01:30:00"}),
        ("events", EVENT | {"starts": "2024-05-02", "ends": "2024-05-01"}),
        ("events", EVENT | {"starts": ""}),
        ("events", EVENT | {"ends": "2018-13-01"}),
        ("people", PERSON | {"name": ""}),
    ],
)
def test_dates_that_cannot_be_are_refused(tmp_path: Path, kind: str, row: Any) -> None:
    taken, told = read(write(tmp_path, **{kind: [row]}), kind)
    assert taken == []
    assert told[0].startswith(f"{kind}.jsonl:1: ")


def test_a_row_with_an_unknown_author_is_told_and_taken_without_them(tmp_path: Path) -> None:
    archive = Archive(write(tmp_path, stories=[STORY | {"authors": ["ada", "nobody"]}]))
    (story,) = archive.rows("stories", PEOPLE)
    assert story.authors == ("ada",)
    assert "nobody" in archive.problems[0].message
    assert archive.problems[0].taken


def test_a_name_in_other_letters_is_the_same_person(tmp_path: Path) -> None:
    archive = Archive(write(tmp_path, stories=[STORY | {"authors": ["Ada"]}]))
    assert next(archive.rows("stories", PEOPLE)).authors == ("ada",)
    assert archive.problems == []


def test_an_address_that_is_none_is_told_and_left_out(tmp_path: Path) -> None:
    archive = Archive(write(tmp_path, stories=[STORY | {"source_url": "javascript:alert(1)"}]))
    assert next(archive.rows("stories", PEOPLE)).source_url == ""
    assert archive.problems[0].taken


def test_a_session_without_an_end_lasts_an_hour(tmp_path: Path) -> None:
    row = {key: value for key, value in EVENT.items() if key != "ends"}
    (event,) = Archive(write(tmp_path, events=[row])).rows("events", PEOPLE)
    assert (event.ends - event.starts).total_seconds() == 3600


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        ("2024-05-01", "2024-05-01", 24),
        ("2024-05-01", None, 24),
        ("2024-05-01", "2024-05-03", 72),
        ("2024-03-31", "2024-03-31", 23),
        ("2024-05-01T00:00:00", "2024-05-01T00:00:00", 24),
        ("2024-05-01T10:00:00", "2024-05-01T10:00:00", 1),
        ("2024-05-01T10:00:00", "2024-05-01", 14),
        ("2024-05-01T10:00:00+02:00", "2024-05-01T10:00:00+02:00", 1),
        ("2024-03-31T00:30:00", "2024-03-31T02:30:00", 1),
        ("2024-03-31T00:45:00", None, 1),
    ],
)
def test_a_day_is_a_whole_day_and_no_length_is_an_hour(
    tmp_path: Path, starts: str, ends: str | None, hours: int
) -> None:
    archive = Archive(write(tmp_path, events=[EVENT | {"starts": starts, "ends": ends}]))
    (event,) = archive.rows("events", PEOPLE)
    assert (event.ends.astimezone(UTC) - event.starts.astimezone(UTC)).total_seconds() == hours * 3600
    assert archive.problems == []


def test_ids_of_people_are_the_same_in_any_case_and_form(tmp_path: Path) -> None:
    rows = [PERSON | {"id": name} for name in ("A1", "a1", "Ren\u00e9e", "RENE\u0301E")]
    taken, told = read(write(tmp_path, people=rows), "people")
    assert taken == ["A1", "Ren\u00e9e"]
    assert [line.split(": ")[0] for line in told] == ["people.jsonl:2", "people.jsonl:4"]


def test_an_end_without_an_offset_shares_that_of_the_start(tmp_path: Path) -> None:
    (event,) = Archive(write(tmp_path, events=[EVENT | {"ends": "2018-03-01T11:00:00"}])).rows("events", PEOPLE)
    assert event.ends.utcoffset() == event.starts.utcoffset()


def test_marks_of_other_systems_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "stories.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": 1, "title": "One"}\r\n\r\n{"id": "two", "title": "Two\xc3\xa9"}'
    )
    assert read(tmp_path) == (["1", "two"], [])


def test_bytes_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    (tmp_path / "stories.jsonl").write_bytes(b'{"id": "a", "title": "\xff"}\n{"id": "b", "title": "B"}\n')
    taken, told = read(tmp_path)
    assert taken == ["b"]
    assert told == ["stories.jsonl:1: This is not UTF-8."]


def test_zero_bytes_and_halves_of_letters_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "stories.jsonl").write_text('{"id": "a", "title": "A\\u0000 \\ud83d!"}\n')
    assert next(Archive(tmp_path).rows("stories")).title == "A ?!"


def test_a_row_that_is_far_too_long_is_told_and_passed_over(tmp_path: Path) -> None:
    taken, told = read(write(tmp_path, stories=[STORY | {"body": "x" * (2 * LONGEST_ROW)}, GOOD]))
    assert taken == ["good"]
    assert told[0].startswith("stories.jsonl:1: ")


def test_entities_and_tags_in_a_title_become_plain_words(tmp_path: Path) -> None:
    (tmp_path / "stories.jsonl").write_text('{"id": "a", "title": "R&amp;D <em>now</em>\\n 3 < 4"}\n')
    assert next(Archive(tmp_path).rows("stories")).title == "R&D now 3 < 4"


def test_a_folder_without_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="holds none of"):
        Archive(tmp_path)
    with pytest.raises(NoArchive, match="no folder"):
        Archive(tmp_path / "missing")


def test_a_file_that_is_missing_is_no_fault(tmp_path: Path) -> None:
    archive = Archive(write(tmp_path, stories=[GOOD]))
    assert list(archive.rows("people")) == []
    assert "people.jsonl" in archive.missing()


def test_letters_in_two_parts_behind_a_mark_and_windows_lines_are_read_whole(tmp_path: Path) -> None:
    lines = (
        '\ufeff{"id": "1", "title": "Cafe\u0301"}\r\n{"id": "2", "title": "30 February", "published": "2023-02-30"}\r\n'
    )
    (tmp_path / "stories.jsonl").write_bytes(lines.encode())
    archive = Archive(tmp_path)
    assert [normalize("NFC", row.title) for row in archive.rows("stories")] == ["Caf\u00e9"]
    assert [problem.line for problem in archive.problems] == [2]
