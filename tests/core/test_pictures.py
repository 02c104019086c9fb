"""Pictures that people upload are made anew before anything else opens them, whichever door they come through."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from wagtail.images.models import SourceImageIOError
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import UploadedFile

from core.models import HubImage
from core.pictures import remaking
from people.models import User
from tests.conftest import browse
from tests.core import pictures
from tests.core.pictures import DOORS, REFUSED, encoded, upload

DATA = Path(__file__).parents[1] / "data" / "files"


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_at_every_door(hub_team: User, door: Callable[..., bool], name: str) -> None:
    assert not door(browse(hub_team), hub_team, upload(REFUSED[name]))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
def test_a_picture_is_taken_at_every_door_by_what_it_is(hub_team: User, door: Callable[..., bool], kind: str) -> None:
    assert door(browse(hub_team), hub_team, upload(encoded(kind), "misnamed.eps"))


@pytest.mark.parametrize("door", DOORS)
def test_a_heic_is_taken_and_kept_as_what_browsers_show(hub_team: User, door: Callable[..., bool]) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    file = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (640, 480), "teal")).save(file)
    assert door(browse(hub_team), hub_team, upload(file.getvalue(), "IMG_1.HEIC"))
    assert not HubImage.objects.exclude(file__endswith=".jpg").exists()


def test_a_refused_picture_says_what_to_choose(hub_team: User) -> None:
    page = browse(hub_team).post("/admin/images/add/", {"title": "A lane", "file": upload(pictures.EPS)})
    assert "Choose a JPEG, PNG, WebP or HEIC." in page.content.decode()


def located() -> bytes:
    """A photograph that says where and with what it was taken, turned by the camera, with words behind its end."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "A camera", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (51.5, 0.0, 0.0)})
    return encoded("JPEG", exif=exif, comment=b"A comment") + b"<script>alert(1)</script>"


@pytest.mark.parametrize("door", DOORS[:2])
def test_what_is_kept_holds_no_place_no_camera_and_nothing_behind_its_end(
    hub_team: User, door: Callable[..., bool]
) -> None:
    assert door(browse(hub_team), hub_team, upload(located()))
    file = hub_team.photo or HubImage.objects.get().file
    content = file.read()
    assert not any(word in content for word in (b"camera", b"comment", b"script", b"Exif"))
    width, height = Image.open(BytesIO(content)).size
    assert width <= height  # it stands upright


def test_a_size_of_a_picture_tells_no_place_either(hub_team: User) -> None:
    pictures.as_picture(browse(hub_team), hub_team, upload(located()))
    with HubImage.objects.get().get_rendition("width-100").file.open() as file:
        assert not Image.open(file).getexif()


def test_a_picture_is_kept_no_larger_than_pages_need(hub_team: User) -> None:
    pictures.as_picture(browse(hub_team), hub_team, upload(encoded("JPEG", (6000, 1000))))
    image = HubImage.objects.get()
    assert (image.width, image.height) == (3000, 500)


def test_a_large_upload_that_lies_on_disk_is_made_anew_too(hub_team: User, settings: Any) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    assert pictures.as_picture(browse(hub_team), hub_team, upload(located()))
    image = HubImage.objects.get()
    assert image.file_size == image.file.size
    assert b"camera" not in image.file.read()


def test_what_waits_for_a_title_is_made_anew_too(hub_team: User) -> None:
    """Wagtail keeps the upload itself until the rest of the form is right."""
    data = {"files[]": upload(located()), "title": "A lane" * 60}
    assert browse(hub_team).post("/admin/images/multiple/add/", data).json()["success"]
    assert b"camera" not in UploadedFile.objects.get().file.read()


def test_a_new_file_for_a_picture_goes_the_same_way(hub_team: User) -> None:
    browser = browse(hub_team)
    pictures.as_picture(browser, hub_team, upload(encoded("JPEG")))
    image = HubImage.objects.get()
    before = image.file.name
    browser.post(
        f"/admin/images/{image.pk}/", {"title": "A lane", "file": upload(pictures.EPS), "audience": "everyone"}
    )
    image.refresh_from_db()
    assert image.file.name == before


# -- the right pixels --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "corner", "middle"),
    [
        ("transparent", (244, 240, 230), (200, 50, 50)),
        ("greyalpha", (244, 240, 230), (120, 120, 120)),
        ("grey16", (0, 0, 0), (128, 128, 128)),
    ],
)
def test_a_portrait_stands_on_light_ground(
    carys: User, name: str, corner: tuple[int, ...], middle: tuple[int, ...]
) -> None:
    pictures.as_portrait(browse(carys), carys, upload((DATA / f"{name}.png").read_bytes()))
    portrait = Image.open(carys.photo)
    for point, wanted in (((0, 0), corner), ((240, 240), middle)):
        assert portrait.getpixel(point) == pytest.approx(wanted, abs=4)
    if name == "grey16":
        assert portrait.getpixel((479, 479)) == pytest.approx((255, 255, 255), abs=4)


