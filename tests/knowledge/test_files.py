"""Uploaded files are found by what stands in them, by those who may see them."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from core import outbox
from core.audiences import Audience
from core.files import extraction
from core.files.reader.reasons import Reason
from core.models import HubDocument
from indexing import maintenance
from indexing.documents import key_of, source_for
from knowledge.files import services
from knowledge.files.listings import linked_from
from knowledge.files.models import FileText
from tests.conftest import browse
from tests.factories import GuidanceFactory
from tests.knowledge import papers
from tests.knowledge.conftest import finds, shown

DATA = Path(__file__).parents[1] / "data" / "files"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


# -- found -------------------------------------------------------------------------------------------------------------
def test_a_file_is_found_by_what_stands_in_it_with_the_page(upload):
    file = upload()
    page = shown("what do sixteen year olds get, quillwort")
    assert f'href="{file.url}#page=2"' in page
    assert "Page 2" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sheet.docx", papers.docx(["one", "quillwort"])),
        ("notes.md", b"# Notes\n\nquillwort"),
        ("list.csv", b"plant,number\nquillwort,4"),
        ("old.txt", "café quillwort".encode("cp1252")),
    ],
)
def test_other_kinds_are_found_too(upload, name, content):
    assert finds(upload(content, name), "quillwort")


def test_a_file_that_cannot_be_read_is_found_by_its_title(upload):
    file = upload(b"%PDF-1.4 nothing more")
    assert finds(file, "a paper")
    assert file.file_text.state == "Search knows its title only. It is damaged."


# -- by whom -----------------------------------------------------------------------------------------------------------
def test_a_file_of_the_organisation_is_found_by_carys_alone(upload, carys, dev):
    file = upload(audience=Audience.ORGANISATION)
    assert finds(file, "quillwort", carys)
    assert not finds(file, "quillwort", dev)
    assert not finds(file, "quillwort")


def test_a_file_that_becomes_private_is_found_no_more(upload, committed):
    file = upload()
    assert finds(file, "quillwort")
    with committed():
        file.audience = Audience.ORGANISATION
        file.save()
    assert not finds(file, "quillwort")


def test_what_lies_in_a_locked_collection_is_found_by_nobody(upload, committed, carys):
    file = upload()
    assert finds(file, "quillwort", carys)
    with committed():
        lock = CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node())
    assert not finds(file, "quillwort", carys)
    with committed():
        lock.delete()
    assert finds(file, "quillwort", carys)


def test_many_files_moved_into_a_locked_collection_at_once_are_found_no_more(upload, committed, hub_team):
    file = upload()
    vault = Collection.get_first_root_node().add_child(name="Vault")
    CollectionViewRestriction.objects.create(collection=vault)
    address = reverse("wagtail_bulk_action", args=["core", "hubdocument", "add_to_collection"])
    with committed():
        browse(hub_team).post(f"{address}?id={file.pk}", {"collection": vault.pk})
    assert not finds(file, "quillwort")


def test_a_collection_that_moves_below_a_locked_one_takes_its_files_along(upload, committed, hub_team):
    root = Collection.get_first_root_node()
    vault, box = root.add_child(name="Vault"), root.add_child(name="Box")
    CollectionViewRestriction.objects.create(collection=vault)
    file = upload()
    HubDocument.objects.update(collection=box)

    def move(parent: Collection) -> None:
        with committed():
            address = reverse("wagtailadmin_collections:edit", args=[box.pk])
            browse(hub_team).post(address, {"name": "Box", "parent": parent.pk})

    for parent, found in [(root, True), (vault, False), (root, True)]:
        move(parent)
        assert finds(file, "quillwort") is found


def test_a_page_knows_the_files_that_it_links(upload, committed):
    file = upload()
    upload(b"not linked", "other.txt")
    with committed():
        page = GuidanceFactory(body=[("paragraph", f'<p><a linktype="document" id="{file.pk}">Rates</a></p>')])
    assert [key_of(linked) for linked in linked_from(page)] == [key_of(file)]


# -- when something changes --------------------------------------------------------------------------------------------
def test_a_replaced_file_is_read_again(upload, committed):
    file = upload()
    with committed():
        file.file = ContentFile(b"only spearwort", name="rates.txt")
        file.save()
    assert finds(file, "spearwort")
    assert "quillwort" not in FileText.objects.get().text


def test_a_file_put_in_the_place_of_another_by_name_is_read_again(upload, committed):
    file = upload(b"quillwort", "note.txt")
    with committed():
        file.file.delete(save=False)
        file.file.save("note.txt", ContentFile(b"spearwort"))
    assert FileText.objects.get().text == "spearwort"


def test_a_new_title_reads_nothing_again(upload, committed, monkeypatch):
    file = upload()
    monkeypatch.setattr(extraction, "ask", None)  # a reading would fail
    with committed():
        file.title = "Spearwort"
        file.save()
    assert finds(file, "spearwort")
    assert finds(file, "quillwort")


def test_a_deleted_file_is_gone(upload, committed):
    file = upload()
    with committed():
        address = file.url
        file.delete()
    assert address not in shown("quillwort")
    assert not FileText.objects.exists()


def test_an_older_reading_does_not_overwrite_a_newer_one(upload, monkeypatch):
    """Of two that read one file, the one that began before it changed may end last."""
    file = upload()
    row = FileText.objects.get()

    def changed_meanwhile(*_args: Any) -> extraction.Extraction:
        FileText.objects.update(stamp="00000000-0000-0000-0000-000000000000", text="newer")
        return extraction.Extraction(("older",))

    FileText.objects.update(digest="")
    monkeypatch.setattr(services, "extract", changed_meanwhile)
    services.read(file.pk)
    assert (row.pk, FileText.objects.get().text) == (file.pk, "newer")


def test_an_upload_never_fails_for_its_file(upload):
    file = upload(b"\0" * 100, "strange.pdf")
    assert b"".join(browse().get(file.url).streaming_content) == b"\0" * 100


def test_a_file_that_is_gone_says_so(upload):
    file = upload()
    file.file.storage.delete(file.file.name)
    assert services.read(file.pk).reason == Reason.MISSING
    assert FileText.objects.get().state == "Search knows its title only. The file itself is gone."


def test_a_reader_that_fails_leaves_the_file_waiting(upload, committed, monkeypatch):
    monkeypatch.setattr(services, "read", None)
    upload()
    assert FileText.objects.waiting().get().state == "Search has not read it yet."


def test_a_file_that_is_gone_before_its_turn_is_passed_over(upload):
    file = upload()
    outbox.emit(services.UPLOADED, file)
    file.delete()
    assert outbox.drain(services.READER) == 1
    assert not FileText.objects.exists()


# -- the index ---------------------------------------------------------------------------------------------------------
def test_a_rebuild_goes_on_past_a_bad_file_and_reads_none_again(upload, monkeypatch):
    bad, good = upload(b"PK\x03\x04", "bad.docx"), upload()
    monkeypatch.setattr(extraction, "ask", None)
    maintenance.rebuild()
    assert finds(bad, "a paper")
    assert finds(good, "quillwort")
    assert not maintenance.compare()


def count(files: int, upload: Any) -> int:
    for number in range(files):
        upload(b"words", f"note-{number}.txt")
    source = source_for(HubDocument)
    assert source is not None
    with CaptureQueriesContext(connection) as captured:
        assert [source.document(file).body for file in source.queryset()] == ["words"] * files
    return len(captured)


@pytest.mark.parametrize("files", [3, 12])
def test_documents_of_many_files_are_made_with_two_queries(upload, files):
    assert count(files, upload) == 2


# -- the command -------------------------------------------------------------------------------------------------------
def said(*options: str) -> str:
    out = io.StringIO()
    call_command("read_files", *options, stdout=out)
    return out.getvalue()


def test_files_of_before_are_read_by_the_command(committed):
    with committed():
        HubDocument.objects.bulk_create(
            HubDocument(
                title=name, file=ContentFile(content, name=name), audience="everyone", audience_token="everyone"
            )
            for name, content in [("good.txt", b"quillwort"), ("bad.pdf", b"words")]
        )
    with committed():
        told = said()
    assert "Search knows its title only. It is another kind of file" in told
    assert "2 files looked at. Of 1 of them search does not know all that stands in it." in told
    assert "quillwort" in shown("quillwort")


def test_the_command_can_run_again(upload):
    upload()
    assert said() == "0 files looked at.\n"
    assert said("--again") == "1 file looked at.\n"


def test_again_reads_what_did_not_change(upload):
    file = upload()
    FileText.objects.update(text="as it was read before")
    services.read(file.pk)
    assert FileText.objects.get().text == "as it was read before"
    said("--again")
    assert "quillwort" in FileText.objects.get().text


def test_a_file_that_was_gone_is_looked_for_again(upload):
    file = upload(b"quillwort", "note.txt")
    storage, name = file.file.storage, file.file.name
    storage.delete(name)
    services.read(file.pk)
    storage.save(name, ContentFile(b"quillwort"))
    assert said() == "1 file looked at.\n"
    assert FileText.objects.get().text == "quillwort"


def test_what_an_older_reader_read_is_read_again(upload, monkeypatch):
    upload()
    monkeypatch.setattr(services, "VERSION", extraction.VERSION + 1)
    assert said() == "1 file looked at.\n"
    assert said() == "0 files looked at.\n"


# -- editors -----------------------------------------------------------------------------------------------------------
def test_editors_see_on_the_files_own_page_what_search_knows(upload, hub_team):
    edit = reverse("wagtaildocs:edit", args=[upload(b"words", "note.pdf").pk])
    assert "It is another kind of file than the end of its name says." in browse(hub_team).get(edit).content.decode()
    fine = reverse("wagtaildocs:edit", args=[upload().pk])
    assert "Search knows what stands in it." in browse(hub_team).get(fine).content.decode()


@pytest.mark.parametrize(
    ("name", "words", "state"),
    [
        ("enc-owner-aes256.pdf", "", "Search knows what stands in it."),
        ("enc-user-aes.pdf", "", "It is locked with a password."),
        ("form.pdf", "Snorkelby", "Search knows what stands in it."),
        ("footnotes.docx", "dunnockfell", "Its comments and hidden words are left out"),
        ("tables-header.docx", "farthinglow", "Search knows what stands in it."),
    ],
)
def test_what_people_sent_is_found_and_its_editor_reads_how_far(upload, hub_team, name, words, state):
    file = upload((DATA / name).read_bytes(), name)
    assert state in browse(hub_team).get(f"/admin/documents/edit/{file.pk}/").content.decode()
    assert not words or finds(file, words)


def test_comments_are_found_by_nobody(upload):
    assert not finds(upload((DATA / "footnotes.docx").read_bytes(), "footnotes.docx"), "gossipmere")


def test_a_file_of_before_is_said_to_be_unread(upload, hub_team):
    file = upload()
    FileText.objects.all().delete()
    page = browse(hub_team).get(reverse("wagtaildocs:edit", args=[file.pk])).content.decode()
    assert "Search has not read it yet." in page


def test_a_report_names_the_files_that_search_cannot_read(upload, hub_team):
    upload()
    upload(b"", "nothing.pdf")
    report = browse(hub_team).get(reverse("files_unread"))
    assert [file.filename for file in report.context["object_list"]] == ["nothing.pdf"]
    assert "The file is empty." in report.content.decode()
    assert "The file is empty." in browse(hub_team).get(reverse("files_unread"), {"export": "csv"}).getvalue().decode()


def test_the_report_names_the_files_of_before(upload, hub_team):
    upload()
    FileText.objects.all().delete()
    report = browse(hub_team).get(reverse("files_unread"))
    assert "A paper" in report.content.decode()
    assert "Search has not read it yet." in report.content.decode()
    sheet = browse(hub_team).get(reverse("files_unread"), {"export": "csv"}).getvalue().decode()
    assert "Search has not read it yet." in sheet


def test_the_report_is_for_those_who_look_after_files(upload, carys):
    upload(b"", "nothing.pdf")
    assert "nothing.pdf" not in browse(carys).get(reverse("files_unread"), follow=True).content.decode()
