"""What is done in the editor to many pages at once, as an alias, or as a preview: for each state that a page stands in.

The addresses themselves are in ``test_editor_table.py``; here is what is posted to those that everybody may open.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from communities.models import FACILITATOR
from tests.communities.editor_desk import WORDS, Desk, build, holders
from tests.communities.test_editor_rights import BULK, LISTS
from tests.core.test_editor_forms import story
from tests.factories import make_member

pytestmark = pytest.mark.django_db
SNAPSHOT = ("pk", "title", "live", "locked", "path", "has_unpublished_changes", "latest_revision", "alias_of")


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(lambda person, community: make_member(person, community, FACILITATOR))
        transaction.set_rollback(True)


def not_theirs(desk: Desk) -> list[Page]:
    return [page for shelf in (desk.foreign, desk.closed) for page in shelf.pages().values()]


def rows(pages: list[Page]) -> list[Any]:
    return list(Page.objects.filter(pk__in=[page.pk for page in pages]).order_by("pk").values(*SNAPSHOT))


def bulk(browser: Client, deed: str, pages: list[Page], into: Page) -> int:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return browser.post(f"/admin/bulk/wagtailcore/page/{deed}/?{ids}", {"chooser": into.pk}).status_code


# -- many at once ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("deed", BULK)
def test_what_is_not_theirs_stays_as_it_is_whichever_way_it_is_listed(desk: Desk, deed: str) -> None:
    browser, pages = desk.browser("facilitator"), not_theirs(desk)
    before = rows(pages)
    bulk(browser, deed, pages, desk.own.community)
    browser.post(f"/admin/bulk/wagtailcore/page/{deed}/?id=all&childOf={desk.index.pk}", {"chooser": desk.index.pk})
    assert rows(pages) == before


OWN_IN_BULK = {  # in which states of theirs a deed changes something, of a facilitator
    "unpublish": {"live", "alias", "guidance", "surgery"},
    "publish": {"community", "live", "draft", "locked", "in_workflow", "guidance", "surgery"},
    "delete": {"live", "draft", "locked", "in_workflow", "scheduled", "alias", "guidance", "surgery"},
    "move": set(),
}


@pytest.mark.parametrize("deed", BULK)
def test_of_theirs_it_does_what_each_state_allows(desk: Desk, deed: str) -> None:
    browser, changed = desk.browser("facilitator"), set()
    for state, page in desk.own.pages().items():
        before = rows([page])
        with transaction.atomic():
            bulk(browser, deed, [page], desk.own.community)
            changed |= {state} if rows([page]) != before else set()
            transaction.set_rollback(True)
    assert changed == OWN_IN_BULK[deed]


# -- aliases and previews ----------------------------------------------------------------------------------------------
def test_nothing_that_is_not_theirs_gets_an_alias(desk: Desk) -> None:
    browser, count = desk.browser("facilitator"), Page.objects.count()
    for page in not_theirs(desk):
        data = {"new_title": "Copy", "new_slug": "copied", "new_parent_page": desk.index.pk, "alias": "1"}
        api = f"/admin/api/main/pages/{page.pk}/action/create_alias/"
        assert browser.post(f"/admin/pages/{page.pk}/copy/", data).status_code == 404, page
        assert browser.post(api, {}, content_type="application/json").status_code in {403, 404}, page
    assert Page.objects.count() == count


@pytest.mark.parametrize("whose", ["own", "foreign", "closed"])
def test_a_preview_of_something_new_shows_no_community_that_is_not_theirs(desk: Desk, whose: str) -> None:
    browser = desk.browser("facilitator")
    address = f"/admin/pages/add/stories/storypage/{desk.index.pk}/preview/"
    community = getattr(desk, whose).community
    valid = browser.post(address, story(title="Mine", community=community.pk)).json()["is_valid"]
    assert valid is (whose == "own")
    shown = browser.get(address)
    assert (community.title in shown.content.decode()) is (whose == "own")


@pytest.mark.parametrize("kind", ["stories/storypage", "knowledge/guidancepage", "surgeries/surgerypage"])
def test_whatever_is_new_has_a_preview(desk: Desk, kind: str) -> None:
    app = kind.partition("/")[0]
    index = Page.objects.get(slug={"knowledge": "guidance"}.get(app, app), depth=3)
    address = f"/admin/pages/add/{kind}/{index.pk}/preview/"
    browser, data = desk.browser("facilitator"), story(title="Mine", community=desk.own.community.pk)
    form = querydict_from_html(browser.get(address.removesuffix("preview/")).content.decode(), form_id="page-edit-form")
    answer = browser.post(address, {**form.dict(), **data, "for_whom": "both", "body-count": "0"})
    assert answer.json()["is_valid"]
    assert browser.get(address).status_code == 200


@pytest.mark.parametrize("whose", ["foreign", "closed"])
def test_a_preview_of_theirs_does_not_show_it_in_another_community(desk: Desk, whose: str) -> None:
    browser, page = desk.browser("facilitator"), desk.own.stories["draft"]
    address = f"/admin/pages/{page.pk}/edit/preview/"
    data = story(title=page.title, slug=page.slug, community=getattr(desk, whose).community.pk)
    assert not browser.post(address, data).json()["is_valid"]
    assert getattr(desk, whose).community.title not in browser.get(address).content.decode()


# -- lists, for each grant ---------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_no_list_names_to_whoever_has_a_grant_what_is_not_theirs(desk: Desk) -> None:
    told = []
    for who, browser in holders(desk).items():
        for address in (*LISTS, f"pages/{desk.index.pk}/", f"choose-page/{desk.index.pk}/"):
            said = browser.get(f"/admin/{address}", follow=True).content.decode().lower()
            told += [(who, address, word) for word in (WORDS["closed"], f"{WORDS['foreign']} draft") if word in said]
    assert not told
