"""What was read belongs to one file, and goes when that is replaced."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection

from core.files.extraction import Extraction
from core.models import HubDocument
from indexing import queue
from knowledge.files import services
from knowledge.files.models import FileText
from tests.conftest import browse
from tests.knowledge.conftest import finds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
"""Tasks are taken and not done: what is known until somebody in the background has read."""


@pytest.fixture
def save(committed: Any, hub_team: Any) -> Any:
    """Saves a file in the editor, as the hub's team does."""

    def make(address: str, title: str, content: bytes = b"") -> None:
        root = Collection.get_first_root_node()
        fields: dict[str, Any] = {"title": title, "audience": "everyone", "collection": root.pk, "tags": ""}
        if content:
            fields["file"] = SimpleUploadedFile("note.txt", content)
        with committed():
            assert browse(hub_team).post(address, fields).status_code == 302

    return make


@pytest.fixture
def file(save: Any) -> HubDocument:
    save(reverse("wagtaildocs:add"), "A paper", b"quillwort")
    made: HubDocument = HubDocument.objects.get()
    return made


def found(text: str) -> bool:
    """Whether the file is found under the name that it has now."""
    return finds(HubDocument.objects.get(), text)


def edit(file: HubDocument) -> str:
    return reverse("wagtaildocs:edit", args=[file.pk])


def test_what_stood_in_a_replaced_file_is_found_no_more_before_the_new_one_is_read(file, save):
    assert found("quillwort")
    with override_settings(TASKS=NOBODY_WORKS):
        save(edit(file), "A paper", b"spearwort")
    queue.drain()
    assert not found("quillwort")
    assert FileText.objects.get().state == "Search has not read it yet."


def test_a_replaced_file_is_read(file, save):
    save(edit(file), "A paper", b"spearwort")
    assert found("spearwort")
    assert FileText.objects.get().text == "spearwort"


def test_a_new_title_asks_for_no_reading(file, save):
    before = FileText.objects.get().stamp
    save(edit(file), "Another title")
    assert FileText.objects.get().stamp == before


def test_a_new_title_does_not_throw_away_the_reading_that_is_under_way(file, save, monkeypatch):
    def titled_meanwhile(*_args: Any) -> Extraction:
        save(edit(file), "Another title")
        return Extraction(("spearwort",))

    monkeypatch.setattr(services, "extract", titled_meanwhile)
    services.read(file.pk, again=True)
    assert FileText.objects.get().text == "spearwort"


def test_a_reading_of_the_file_before_writes_nothing(file, save, monkeypatch):
    def replaced_meanwhile(*_args: Any) -> Extraction:
        monkeypatch.undo()
        save(edit(file), "A paper", b"spearwort")
        return Extraction(("quillwort",))

    monkeypatch.setattr(services, "extract", replaced_meanwhile)
    services.read(file.pk, again=True)
    assert FileText.objects.get().text == "spearwort"


def test_a_row_and_its_file_are_fetched_at_one_moment(file):
    """Were the file fetched first and replaced before its row is, the older text would pass for the newer one's."""
    with CaptureQueriesContext(connection) as captured:
        services.read(file.pk)
    asked = [query["sql"] for query in captured if 'FROM "knowledge_filetext"' in query["sql"]]
    assert len(asked) == 1
    assert 'JOIN "core_hubdocument"' in asked[0]
    assert 'FROM "hub_hubdocument"' not in captured[0]["sql"]


def test_a_file_without_a_hash_is_read_again_and_found_until_then(upload, committed):
    """Code that does not go through the editor may have put another file in its place, or may not."""
    file = upload()
    with override_settings(TASKS=NOBODY_WORKS), committed():
        file.save()
    assert FileText.objects.waiting().exists()
    assert found("quillwort")
