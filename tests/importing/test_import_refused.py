"""A row that the database does not take is named and left out alone; archives do not write over each other."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError

from communities.models import CommunityPage
from core.models import Topic
from importing import writing
from importing.kinds import WRITERS as EVERY
from importing.models import ImportedRow
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session, SurgeryPage
from tests.importing.archives import ARTICLE, COMMUNITY, EVENT, PERSON, STORY, TOPIC, WHOLE, write
from tests.importing.test_import_hub import bring, everything

pytestmark = pytest.mark.django_db
MODELS: dict[str, Any] = {
    "topics": Topic,
    "people": User,
    "communities": CommunityPage,
    "stories": StoryPage,
    "events": Session,
    "articles": GuidancePage,
}
WRITERS: dict[str, Any] = {writer.kind: writer for writer in EVERY}
ROWS = {"topics": TOPIC, "people": PERSON, "communities": COMMUNITY} | {
    "stories": STORY,
    "events": EVENT,
    "articles": ARTICLE,
}
NAMED = {kind: "name" if kind == "people" else "title" for kind in ROWS}
FAULTS: dict[str, dict[str, Any]] = {
    "too long": {"TITLE": "x" * 1000},
    "of the wrong type": {"TITLE": 7},
    "an id of the wrong type": {"id": True},
    "a list of the wrong type": {"topics": "bees", "people": "ada", "authors": "ada", "leads": 3},
    "an hour that does not exist": {"starts": "2024-03-31T01:30:00", "ends": "2024-03-31T02:30:00"},
}
CASES = [
    (kind, fault)
    for kind in ROWS
    for fault in FAULTS
    if (fault, kind) not in {("a list of the wrong type", "topics"), ("a list of the wrong type", "people")}
    and (kind == "events" or "hour" not in fault)
]


def three(kind: str, **faulty: Any) -> list[dict[str, Any]]:
    """A good row, one with a fault, and a good one."""
    fault = {NAMED[kind] if name == "TITLE" else name: value for name, value in faulty.items()}
    rows = [ROWS[kind] | {"id": f"n{n}", NAMED[kind]: f"Number {n}"} for n in range(3)]
    return [rows[0], rows[1] | fault, rows[2]]


@pytest.mark.parametrize(("kind", "fault"), CASES)
def test_a_faulty_row_is_named_and_the_others_are_taken(tmp_path: Path, kind: str, fault: str) -> None:
    status, said = bring(write(tmp_path / "archive", **(WHOLE | {kind: three(kind, **FAULTS[fault])})))
    assert status == 1
    assert f"{kind}.jsonl:2: " in said
    assert taken(kind) == ["n0", "n2"]


def taken(kind: str) -> list[str]:
    if kind == "topics":
        names = Topic.objects.filter(name__startswith="Number").order_by("pk").values_list("name", flat=True)
        return [f"n{name[-1]}" for name in names]
    keys = MODELS[kind].objects.exclude(imported_id=None).order_by("pk").values_list("imported_id", flat=True)
    return [key.removeprefix("archive:") for key in keys if key.startswith("archive:n")]


def refuse(monkeypatch: pytest.MonkeyPatch, kind: str, title: str) -> None:
    """Let the database refuse the row of this title, after all of it was written."""
    writer = WRITERS[kind]
    for name in ("create", "update"):
        plain = getattr(writer, name)

        def refusing(self: Any, rows: Any, *thing: Any, plain: Any = plain) -> None:
            plain(self, rows, *thing)
            for row in [rows] if thing else rows:
                if getattr(row, NAMED[kind]) == title:
                    raise IntegrityError("a constraint\nfails")

        monkeypatch.setattr(writer, name, refusing)


@pytest.mark.parametrize("kind", ROWS)
def test_what_the_database_refuses_is_named_and_the_others_are_taken(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "archive", **(WHOLE | {kind: three(kind)}))
    with monkeypatch.context() as patch:
        refuse(patch, kind, "Number 1")
        status, said = bring(folder)
    assert status == 1
    assert f"{kind}.jsonl:2: The database does not take it: a constraint fails (not taken)" in said
    assert taken(kind) == ["n0", "n2"]
    bring(folder)
    assert sorted(taken(kind)) == ["n0", "n1", "n2"]


@pytest.mark.parametrize("kind", ["people", "communities", "stories", "events", "articles"])
def test_a_change_that_the_database_refuses_leaves_the_thing_as_it_was(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "archive", **WHOLE)
    bring(folder)
    write(folder, **{kind: [ROWS[kind] | {NAMED[kind]: "Number 1"}]})
    with monkeypatch.context() as patch:
        refuse(patch, kind, "Number 1")
        assert bring(folder)[0] == 1
    assert not MODELS[kind].objects.filter(**{NAMED[kind]: "Number 1"}).exists()
    assert bring(folder)[0] == 0
    assert MODELS[kind].objects.filter(**{NAMED[kind]: "Number 1"}).count() == 1


def test_an_event_that_cannot_be_loses_no_other(tmp_path: Path) -> None:
    """The one of the report: between good ones, with articles behind it."""
    bad = {"id": "e4", "title": "x", "starts": "2024-03-31T01:30:00", "ends": "2024-03-31T02:30:00", "host": "H"}
    rows = [EVENT | {"id": "e1"}, bad, EVENT | {"id": "e5"}]
    status, said = bring(write(tmp_path / "archive", **(WHOLE | {"events": rows})))
    assert (status, Session.objects.count(), GuidancePage.objects.count()) == (1, 2, 1)
    assert "events.jsonl:2: starts is in an hour that the clocks left out." in said


def test_trouble_of_the_database_itself_is_no_rows_fault() -> None:
    assert not issubclass(OperationalError, writing.REFUSALS)


@pytest.mark.parametrize("kind", ROWS)
def test_zero_bytes_and_half_letters_are_left_out_of_every_kind(tmp_path: Path, kind: str) -> None:
    _status, said = bring(write(tmp_path / "archive", **(WHOLE | {kind: three(kind, TITLE="Number\0 \ud83d one")})))
    assert "(not taken)" not in said
    assert len(taken(kind)) == 3


# -- two archives ------------------------------------------------------------------------------------------------------
def test_a_second_archive_writes_over_nothing_of_the_first(tmp_path: Path) -> None:
    bring(write(tmp_path / "archive", **WHOLE))
    before = everything()
    other = {kind: [row | {NAMED[kind]: "Other"} for row in rows] for kind, rows in WHOLE.items() if kind != "topics"}
    bring(write(tmp_path / "other", **other))
    for kind in other:
        assert MODELS[kind].objects.filter(imported_id__startswith="other:").count() == 1
    assert StoryPage.objects.get(title="Other").byline == "Other"
    assert StoryPage.objects.get(title="The weir").byline == "Ada Moss"
    assert SurgeryPage.objects.count() == 2
    for old, new in zip(before, everything(), strict=True):
        assert {row["imported_id"] for row in old if "imported_id" in row} <= {row.get("imported_id") for row in new}


def test_two_archives_can_be_brought_in_again_and_nothing_doubles(tmp_path: Path) -> None:
    folders = [write(tmp_path / name, **WHOLE) for name in ("archive", "Archive", "другой")]
    for folder in folders:
        bring(folder)
    before = everything()
    assert [bring(folder)[0] for folder in folders] == [0, 0, 0]
    assert everything() == before
    assert (User.objects.count(), StoryPage.objects.count()) == (3, 3)


def test_an_archive_that_was_moved_keeps_its_name(tmp_path: Path) -> None:
    bring(write(tmp_path / "archive", **WHOLE))
    bring(write(tmp_path / "moved", **WHOLE), "--name", "archive")
    assert (StoryPage.objects.count(), ImportedRow.objects.filter(kind="stories").count()) == (1, 1)


def test_the_same_person_in_other_letters_is_credited(tmp_path: Path) -> None:
    people = [PERSON | {"id": "A1", "name": "Ada Moss"}, PERSON | {"id": "a1", "name": "Bo Reed"}]
    status, said = bring(write(tmp_path / "archive", people=people, stories=[STORY | {"authors": ["a1"]}]))
    assert status == 1
    assert "people.jsonl:2: The id a1 came before." in said
    assert StoryPage.objects.get().byline == "Ada Moss"
