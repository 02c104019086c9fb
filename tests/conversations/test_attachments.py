"""Files of posts: what is taken, who fetches it and until when, how it is found, and what a form keeps."""

import io
import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communities.models import CommunityPage
from conversations import services
from conversations.attachments import reading, services as attachments
from conversations.choices import Kind
from conversations.models import Attachment, Conversation, Draft, Post
from conversations.moving import services as moving
from core.outbox import drain
from indexing import maintenance
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.core.pictures import encoded
from tests.indexing import queued
from tests.knowledge.papers import docx, pdf
from tests.replay import replayed

PAPER = pdf("Rates", ["Weekly rates for quillwort"])


@pytest.fixture
@replayed
def talk(community: CommunityPage, bryn: User) -> Conversation:
    return begun(community, bryn)


@pytest.fixture
def attached(talk: Conversation, asha: User) -> Attachment:
    return attach(answered(talk, asha), asha)


def upload(name: str = "rates.pdf", content: bytes = PAPER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(post: Post, by: User, name: str = "rates.pdf", content: bytes = PAPER) -> Attachment:
    kept = attachments.take(upload(name, content), by, services.place_of(post.conversation))
    attachments.put_to(post, [str(kept.key)], by)
    return Attachment.objects.get(pk=kept.pk)


def send(talk: Conversation, person: User, *files: Any, **more: Any) -> Any:
    talk.refresh_from_db()
    form = {"text": "Here it is.", "key": uuid.uuid4(), "seen": talk.last_number, "files": files, **more}
    return browse(person).post(talk.url, form)


def status(person: User | None, found: Attachment) -> int:
    answer = browse(person).get(found.get_absolute_url())
    b"".join(answer)  # the file is closed at its end
    return int(answer.status_code)


# -- fetching ----------------------------------------------------------------------------------------------------------
def test_a_file_comes_with_an_answer_and_is_fetched_as_it_was(talk, asha, bryn):
    assert send(talk, asha, upload()).status_code == 302
    found = talk.posts.get(number=2).attachments.get()
    answer = browse(bryn).get(found.get_absolute_url())
    assert b"".join(answer) == PAPER
    assert answer["Content-Disposition"] == 'attachment; filename="rates.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-cache")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert found.get_absolute_url() in browse(bryn).get(talk.url).content.decode()


def test_a_browser_that_has_it_asks_again_and_is_refused_once_it_may_not(attached, bryn):
    answer = browse(bryn).get(attached.get_absolute_url())
    tag = b"".join(answer) and answer["ETag"]
    assert browse(bryn).get(attached.get_absolute_url(), headers={"If-None-Match": tag}).status_code == 304
    services.remove(attached.post, attached.post.author)
    assert browse(bryn).get(attached.get_absolute_url(), headers={"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize("how", ["removed", "hidden", "narrowed", "withheld", "not live"])
def test_whatever_closes_a_post_closes_its_file_the_same_moment(how, attached, talk, bryn, carys, dev):
    assert status(dev, attached) == status(None, attached) == 200
    if how in {"removed", "hidden"}:
        Post.objects.filter(pk=attached.post_id).update(**{how: talk.begun, f"why_{how}": "It names people."})
    elif how == "narrowed":
        talk.audience = "members"
        talk.save()
    elif how == "withheld":
        Conversation.objects.filter(pk=talk.pk).update(withheld=talk.begun)
    else:
        CommunityPage.objects.update(live=False)
    assert [status(one, attached) for one in (carys, dev, None)] == [404] * 3
    assert status(bryn, attached) == (200 if how in {"narrowed", "withheld"} else 404)


def test_who_wrote_a_hidden_post_and_who_decides_about_it_fetch_its_file(attached, asha, bryn, carys):
    mine = attach(answered(attached.post.conversation, bryn), bryn)
    services.remove(mine.post, asha, "It names people.")
    assert [status(one, mine) for one in (bryn, asha, carys)] == [200, 200, 404]
    services.remove(attached.post, asha)
    assert [status(one, attached) for one in (asha, bryn, carys)] == [404] * 3


def test_a_post_that_is_split_off_takes_its_files_along(attached, talk, asha, dev):
    new, _entry = moving.split(talk, [2], Kind.DISCUSSION, "Rates", asha, "Of its own.")
    assert status(dev, attached) == 200
    new.audience = "members"
    new.save()
    assert status(dev, attached) == 404


def test_what_is_not_sent_is_its_owners_alone(talk, asha, bryn, hub_team):
    kept = attachments.take(upload(), asha, services.place_of(talk))
    assert [status(one, kept) for one in (asha, bryn, hub_team, None)] == [200, 404, 404, 404]


# -- what is taken -----------------------------------------------------------------------------------------------------
WORD, SHEET = docx(["Weekly rates"]), b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml xl/workbook.xml"


@pytest.mark.parametrize(
    ("called", "content", "name"),
    [
        ("rates.docx", WORD, "rates.docx"),
        ("rates.pdf", WORD, "rates.pdf.docx"),
        ("rates.html", b"<script>alert(1)</script>", "rates.html.txt"),
        ("run.exe", PAPER, "run.exe.pdf"),
        ("rates.csv", "a;b\r\ncafé;1\r\n".encode("cp1252"), "rates.csv"),
        ("book.xlsx", SHEET, "book.xlsx"),
        ("..\\..\\\u202efdp.txt", b"plain", "-..-fdp.txt"),
        (".pdf", PAPER, "pdf.pdf"),
        ("\u202e", PAPER, "file.pdf"),
    ],
)
def test_what_a_file_is_its_content_says_and_its_name_follows(called, content, name, talk, asha):
    assert attachments.take(upload(called, content), asha, services.place_of(talk)).name == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("big.txt", b"a" * (attachments.LARGEST + 1)),
        ("rates.pdf", b"MZ\x90\0\x03\0"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 100),
        ("macro.docx", WORD + b"word/vbaProject.bin"),
        ("archive.zip", b"PK\x03\x04" + b"\0" * 40),
        ("moves.gif", b"GIF89a" + b"\0" * 40),
        ("broken.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    ],
)
def test_what_is_not_taken_is_named_and_the_words_stay(name, content, talk, asha):
    answer = send(talk, asha, upload(name, content), upload("good.txt", b"plain"), text="My words of today.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{name}”" in page
    assert "My words of today." in page
    assert talk.posts.count() == 1
    assert Attachment.objects.get().name == "good.txt"


def test_a_file_of_ten_megabytes_goes_and_a_sixth_one_stays(talk, asha):
    files = [upload(f"{number}.txt", b"a") for number in range(5)]
    answer = send(talk, asha, upload("ten.txt", b"a" * attachments.LARGEST), *files)
    assert answer.status_code == 422
    assert "4.txt" in answer.context["files"].trouble[0]
    assert Attachment.objects.count() == attachments.MOST


def test_a_picture_loses_where_it_was_taken_and_is_described_before_it_goes(talk, asha):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (53.0, 10.0, 0.0)
    exif[0x010F] = "Quillwort Cameras"
    answer = send(talk, asha, upload("lane.jpg", encoded("JPEG", exif=exif)))
    assert answer.status_code == 422
    kept = Attachment.objects.get()
    with kept.opened() as file:
        stored = file.read()
    assert b"Quillwort" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()
    again = send(talk, asha, attached=[kept.key], **{f"shows-{kept.key}": "A lane with a blue gate."})
    assert again.status_code == 302
    assert 'alt="A lane with a blue gate."' in browse(asha).get(talk.url).content.decode()


# -- what a form keeps -------------------------------------------------------------------------------------------------
def test_a_draft_keeps_its_files(talk, asha):
    send(talk, asha, upload(), deed="save")
    kept = Attachment.objects.get()
    assert str(kept.key) in browse(asha).get(talk.url).content.decode()
    send(talk, asha, attached=[kept.key])
    assert talk.posts.get(number=2).files == [kept]
    assert not Draft.objects.exists()


def test_a_new_conversation_begins_with_its_files(community, bryn):
    form = {"kind": "discussion", "title": "Rates", "text": "These.", "audience": "everyone", "key": uuid.uuid4()}
    browse(bryn).post(f"/conversations/in/{community.slug}/new/", {**form, "files": [upload()], "deed": "save"})
    kept = Attachment.objects.get()
    browse(bryn).post(f"/conversations/in/{community.slug}/new/", {**form, "attached": [kept.key]})
    assert Post.objects.get().files == [kept]


def test_what_is_taken_out_of_a_form_is_gone_with_its_file(talk, asha, django_capture_on_commit_callbacks):
    kept = attachments.take(upload(), asha, services.place_of(talk))
    with django_capture_on_commit_callbacks(execute=True):
        send(talk, asha, attached=[kept.key], take_out=[kept.key])
    assert not talk.posts.get(number=2).files
    assert not default_storage.exists(kept.file.name)


def test_nobody_sends_what_somebody_else_chose(talk, asha, bryn):
    kept = attachments.take(upload(), asha, services.place_of(talk))
    assert send(talk, bryn, attached=[kept.key, "nonsense"]).status_code == 422
    assert Attachment.objects.get().unsent_by == asha


def test_a_form_that_is_sent_twice_sends_its_files_once(talk, asha):
    key = uuid.uuid4()
    send(talk, asha, upload(), key=key)
    send(talk, asha, upload(), key=key)
    assert Attachment.objects.get().post.number == 2


def test_who_may_not_write_here_leaves_nothing_in_the_storage(talk, carys):
    assert send(talk, carys, upload()).status_code == 409
    assert not Attachment.objects.exists()


def test_a_script_that_keeps_what_is_typed_keeps_the_files(talk, asha):
    kept = attachments.take(upload(), asha, services.place_of(talk))
    form = {"text": "Half", "deed": "save", "attached": [kept.key], "take_out": [kept.key]}
    browse(asha).post(talk.url, form, headers={"Accept": "application/json"})
    assert Draft.objects.get().typed["files"]
    assert Attachment.objects.exists()


# -- changing a post ---------------------------------------------------------------------------------------------------
def test_what_is_taken_out_of_a_post_stands_in_its_history(attached, asha, bryn, django_capture_on_commit_callbacks):
    post, stored = attached.post, attached.file.name
    form = {"text": post.text, "take_out": [attached.key], "files": [upload("new.pdf")]}
    with django_capture_on_commit_callbacks(execute=True):
        assert browse(asha).post(f"/conversations/posts/{post.pk}/edit/", form).status_code == 302
    post.refresh_from_db()
    assert post.edited
    assert [each.name for each in post.files] == ["new.pdf"]
    assert status(bryn, attached) == 404
    assert not default_storage.exists(stored)
    assert "rates.pdf" in browse(bryn).get(f"/conversations/posts/{post.pk}/changes/").content.decode()


def test_nobody_changes_the_files_of_others(attached, bryn):
    form = {"text": "Mine", "take_out": [attached.key]}
    assert browse(bryn).post(f"/conversations/posts/{attached.post_id}/edit/", form).status_code == 404
    assert attached.post.files


# -- found, held, gone -------------------------------------------------------------------------------------------------
@pytest.fixture
def index(db: None) -> None:
    maintenance.rebuild()


def finds(person: User, text: str) -> bool:
    queued.drain()
    return f'href="{Conversation.objects.get().url}' in browse(person).get("/search/", {"q": text}).content.decode()


def test_what_stands_in_a_file_is_found_by_those_who_read_the_post(index, talk, asha, bryn, carys):
    found = attach(answered(talk, asha), asha)
    drain(reading.READER)
    assert finds(carys, "quillwort")
    talk.refresh_from_db()
    talk.audience = "members"
    talk.save()
    assert (finds(carys, "quillwort"), finds(bryn, "quillwort")) == (False, True)
    services.edit(found.post, "No file.", asha, lambda post: attachments.change(post, [str(found.key)], {}))
    assert not finds(bryn, "quillwort")


def test_a_file_that_cannot_be_read_is_found_by_its_name(index, talk, asha):
    attach(answered(talk, asha), asha, "quillwort.pdf", b"%PDF-1.7 nothing")
    drain(reading.READER)
    assert finds(asha, "quillwort")


def test_files_go_with_what_they_were_attached_to(attached, talk, bryn, django_capture_on_commit_callbacks):
    waiting = attachments.take(upload(), bryn, services.place_of(talk))
    with django_capture_on_commit_callbacks(execute=True):
        bryn.delete()
        talk.delete()
    assert not Attachment.objects.exists()
    assert not default_storage.exists(attached.file.name)
    assert not default_storage.exists(waiting.file.name)


def test_what_was_not_sent_for_a_month_is_forgotten(talk, asha, attached):
    waiting = attachments.take(upload(), asha, services.place_of(talk))
    Attachment.objects.update(added=talk.begun - attachments.KEPT_UNSENT * 2)
    attachments.tidy()
    assert list(Attachment.objects.values_list("pk", flat=True)) == [attached.pk]
    assert waiting.pk != attached.pk