def test_an_editors_picture_keeps_its_see_through_ground(hub_team: User) -> None:
    pictures.as_picture(browse(hub_team), hub_team, upload((DATA / "transparent.png").read_bytes()))
    with Image.open(HubImage.objects.get().file) as kept:
        assert (kept.format, kept.getpixel((0, 0))[3]) == ("PNG", 0)


# -- limits ------------------------------------------------------------------------------------------------------------
def answer(reason: str, file: bytes = b"") -> bool:
    with pytest.raises(remaking.PictureRefused) as refused:
        remaking.remade(BytesIO(file or encoded("JPEG")), "picture")
    return refused.value.reason == reason


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is waited for, and no other test holds the turn."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(remaking, "PATIENCE", 0)


def test_a_reader_that_takes_too_long_is_ended(impatient: None) -> None:
    assert answer("hard")


def test_a_reader_that_says_too_much_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remaking, "LARGEST_ANSWER", 50)
    assert answer("hard")


def test_a_reader_that_does_not_run_is_our_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(remaking, "surroundings", lambda: {"PYTHONPATH": "/nowhere"})
    assert answer("failed")


def test_a_machine_without_room_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_args: Any, **_options: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(subprocess, "Popen", no_room)
    assert answer("failed")


def test_one_picture_is_read_at_a_time(impatient: None) -> None:
    with remaking.one_at_a_time():
        assert answer("busy")


def test_the_reader_of_pictures_opens_no_other_kind_anywhere_in_the_hub() -> None:
    """Nor does Pillow in the hub's own processes: Ghostscript is never started."""
    with pytest.raises(Image.UnidentifiedImageError):
        Image.open(BytesIO(pictures.EPS))


# -- sizes -------------------------------------------------------------------------------------------------------------
def test_no_size_is_made_of_a_picture_that_is_too_large(home: Any) -> None:
    image = HubImage.objects.create(title="A lane", file=get_test_image_file())
    image.width = image.height = 13_300
    with pytest.raises(SourceImageIOError):
        image.get_rendition("width-100")


def test_no_editor_can_ask_for_a_larger_size_than_the_picture(hub_team: User) -> None:
    image = HubImage.objects.create(title="A lane", file=get_test_image_file())
    browser = browse(hub_team)
    assert browser.get(f"/admin/images/{image.pk}/preview/width-40/").status_code == 200
    assert browser.get(f"/admin/images/{image.pk}/preview/scale-5000/").status_code == 400


def test_the_editors_account_takes_no_picture(hub_team: User) -> None:
    page = browse(hub_team).get("/admin/account/").content.decode()
    assert "avatar-avatar" not in page


# -- photographs go ----------------------------------------------------------------------------------------------------
def photographed(person: User) -> str:
    assert pictures.as_portrait(browse(person), person, upload(encoded("JPEG")))
    return str(person.photo.name)


def test_the_photograph_of_somebody_deactivated_is_gone(carys: User, bryn: User) -> None:
    address = f"/media/{photographed(carys)}"
    assert browse(bryn).get(address).status_code == 200
    User.objects.filter(pk=carys.pk).update(is_active=False)
    assert browse(bryn).get(address).status_code == 404


@pytest.mark.parametrize("deed", ["replace", "take away", "delete"])
def test_a_photograph_that_is_replaced_or_taken_away_is_deleted(
    carys: User, deed: str, django_capture_on_commit_callbacks: Any
) -> None:
    name, storage = photographed(carys), carys.photo.storage
    with django_capture_on_commit_callbacks(execute=True):
        if deed == "delete":
            carys.delete()
        else:
            change = {"photo-clear": "on"} if deed == "take away" else {"photo": upload(encoded("PNG"))}
            browse(carys).post("/people/me/", {"name": "Carys", "audience": "everyone", **change})
    assert not storage.exists(name)


def test_a_form_that_fails_deletes_no_photograph(carys: User, django_capture_on_commit_callbacks: Any) -> None:
    name, storage = photographed(carys), carys.photo.storage
    with django_capture_on_commit_callbacks(execute=True):
        browse(carys).post("/people/me/", {"name": "", "audience": "everyone", "photo-clear": "on"})
    assert storage.exists(name)


def test_a_lock_is_not_taken_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"folkmoot-pictures-{os.getuid()}.lock").symlink_to(tmp_path / "elsewhere")
    assert answer("failed")
    assert not (tmp_path / "elsewhere").exists()
