"""Each community has a collection of its own: who writes for it has its pictures and files, whoever uploaded them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from communities.models import CommunityCollection, CommunityPage, Holding
from communities.services import collections as services
from core.audiences import NOBODY, Audience, community_token
from core.models import HubDocument, HubImage
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, make_member

AWAY = {302, 404}


@pytest.fixture
def editor(home: Any) -> User:
    """Belongs to a group of Wagtail, and to no community."""
    person = PersonFactory(first_name="Edda")
    person.groups.add(Group.objects.get(name="Moderators"))
    return person


def picture(community: CommunityPage | None, title: str = "Lantern", by: User | None = None) -> HubImage:
    place = {"collection": services.collection_of(community)} if community else {}
    image: HubImage = HubImage.objects.create(title=title, file=get_test_image_file(), uploaded_by_user=by, **place)
    return image


def titles(person: User, address: str) -> set[str]:
    content = browse(person).get(address).content.decode()
    return {name for name in ("Lantern", "Teasel", "Quillwort") if name in content}


def test_it_is_made_with_the_community_and_called_as_it_is(community: CommunityPage) -> None:
    collection = CommunityCollection.objects.get(community=community).collection
    community.title = "Another name"
    community.save()
    collection.refresh_from_db()
    assert collection.name == "Another name"
    assert services.collection_of(community) == collection


def test_writers_have_what_is_theirs_and_nothing_else(community: CommunityPage, asha: User, bryn: User) -> None:
    own = picture(community, by=bryn)
    other = picture(CommunityFactory(title="Teasel folk", slug="teasel-folk"), "Teasel", by=asha)
    browser = browse(asha)
    assert titles(asha, "/admin/images/") == {"Lantern"}
    assert browser.get(f"/admin/images/{own.pk}/").status_code == 200
    for deed in ("", "delete/", "usage/"):
        assert browser.get(f"/admin/images/{other.pk}/{deed}").status_code in AWAY, deed
    browser.post(f"/admin/images/{own.pk}/delete/")
    assert not HubImage.objects.filter(pk=own.pk).exists()


def test_what_is_uploaded_for_a_community_goes_there(community: CommunityPage, asha: User) -> None:
    file = get_test_image_file(filename="new.png")
    general = Collection.objects.get(depth=1).pk
    for answers in ({}, {"collection": general}):
        data = {"title": "New", "file": file, "audience": "organisation", "description": "A lane.", **answers}
        browse(asha).post("/admin/images/add/", data)
        file.seek(0)
    where = set(HubImage.objects.filter(title="New").values_list("collection", flat=True))
    assert where == {services.collection_of(community).pk}


def test_whose_role_ended_loses_hold_of_what_they_uploaded(community: CommunityPage, asha: User, bryn: User) -> None:
    mine = picture(community, by=asha)
    general = picture(None, by=asha)
    make_member(asha, CommunityFactory(title="Teasel folk", slug="teasel-folk"), "facilitator")
    Holding.objects.filter(membership__community=community, membership__person=asha).delete()
    for image in (mine, general):
        assert browse(asha).get(f"/admin/images/{image.pk}/").status_code in AWAY
    assert titles(asha, "/admin/images/") == set()


def test_nobody_else_finds_what_is_a_private_community_s(
    private_community: CommunityPage, dev: User, carys: User, editor: User, hub_team: User
) -> None:
    image = picture(private_community, "Quillwort")
    paper = HubDocument.objects.create(
        title="Quillwort", file=ContentFile("Words.", name="q.txt"), collection=image.collection
    )
    assert {image.audience_token, paper.audience_token} == {community_token(private_community.pk)}
    for address in (image.file.url, paper.url):
        assert browse(dev).get(address).status_code == 200
        assert browse(carys).get(address).status_code == 404
    for person in (editor, hub_team):
        for address in ("/admin/images/", "/admin/images/chooser/", "/admin/documents/", "/admin/documents/chooser/"):
            assert titles(person, address) == set(), address
            assert "Safe Homes" not in browse(person).get(address).content.decode(), address
    for deed in (f"images/{image.pk}/", f"images/usage/{image.pk}/", f"documents/edit/{paper.pk}/"):
        assert browse(editor).get(f"/admin/{deed}").status_code == 404, deed


def test_the_forms_of_collections_and_groups_name_none_of_them(
    community: CommunityPage, private_community: CommunityPage, hub_team: User
) -> None:
    group = Group.objects.create(name="Lantern keepers")
    kept = Collection.objects.get(depth=1).add_child(name="Lantern papers")
    for where in (kept, services.collection_of(private_community)):
        where.group_permissions.create(group=group, permission=Permission.objects.get(codename="add_hubimage"))
    browser = browse(hub_team)
    for address in ("collections/", "collections/add/", "groups/new/", f"groups/edit/{group.pk}/"):
        content = browser.get(f"/admin/{address}").content.decode()
        assert ("Lantern papers" in content, private_community.title in content) == (True, False), address
    for collection in map(services.collection_of, (community, private_community)):
        for deed in ("", "delete/"):
            assert browser.post(f"/admin/collections/{collection.pk}/{deed}", {"name": "Ours"}).status_code in AWAY
        browser.post("/admin/collections/add/", {"name": "Below", "parent": collection.pk})
        assert not Collection.objects.filter(name__in=("Ours", "Below")).exists()
    assert group.collection_permissions.count() == 2


def test_a_community_that_closes_closes_its_files(community: CommunityPage, asha: User) -> None:
    image = picture(community)
    community.audience = Audience.MEMBERS
    community.save()
    image.refresh_from_db()
    assert image.audience_token == community_token(community.pk)
    community.delete()
    image.refresh_from_db()
    assert image.audience_token == NOBODY


@pytest.mark.parametrize("address", ["/admin/images/", "/admin/images/chooser/"])
def test_as_many_queries_for_one_community_as_for_thirty(home: Any, address: str) -> None:
    person, counts = PersonFactory(first_name="Fay"), []
    for number in range(12):
        make_member(person, CommunityFactory(title=f"Folk {number}", slug=f"folk-{number}"), "facilitator")
        if number in (1, 11):
            browser = browse(person)
            browser.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1]
