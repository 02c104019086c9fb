"""What is posted to Wagtail's editor by those who write for one community, and what its lists show them.

``test_editor_table.py`` has the table of what opens.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from communities.choices import Capability
from communities.models import FACILITATOR, Grant, Holding
from communities.services.collections import collection_of
from core.models import HubImage
from stories.models import StoryPage
from tests.communities.editor_desk import WORDS, Desk, build
from tests.communities.granting import given
from tests.conftest import browse
from tests.core.test_editor_forms import story
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member

AWAY = {302, 404}


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(lambda person, community: make_member(person, community, FACILITATOR))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """What a test changes is undone after it."""


def test_whose_role_ended_a_second_ago_is_out(desk: Desk) -> None:
    browser = desk.browser("facilitator")
    address = f"/admin/pages/{desk.own.stories['draft'].pk}/edit/"
    assert browser.get(address).status_code == 200
    Holding.objects.filter(membership__person=desk.people["facilitator"]).update(until=timezone.now())
    assert browser.get(address).status_code == 302  # out of the editor
    StoryPage.objects.filter(pk=desk.own.stories["draft"].pk).update(owner=desk.people["facilitator"])
    assert browser.get(address).status_code == 302


def test_whoever_may_write_and_not_publish_drafts(desk: Desk) -> None:
    give(desk, Capability.WRITE_STORIES)
    writer = make_member(PersonFactory(first_name="Wren"), desk.foreign.community).person
    browser, page = browse(writer), desk.foreign.stories["draft"]
    address = f"/admin/pages/{page.pk}/edit/"
    data = story(title="Written", slug=page.slug, community=desk.foreign.community.pk)
    assert browser.post(address, data).status_code == 302
    browser.post(address, {**data, "action-publish": "1"})
    page = StoryPage.objects.get(pk=page.pk)
    assert (page.live, page.latest_revision.content["title"]) == (False, "Written")
    for deed in ("unpublish", "lock"):
        live = desk.foreign.stories["live"].pk
        assert browser.post(f"/admin/pages/{live}/{deed}/").status_code in AWAY
        assert Page.objects.get(pk=live).live
    assert not Page.objects.get(pk=desk.foreign.stories["live"].pk).locked
    for other in (*desk.foreign.others.values(), desk.foreign.community):
        assert browser.get(f"/admin/pages/{other.pk}/edit/").status_code == 404
    index = f"/admin/pages/add/stories/storypage/{desk.index.pk}/"
    assert browser.get(index).status_code == 200
    assert browser.post(index, {**story(community=desk.own.community.pk), "draft": "1"}).status_code == 200
    Grant.objects.all().delete()
    assert browser.get(address).status_code == 302


def give(desk: Desk, *capabilities: Capability) -> None:
    """The organisation grants the other community something."""
    for capability in capabilities:
        given(desk.foreign.community, desk.people["hub_team"], capability)


# -- the key -----------------------------------------------------------------------------------------------------------
def add(desk: Desk, community: Any, action: str = "action-publish", **fields: Any) -> Any:
    address = f"/admin/pages/add/stories/storypage/{desk.index.pk}/"
    data = story(community=getattr(community, "pk", ""), **fields)
    return desk.browser("facilitator").post(address, {**data, action: "1"})


def test_they_publish_for_their_community_and_for_no_other(desk: Desk) -> None:
    assert add(desk, desk.own.community).status_code == 302
    assert StoryPage.objects.get(slug="a-story").live
    for community in (desk.foreign.community, desk.closed.community, None):
        for action in ("action-publish", "action-submit", "draft"):
            assert add(desk, community, action, slug="another").status_code == 200, (community, action)
    assert not StoryPage.objects.filter(slug="another").exists()


def test_nothing_of_theirs_goes_into_another_community(desk: Desk) -> None:
    page = desk.own.stories["live"]
    address = f"/admin/pages/{page.pk}/edit/"
    for action in ("action-publish", "draft"):
        data = story(title=page.title, slug=page.slug, community=desk.foreign.community.pk)
        assert "community" in desk.browser("facilitator").post(address, {**data, action: "1"}).context["form"].errors
    page.refresh_from_db()
    assert page.community == desk.own.community
    assert page.latest_revision.content["community"] == desk.own.community.pk


def test_a_copy_or_an_alias_is_as_live_as_they_may_make_it(desk: Desk) -> None:
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": desk.index.pk, "publish_copies": "1"}
    browser = desk.browser("facilitator")
    assert browser.post(f"/admin/pages/{desk.own.stories['live'].pk}/copy/", data).status_code == 302
    assert StoryPage.objects.get(slug="copy").community == desk.own.community
    foreign = desk.foreign.stories["live"].pk
    for also in ({}, {"alias": "1"}):
        assert browser.post(f"/admin/pages/{foreign}/copy/", {**data, "new_slug": "copied", **also}).status_code == 404
    for deed in ("copy", "create_alias"):
        api = f"/admin/api/main/pages/{foreign}/action/{deed}/"
        assert browser.post(api, {}, content_type="application/json").status_code in {403, 404}
    assert not StoryPage.objects.filter(slug="copied").exists()


# -- lists -------------------------------------------------------------------------------------------------------------
LISTS = (
    *("", "pages/", "pages/search/?q=live", "pages/usage/stories/storypage/", "api/main/pages/?limit=20"),
    *(
        "reports/locked/",
        "reports/workflow/",
        "reports/workflow_tasks/",
        "reports/site-history/",
        "reports/aging-pages/",
    ),
    *("reports/page-types-usage/", "choose-page/", "choose-page/search/?q=draft", "snippets/surgeries/session/"),
    *("images/", "documents/", "images/chooser/", "documents/chooser/", "pages/create/stories/storypage/"),
)


def test_no_list_names_what_is_not_theirs(desk: Desk) -> None:
    browser, told = desk.browser("facilitator"), []
    addresses = [*LISTS, f"pages/{desk.index.pk}/", f"choose-page/{desk.index.pk}/"]
    addresses += [f"bulk/wagtailcore/page/{deed}/?id=all&childOf={desk.index.pk}" for deed in BULK]
    ids = "&".join(f"id={page.pk}" for shelf in (desk.foreign, desk.closed) for page in shelf.stories.values())
    addresses += [f"choose-page/chosen-multiple/?{ids}", f"bulk/wagtailcore/page/delete/?{ids}"]
    for address in addresses:
        said = browser.get(f"/admin/{address}", follow=True).content.decode().lower()
        told += [(address, word) for word in (WORDS["closed"], f"{WORDS['foreign']} draft") if word in said]
        if not address.startswith(("choose-page", "images", "documents")):
            told += [(address, WORDS["foreign"])] if WORDS["foreign"] in said else []
    assert not told


BULK = ("delete", "move", "publish", "unpublish")


def test_bulk_actions_touch_nothing_that_is_not_theirs(desk: Desk) -> None:
    browser = desk.browser("facilitator")
    for deed in BULK:
        browser.post(f"/admin/bulk/wagtailcore/page/{deed}/?id=all&childOf={desk.index.pk}", {"chooser": desk.index.pk})
    for shelf in (desk.foreign, desk.closed):
        for state, page in shelf.stories.items():
            assert StoryPage.objects.get(pk=page.pk).live == page.live, (shelf.community.title, state)


def test_the_explorer_lists_theirs(desk: Desk) -> None:
    answer = desk.browser("facilitator").get(f"/admin/pages/{desk.index.pk}/")
    assert {page.title for page in answer.context["pages"]} == {
        each.title for state, each in desk.own.stories.items() if state != "on_the_way"
    }


@pytest.mark.parametrize("many", [1, 30])
def test_as_many_queries_for_one_community_as_for_thirty(desk: Desk, many: int, seen: dict[str, int]) -> None:
    for _number in range(many):
        community = CommunityFactory()
        make_member(desk.people["facilitator"], community, FACILITATOR)
        StoryFactory(community=community).save_revision()
    browser = browse(desk.people["facilitator"])
    for address in (f"/admin/pages/{desk.index.pk}/", f"/admin/pages/{desk.own.stories['live'].pk}/edit/"):
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        assert len(queries) <= seen.setdefault(address, len(queries))


@pytest.fixture(scope="module")
def seen() -> dict[str, int]:
    """How many queries each address took at first."""
    return {}


# -- beside pages ------------------------------------------------------------------------------------------------------
def test_filters_name_people_of_pages_that_the_list_may_show(desk: Desk) -> None:
    owners = {page: PersonFactory(first_name=page.title()) for page in ("nettle", "yarrow")}
    StoryPage.objects.filter(pk=desk.own.stories["live"].pk).update(owner=owners["nettle"])
    StoryPage.objects.filter(pk=desk.closed.stories["live"].pk).update(owner=owners["yarrow"])
    for who in ("facilitator", "editor", "hub_team"):
        answer = desk.browser(who).get(f"/admin/pages/{desk.index.pk}/")
        named = set(answer.context["filters"].form.fields["owner"].queryset)
        assert named.intersection(owners.values()) == {owners["nettle"]}, who


def test_writers_choose_pictures_and_add_their_own(desk: Desk) -> None:
    ours = HubImage.objects.create(title="Lantern", file=get_test_image_file(), uploaded_by_user=desk.people["editor"])
    place = collection_of(desk.own.community)
    mine = HubImage.objects.create(title="Mine", file=get_test_image_file(), collection=place)
    browser = desk.browser("facilitator")
    assert b"Lantern" in browser.get("/admin/images/chooser/").content
    assert browser.get(f"/admin/images/chooser/chosen/{ours.pk}/").status_code == 200
    opened = {each.title: browser.get(f"/admin/images/{each.pk}/").status_code for each in (ours, mine)}
    assert opened["Mine"] == 200
    assert opened["Lantern"] in AWAY
    assert browser.get("/admin/images/add/").status_code == 200
    assert desk.browser("member").get("/admin/images/chooser/").status_code == 302


def typed(desk: Desk, address: str) -> dict[str, Any]:
    """What the editor makes of an address that somebody puts behind words."""
    data = {"external-link-chooser-url": address, "external-link-chooser-link_text": "There"}
    said: dict[str, Any] = desk.browser("facilitator").post("/admin/choose-external-link/", data).json()
    return said


@pytest.mark.parametrize("query", ["", "?from=here"])
def test_an_address_that_somebody_types_tells_nothing_of_the_page_there(desk: Desk, query: str) -> None:
    closed, open_page = desk.closed.stories["live"], desk.foreign.stories["live"]
    address = f"{closed.url}{query}"
    assert typed(desk, address) == typed(desk, f"/stories/nothing-there/{query}") | {
        "result": {"url": address, "title": "There", "prefer_this_title_as_link_text": True}
    }
    found = typed(desk, f"{open_page.url}{query}")
    assert found.get("internal", found.get("result"))["id"] == open_page.pk
    Page.objects.filter(pk=open_page.pk).update(draft_title="Teasel under a secret name")
    assert "secret" not in str(typed(desk, f"{open_page.url}{query}"))
