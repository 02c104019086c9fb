"""Uploaded pictures and files: to those who may see them, and never as something that runs."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from core.audiences import Audience
from core.models import HubDocument, HubImage
from people.models import User
from tests.conftest import browse
from tests.factories import StoryFactory


def picture(audience: Audience = Audience.EVERYONE) -> HubImage:
    return HubImage.objects.create(title="A lane", file=get_test_image_file(), audience=audience)


def paper(name: str, audience: Audience = Audience.EVERYONE, text: str = "Words.") -> HubDocument:
    return HubDocument.objects.create(title="A paper", file=ContentFile(text, name=name), audience=audience)


def test_a_picture_and_its_sizes_follow_its_audience(home: Any, carys: User) -> None:
    image = picture(Audience.ORGANISATION)
    for address in (image.file.url, image.get_rendition("width-40").url):
        assert browse(carys).get(address).status_code == 200
        assert browse().get(address).status_code == 404


def test_a_picture_that_becomes_private_is_gone_at_once(home: Any) -> None:
    image = picture()
    rendition = image.get_rendition("width-40").url
    assert browse().get(rendition).status_code == 200
    image.audience = Audience.ORGANISATION
    image.save()
    assert browse().get(rendition).status_code == 404


@pytest.mark.parametrize("name", ["note.svg", "note.html", "note.txt", "note.js"])
def test_what_is_no_picture_is_not_served_from_media(home: Any, name: str) -> None:
    document = paper(name)
    assert browse().get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("name", ["note.svg", "note.html"])
def test_a_file_that_could_run_is_downloaded_instead(home: Any, name: str) -> None:
    response = browse().get(paper(name, text="<script>alert(1)</script>").url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")


def test_a_file_follows_its_audience(home: Any, carys: User) -> None:
    document = paper("note.txt", Audience.ORGANISATION)
    assert browse(carys).get(document.url).status_code == 200
    assert browse().get(document.url).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../secret.png",
        "..%2fsecret.png",
        "original_images/../../secret.png",
        "/etc/passwd.png",
        "people/../../secret.png",
        "people/nobody.webp",
        "nothing.png",
        "a%00.png",
    ],
)
def test_no_path_leads_out_of_the_folder(home: Any, path: str) -> None:
    secret = Path(settings.MEDIA_ROOT).parent / "secret.png"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_bytes(b"secret")
    response = browse().get(f"/media/{path}")
    assert response.status_code == 404


def test_a_picture_whose_file_is_lost_is_not_found(home: Any) -> None:
    image = picture()
    image.file.storage.delete(image.file.name)
    assert browse().get(image.file.url).status_code == 404


def test_a_path_in_the_database_that_leads_out_is_not_followed(home: Any) -> None:
    image = picture()
    HubImage.objects.filter(pk=image.pk).update(file="../secret.png")
    assert browse().get("/media/..%2fsecret.png").status_code in (400, 404)


def test_a_story_shows_its_picture(home: Any) -> None:
    story = StoryFactory(picture=picture())
    assert "/media/images/" in browse().get(story.url).content.decode()
