"""Each address of the editor that names a picture, a file or a collection, asked by somebody of another community."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, UploadedFile

from communities.models import CommunityPage
from communities.services.collections import collection_of
from core.audiences import Audience
from core.models import HubDocument, HubImage
from people.models import User
from tests.conftest import browse
from tests.core.test_editor_addresses import every_address
from tests.core.test_editor_forms import story
from tests.factories import CommunityFactory, StoryFactory

pytestmark = pytest.mark.django_db
OPEN, CLOSED, MINE = "teasel", "quillwort", "lantern"
WITH_UPLOADS = ("images/", "documents/", "collections/", "api/main/^images/", "api/main/^documents/")


@dataclass
class Uploads:
    """What one community has: a picture, a file, the collection of both, and a file that is not described yet."""

    community: CommunityPage
    picture: HubImage
    paper: HubDocument
    place: Collection
    begun: UploadedFile


Address = Callable[[Uploads], str]


def of_picture(rest: str) -> Address:
    return lambda uploads: f"/admin/{rest}".replace("PK", str(uploads.picture.pk))


def of_paper(rest: str) -> Address:
    return lambda uploads: f"/admin/{rest}".replace("PK", str(uploads.paper.pk))


def of_place(rest: str) -> Address:
    return lambda uploads: f"/admin/{rest}".replace("PK", str(uploads.place.pk))


def of_begun(rest: str) -> Address:
    return lambda uploads: f"/admin/{rest}".replace("PK", str(uploads.begun.pk))


ADDRESSES: dict[str, Address] = {
    "api/main/^images/<int:pk>/": of_picture("api/main/images/PK/"),
    "api/main/^documents/<int:pk>/": of_paper("api/main/documents/PK/"),
    **{
        f"images/{rest}": of_picture(f"images/{rest}".replace("<int:image_id>", "PK"))
        for rest in (
            *("<int:image_id>/", "<int:image_id>/delete/", "<int:image_id>/generate_url/", "usage/<int:image_id>/"),
            *("<int:image_id>/generate_url/output/", "multiple/<int:image_id>/", "multiple/<int:image_id>/delete/"),
            "chooser/<int:image_id>/select_format/",
        )
    },
    "images/<int:image_id>/preview/<str:filter_spec>/": of_picture("images/PK/preview/original/"),
    "images/chooser/chosen/<str:pk>/": of_picture("images/chooser/chosen/PK/"),
    **{
        f"documents/{deed}/<int:document_id>/": of_paper(f"documents/{deed}/PK/")
        for deed in ("edit", "delete", "usage")
    },
    "documents/multiple/<int:doc_id>/": of_paper("documents/multiple/PK/"),
    "documents/multiple/<int:doc_id>/delete/": of_paper("documents/multiple/PK/delete/"),
    "documents/chooser/chosen/<str:pk>/": of_paper("documents/chooser/chosen/PK/"),
    **{
        f"{kind}s/multiple/{deed}/<int:uploaded_file_id>/": of_begun(f"{kind}s/multiple/{deed}/PK/")
        for kind in ("image", "document")
        for deed in (f"create_from_uploaded_{kind}", "delete_upload")
    },
    "collections/<int:collection_id>/privacy/": of_place("collections/PK/privacy/"),
    "collections/<int:pk>/": of_place("collections/PK/"),
    "collections/<int:pk>/delete/": of_place("collections/PK/delete/"),
}
REFUSED = {302, 403}
ASKED_FIRST = ("collections/<int:pk>/", "create_from_uploaded", "delete_upload")
"""Refused whatever the number is: nobody but the hub team edits collections, or sees what another is uploading."""
LISTS: dict[str, Address] = {
    "images/?collection_id=": of_place("images/?collection_id=PK"),
    "documents/?collection_id=": of_place("documents/?collection_id=PK"),
    "images/chooser/?collection_id=": of_place("images/chooser/?collection_id=PK"),
    "documents/chooser/results/?collection_id=": of_place("documents/chooser/results/?collection_id=PK"),
    "images/chooser/chosen-multiple/?id=": of_picture("images/chooser/chosen-multiple/?id=PK"),
    "documents/chooser/chosen-multiple/?id=": of_paper("documents/chooser/chosen-multiple/?id=PK"),
    "images/": lambda _uploads: "/admin/images/?q=picture",
    "documents/": lambda _uploads: "/admin/documents/?q=paper",
    "api/main/images/": lambda _uploads: "/admin/api/main/images/?fields=*&limit=20",
    "api/main/documents/": lambda _uploads: "/admin/api/main/documents/?fields=*&limit=20",
    "images/add/?collection_id=": of_place("images/add/?collection_id=PK"),
    "images/multiple/add/?collection_id=": of_place("images/multiple/add/?collection_id=PK"),
    **{
        f"bulk of pictures: {deed}": of_picture(f"bulk/core/hubimage/{deed}/?id=PK")
        for deed in ("delete", "add_tags", "add_to_collection")
    },
    **{
        f"bulk of files: {deed}": of_paper(f"bulk/core/hubdocument/{deed}/?id=PK")
        for deed in ("delete", "add_to_collection")
    },
}


def uploads_of(word: str, audience: str) -> Uploads:
    community = CommunityFactory(title=f"{word.title()} folk", slug=f"{word}-folk", audience=audience)
    place = collection_of(community)
    return Uploads(
        community,
        HubImage.objects.create(
            title=f"{word} picture", file=get_test_image_file(filename=f"{word}.png"), collection=place
        ),
        HubDocument.objects.create(
            title=f"{word} paper", file=ContentFile("Words.", name=f"{word}.txt"), collection=place
        ),
        place,
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(HubImage),
            file=get_test_image_file(filename=f"{word}-begun.png"),
        ),
    )


@pytest.fixture
def open_uploads(home: Any) -> Uploads:
    """Of a community that everybody may see, and for which Asha does not write."""
    return uploads_of(OPEN, Audience.EVERYONE)


@pytest.fixture
def closed_uploads(home: Any) -> Uploads:
    return uploads_of(CLOSED, Audience.MEMBERS)


def test_every_address_that_names_an_upload_has_a_row() -> None:
    found = {address for address in every_address() if "<" in address and address.startswith(WITH_UPLOADS)}
    assert found == set(ADDRESSES)


def as_it_stands() -> list[Any]:
    return [
        *HubImage.objects.order_by("pk").values_list("title", "collection"),
        *HubDocument.objects.order_by("pk").values_list("title", "collection"),
        *Collection.objects.order_by("pk").values_list("name", "path"),
        *UploadedFile.objects.order_by("pk").values_list("pk"),
    ]


def answers(browser: Client, address: str, own: Collection) -> list[tuple[int, str]]:
    taken = {"title": "Taken", "name": "Taken", "collection": own.pk, "restriction_type": "login"}
    got = [browser.get(address), browser.post(address, taken, headers={"X-Requested-With": "XMLHttpRequest"})]
    return [(answer.status_code, answer.content.decode("utf-8", "replace").lower()) for answer in got]


def test_who_writes_for_one_community_gets_at_no_upload_of_another(
    community: CommunityPage, asha: User, open_uploads: Uploads, closed_uploads: Uploads
) -> None:
    browser, own, wrong = browse(asha), collection_of(community), []
    browser.raise_request_exception = False
    before = as_it_stands()
    for word, uploads in ((OPEN, open_uploads), (CLOSED, closed_uploads)):
        for name, address in ADDRESSES.items():
            got = answers(browser, address(uploads), own)
            allowed = {404, 405} | (REFUSED if any(part in name for part in ASKED_FIRST) else set())
            wrong += [(word, name, status) for status, _said in got if status not in allowed]
            wrong += [(word, name, "changed it")] if as_it_stands() != before else []
        for name, address in LISTS.items():
            got = answers(browser, address(uploads), own)
            wrong += [(word, name, "names it") for _status, said in got if word in said]
            wrong += [(word, name, "changed it")] if as_it_stands() != before else []
    assert not wrong


@pytest.mark.parametrize("door", ["images/add/", "images/multiple/add/", "images/chooser/create/", "documents/add/"])
def test_nothing_is_uploaded_into_the_collection_of_another(
    asha: User, open_uploads: Uploads, closed_uploads: Uploads, door: str
) -> None:
    for uploads in (open_uploads, closed_uploads):
        file = get_test_image_file(filename="mine.png")
        data = {"title": MINE, "description": "A lane.", "audience": "organisation", "collection": uploads.place.pk}
        data |= {"image-chooser-upload-" + name: value for name, value in data.items()}
        browse(asha).post(f"/admin/{door}", {**data, "file": file, "files[]": file, "image-chooser-upload-file": file})
        for model in (HubImage, HubDocument):
            assert not model.objects.filter(collection=uploads.place).exclude(title__contains=" p").exists(), door


def test_a_form_that_names_an_upload_of_another_comes_back_without_its_name(
    community: CommunityPage, asha: User, closed_uploads: Uploads
) -> None:
    """A picture that is chosen by its number, and a file behind a word."""
    browser, page = browse(asha), StoryFactory(community=community, title="Lantern", owner=asha)
    address = f"/admin/pages/{page.pk}/edit/"
    data = story(title="", slug=page.slug, community=community.pk, picture=closed_uploads.picture.pk)
    assert CLOSED not in browser.post(address, data).content.decode().lower()
    page.need = f'<p>See <a linktype="document" id="{closed_uploads.paper.pk}">this</a>.</p>'
    page.save_revision()
    shown = browser.get(address).content.decode()
    assert CLOSED not in shown.lower()
    assert f"&quot;id&quot;: {closed_uploads.paper.pk}" in shown  # the link stays
