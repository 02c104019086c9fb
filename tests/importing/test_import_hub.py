"""An archive comes into the hub whole, once, and without writing over what people did here."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision

from communities.models import CommunityPage, Membership, Stage
from communities.services import places as services
from core.models import Topic
from core.outbox import Delivery
from home.models import HomePage
from importing import writing
from importing.kinds.stories import StoryWriter
from importing.models import ImportedRow
from indexing import maintenance
from knowledge.models import GuidancePage
from people.choices import PersonKind
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session, SurgeryPage
from tests.importing.archives import COMMUNITY, EVENT, PERSON, STORY, WHOLE, real, write
from tests.indexing.queued import queued

pytestmark = pytest.mark.django_db
PAGES = (Page, StoryPage, CommunityPage, GuidancePage, SurgeryPage, Revision, PageLogEntry)
MODELS: tuple[type[Model], ...] = (*PAGES, Session, User, Topic, Membership, ImportedRow, Delivery)


def bring(folder: Path, *options: str) -> tuple[int, str]:
    """The exit status of an import, and everything that it said."""
    said = io.StringIO()
    try:
        call_command("import_hub", str(folder), "--no-index", *options, stdout=said, stderr=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


def everything() -> list[Any]:
    """Every value of every row that an import could touch."""
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write(tmp_path / "archive", **WHOLE)


def test_a_whole_archive_comes_in(archive: Path) -> None:
    status, said = bring(archive)
    assert status == 0, said
    story = StoryPage.objects.get()
    assert (story.byline, story.told_on, story.audience_token) == ("Ada Moss", date(2018, 3, 1), "everyone")
    assert story.body == "<p>It <em>leaked</em>.</p>"
    assert [topic.name for topic in story.topics.all()] == ["Bridges"]
    guidance = GuidancePage.objects.get()
    assert [block.block_type for block in guidance.body] == ["heading", "paragraph"]
    assert [person.name for person in guidance.authors.all()] == ["Ada Moss"]


def test_a_community_is_led_by_those_who_led_it(archive: Path) -> None:
    bring(archive)
    community = CommunityPage.objects.get()
    assert [(str(m.person), m.role_names) for m in community.memberships.all()] == [("Ada Moss", "Facilitator")]
    assert (community.taken, community.stage, community.opened_on) == (1, Stage.ACTIVE, date(2019, 12, 12))


@pytest.mark.parametrize("state", ["active", "ended"])
def test_a_leader_who_can_sign_in_or_was_removed_here_stays_as_they_are(archive: Path, state: str) -> None:
    bring(archive)
    if state == "active":
        User.objects.filter(name="Ada Moss").update(email="ada@example.org")
    else:
        services.end(Membership.objects.get(), "You are gone.")
    assert bring(write(archive, communities=[COMMUNITY | {"title": "Menders of weirs"}]))[0] == 0
    assert CommunityPage.objects.get().title == "Menders of weirs"
    assert Membership.objects.get().state == state


@pytest.mark.parametrize(("said", "kind"), [({}, "partner"), *(({"kind": kind}, kind) for kind in PersonKind.values)])
def test_somebody_belongs_where_their_row_says(tmp_path: Path, said: dict[str, str], kind: str) -> None:
    assert bring(write(tmp_path / "archive", people=[PERSON | said]))[0] == 0
    assert User.objects.get().kind == kind


def test_a_row_that_does_not_say_where_somebody_belongs_leaves_it(archive: Path) -> None:
    bring(write(archive, people=[PERSON | {"kind": "staff"}]))
    bring(write(archive, people=[PERSON | {"about": "Mends weirs."}]))
    assert (User.objects.get().kind, User.objects.get().about) == ("staff", "Mends weirs.")


@pytest.mark.parametrize("word", ["Staff", "employee", 3, ["staff"]])
def test_a_row_that_says_another_word_is_named(tmp_path: Path, word: object) -> None:
    status, said = bring(write(tmp_path / "archive", people=[PERSON | {"kind": word}, PERSON | {"id": "b"}]))
    assert (status, User.objects.get().imported_id) == (1, "archive:b")
    assert "people.jsonl:1: kind is" in said
    assert not isinstance(word, str) or f"kind is “{word}”, which is none of: staff, resident, partner." in said


def test_events_are_sessions_of_their_hosts_series(archive: Path) -> None:
    bring(archive)
    session = Session.objects.get()
    assert session.surgery.community == CommunityPage.objects.get()
    assert session.audience_token == "everyone"
    assert [str(mentor) for mentor in session.mentors.all()] == ["Ada Moss"]


def test_a_host_written_in_several_ways_has_one_series(tmp_path: Path) -> None:
    hosts = ("Digital Analytics Program (DAP)", "DAP", "Digital Analytics Program", "Someone else")
    bring(write(tmp_path, events=[EVENT | {"id": host, "host": host, "people": []} for host in hosts]))
    assert sorted(SurgeryPage.objects.values_list("title", flat=True)) == [hosts[0], "Someone else"]


def test_a_community_that_closed_is_closed(tmp_path: Path) -> None:
    bring(
        write(
            tmp_path,
            communities=[COMMUNITY | {"closed": "2021-01-01", "leads": [], "channels": [{"kind": "listserv"}]}],
        )
    )
    community = CommunityPage.objects.get()
    assert (community.stage, community.closed_on) == (Stage.CLOSED, date(2021, 1, 1))
    assert "Listserv" in str(community.body)


def test_importing_twice_changes_nothing(archive: Path) -> None:
    bring(archive)
    before = everything()
    assert bring(archive)[0] == 0
    assert everything() == before


def test_a_changed_row_changes_its_page_and_nothing_else(archive: Path) -> None:
    bring(archive)
    address = StoryPage.objects.get().url
    write(archive, stories=[STORY | {"title": "The old weir", "authors": [], "topics": ["Social Media"]}])
    bring(archive)
    story = StoryPage.objects.get()
    assert (story.title, story.draft_title, story.url, story.byline) == ("The old weir", "The old weir", address, "")
    assert [topic.name for topic in story.topics.all()] == ["Social Media"]


def test_every_kind_of_row_can_change(archive: Path) -> None:
    bring(archive)
    for kind, rows in WHOLE.items():
        named = {"name": "Changed"} if kind == "people" else {"title": "Changed", "summary": "Changed."}
        write(archive, **{kind: [row | named for row in rows]})
    status, said = bring(archive)
    assert status == 0, said
    assert {CommunityPage.objects.get().title, GuidancePage.objects.get().title, Session.objects.get().title} == {
        "Changed"
    }
    assert User.objects.get(imported_id="archive:ada").name == "Changed"
    assert Topic.objects.get(slug="bridges").summary == "Changed."


def test_what_somebody_edited_here_is_not_written_over(archive: Path) -> None:
    bring(archive)
    story = StoryPage.objects.get()
    story.title = "Edited here"
    story.save_revision().publish()
    write(archive, stories=[STORY | {"title": "Changed there"}])
    bring(archive)
    assert StoryPage.objects.get().title == "Edited here"


def test_a_session_that_was_changed_here_is_not_written_over(archive: Path) -> None:
    bring(archive)
    Session.objects.update(
        title="Moved here", changed=ImportedRow.objects.get(kind="events").written + timedelta(hours=1)
    )
    write(archive, events=[EVENT | {"title": "Changed there"}])
    bring(archive)
    assert Session.objects.get().title == "Moved here"


def test_somebody_who_was_invited_looks_after_their_own_page(archive: Path) -> None:
    bring(archive)
    User.objects.filter(imported_id="archive:ada").update(email="ada@example.org", about="Mine.")
    write(archive, people=[{"id": "ada", "name": "Ada", "about": "Theirs."}])
    bring(archive)
    assert User.objects.get(imported_id="archive:ada").about == "Mine."


def test_a_page_that_was_removed_here_does_not_come_back(archive: Path) -> None:
    bring(archive)
    StoryPage.objects.get().delete()
    bring(archive)
    assert not StoryPage.objects.exists()


def test_an_import_that_was_killed_goes_on_where_it_stopped(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(archive, stories=[STORY | {"id": f"s{n}", "title": f"Story {n}"} for n in range(7)])
    monkeypatch.setattr(writing, "BATCH", 3)
    with kill_at_batch(2, monkeypatch), pytest.raises(KeyboardInterrupt):
        bring(archive)
    assert StoryPage.objects.count() == 3
    bring(archive)
    assert StoryPage.objects.count() == 7
    assert not any(Page.find_problems())


@contextmanager
def kill_at_batch(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stop in the middle of a batch of stories: when its pages are written but what hangs on them is not."""
    batches, attach = iter(range(1, 100)), StoryWriter.attach

    def attach_or_die(self: StoryWriter, pages: Any) -> None:
        if next(batches) == number:
            raise KeyboardInterrupt
        attach(self, pages)

    with monkeypatch.context() as patch:
        patch.setattr(StoryWriter, "attach", attach_or_die)
        yield


def test_problems_are_told_and_the_exit_status_says_so(archive: Path) -> None:
    write(archive, stories=[STORY, STORY, "{"])
    status, said = bring(archive)
    assert status == 1
    assert "stories.jsonl:2: " in said
    assert "stories.jsonl:3: " in said
    assert StoryPage.objects.count() == 1


def test_a_folder_without_an_archive_ends_with_status_two(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds none of") as error:
        bring(tmp_path)
    assert error.value.returncode == 2


def test_a_file_that_is_missing_is_told_and_is_no_fault(tmp_path: Path) -> None:
    status, said = bring(write(tmp_path, stories=[STORY | {"authors": []}]))
    assert status == 0
    assert "people.jsonl" in said


def test_a_summary_that_is_too_long_for_its_place_is_kept_whole(tmp_path: Path) -> None:
    long = "Word " * 120
    rows = [{"id": "a", "title": "A", "summary": long}]
    bring(
        write(
            tmp_path,
            stories=rows,
            articles=rows,
            communities=rows,
            events=[EVENT | {"people": [], "summary": long * 2}],
        )
    )
    assert len(StoryPage.objects.get().summary) <= 400
    for text in (
        StoryPage.objects.get().body,
        str(GuidancePage.objects.get().body),
        str(CommunityPage.objects.get().body),
    ):
        assert long.strip() in text
    assert Session.objects.get().body.count("Word") == 240


def test_pages_of_the_same_name_get_addresses_of_their_own(tmp_path: Path) -> None:
    rows = [{"id": name, "title": "Same"} for name in ("a b", "a-b", "¿?", "Ü")]
    bring(write(tmp_path, stories=rows))
    assert sorted(StoryPage.objects.values_list("slug", flat=True)) == ["a-b", "a-b-2", "page", "u"]


def test_an_imported_page_opens_for_readers_and_in_the_editor(archive: Path, admin_client: Client) -> None:
    bring(archive)
    for page in (
        StoryPage.objects.get(),
        GuidancePage.objects.get(),
        CommunityPage.objects.get(),
        SurgeryPage.objects.get(),
    ):
        assert Client().get(page.url).status_code == 200
        assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        page.save()


def test_the_editor_finds_an_imported_page(archive: Path) -> None:
    bring(archive)
    assert [page.title for page in Page.objects.search("weir")] == ["The weir"]


def test_pages_stand_soundly_in_the_tree_beside_others(archive: Path, home: HomePage) -> None:
    bring(archive)
    write(archive, stories=[STORY, STORY | {"id": "second", "title": "Second"}])
    bring(archive)
    assert not any(Page.find_problems())
    index = StoryPage.objects.first().get_parent().specific
    index.add_child(instance=StoryPage(title="By hand"))
    assert [page.title for page in index.get_children()] == ["The weir", "Second", "By hand"]


def test_nothing_is_brought_to_search_row_by_row(archive: Path) -> None:
    bring(archive)
    assert not queued().exists()


def test_an_import_that_stopped_before_indexing_is_indexed_by_the_next(archive: Path) -> None:
    bring(archive)
    call_command("import_hub", str(archive), stdout=io.StringIO())
    assert not maintenance.compare()


def test_the_beginning_of_the_real_archive_comes_in(tmp_path: Path) -> None:
    for path in real().glob("*.jsonl"):
        rows = None if path.stem == "people" else 150
        with path.open(encoding="utf-8") as lines:
            (tmp_path / path.name).write_text("".join(islice(lines, rows)), encoding="utf-8")
    status, said = bring(tmp_path)
    assert status == 0, said
    assert (StoryPage.objects.count(), Session.objects.count(), GuidancePage.objects.count()) == (150, 150, 150)


@pytest.mark.slow
def test_the_whole_real_archive_comes_in() -> None:
    status, said = bring(real())
    assert status == 0, said
    assert (CommunityPage.objects.count(), StoryPage.objects.count(), Session.objects.count()) == (40, 2075, 327)
    assert (GuidancePage.objects.count(), User.objects.exclude(imported_id=None).count()) == (310, 1043)
    assert not any(Page.find_problems())
