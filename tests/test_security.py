"""Wagtail's editor, object by object: who has no business there gets nothing of a private page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import get_resolver, reverse

from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import PersonFactory
from tests.visibility.world import MARKER, World

DOORS = ("/account/login/", "/admin/login/")


def admin_addresses(world: World) -> dict[str, str]:
    """Views of the editor that show a page, picture, file, session or person, for the private ones."""
    shelf = world.private
    revision = StoryPage.objects.get(pk=shelf.story.pk).save_revision()
    page, pages = shelf.story.pk, "wagtailadmin_pages"
    return {
        "edit": reverse(f"{pages}:edit", args=[page]),
        "explore": reverse("wagtailadmin_explore", args=[shelf.story.get_parent().pk]),
        "history": reverse(f"{pages}:history", args=[page]),
        "compare": reverse(f"{pages}:revisions_compare", args=[page, "earliest", "latest"]),
        "revert": reverse(f"{pages}:revisions_revert", args=[page, revision.pk]),
        "view a revision": reverse(f"{pages}:revisions_view", args=[page, revision.pk]),
        "view the draft": reverse(f"{pages}:view_draft", args=[page]),
        "preview": reverse(f"{pages}:preview_on_edit", args=[page]),
        "copy": reverse(f"{pages}:copy", args=[page]),
        "move": reverse(f"{pages}:move", args=[page]),
        "delete": reverse(f"{pages}:delete", args=[page]),
        "unpublish": reverse(f"{pages}:unpublish", args=[page]),
        "usage": reverse(f"{pages}:usage", args=[page]),
        "privacy": reverse(f"{pages}:set_privacy", args=[page]),
        "bulk": reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page}",
        "choose a page": reverse("wagtailadmin_choose_page"),
        "search for a page": reverse("wagtailadmin_pages:search") + f"?q={MARKER}",
        "choose a picture": reverse("wagtailimages_chooser:choose"),
        "a chosen picture": reverse("wagtailimages_chooser:chosen", args=[shelf.image.pk]),
        "edit a picture": reverse("wagtailimages:edit", args=[shelf.image.pk]),
        "size a picture": reverse("wagtailimages:preview", args=[shelf.image.pk, "width-50"]),
        "choose a file": reverse("wagtaildocs_chooser:choose"),
        "edit a file": reverse("wagtaildocs:edit", args=[shelf.document.pk]),
        "edit a session": reverse("wagtailsnippets_surgeries_session:edit", args=[shelf.session.pk]),
        "list sessions": reverse("wagtailsnippets_surgeries_session:list"),
        "list people": reverse("wagtailusers_users:index"),
        "edit a person": reverse("wagtailusers_users:edit", args=[shelf.person.pk]),
        "pages over JSON": "/admin/api/main/pages/",
        "one page over JSON": f"/admin/api/main/pages/{page}/",
        "reports": reverse("wagtailadmin_reports:site_history"),
        "Django's people": "/django-admin/people/user/",
    }


@pytest.mark.parametrize("reader", ["nobody", "carys", "bryn", "dev"])
def test_a_plain_member_gets_nothing_from_the_editor(world: World, db: Any, reader: str) -> None:
    browser = world.browser(reader)
    for name, address in admin_addresses(world).items():
        for ask in (browser.get, browser.post):
            response = ask(address)
            assert response.status_code in (302, 403, 404), name
            assert MARKER.title() not in response.content.decode(), name
            assert response.status_code != 302 or "/login/" in response["Location"], name


def test_no_door_of_the_editor_is_left_open(world: World, db: Any) -> None:
    browser = world.browser("carys")
    answers = {address: browser.get(address).status_code for address in editor_addresses()}
    assert len(answers) > 50
    assert {address: status for address, status in answers.items() if status not in (302, 403, 404, 405)} == {}


OPEN_TO_ALL = ("/admin/jsi18n/", "/admin/sprite/")
"""Words and glyphs that the editor's scripts need, the same on every site."""


def editor_addresses() -> Iterator[str]:
    """Every address of Wagtail's editor that can be written without knowing a thing."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "admin/" and hasattr(pattern, "url_patterns"):
            yield from (address for address in _plain(pattern, "/") if not address.startswith(OPEN_TO_ALL))


def _plain(resolver: Any, above: str) -> Iterator[str]:
    prefix = above + str(resolver.pattern).removeprefix("^")
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _plain(pattern, prefix)
        elif not re.search(r"[<(\[\\]", route := prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")):
            yield route


def test_who_may_not_enter_is_not_sent_round_in_a_circle(world: World, db: Any) -> None:
    for door in ("/admin/", "/django-admin/"):
        assert world.browser("carys").get(door, follow=True).status_code == 404


def test_nobody_signs_in_and_is_led_to_the_editor(world: World, db: Any) -> None:
    response = browse().get("/admin/pages/", follow=True)
    assert response.request["PATH_INFO"] == "/account/login/"
    signed_in = response.client.post(
        f"/account/login/?{response.request['QUERY_STRING']}",
        {"login": "hub.team@example.org", "password": "a long enough password"},
    )
    assert signed_in["Location"] == "/admin/pages/"


@pytest.fixture
def editor(world: World, db: None) -> User:
    """Somebody of Wagtail's own group of editors."""
    person: User = PersonFactory(first_name="Edith", last_name="Or")
    person.groups.add(Group.objects.get(name="Editors"))
    return person


def test_an_editor_works_in_the_editor(world: World, editor: User) -> None:
    browser = browse(editor)
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/login/")["Location"] == "/admin/"
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[world.public.story.pk])).status_code == 200


def test_an_editor_does_not_enter_djangos_admin(editor: User) -> None:
    assert browse(editor).get("/django-admin/", follow=True).status_code == 404


def test_an_editor_has_no_exception_on_the_front(world: World, editor: User) -> None:
    for thing in (world.private.community, world.private.story, world.private.guidance, world.private.session):
        assert browse(editor).get(thing.url).status_code == 404


def test_an_editor_changes_no_account(world: World, editor: User) -> None:
    address = reverse("wagtailusers_users:edit", args=[world.cast["carys"].pk])
    browse(editor).post(address, {"name": "Somebody Else", "is_superuser": "on"})
    carys = User.objects.get(slug="carys-hughes")
    assert (carys.name, carys.is_superuser) == ("Carys Hughes", False)


def test_pages_are_edited_by_a_link_that_editors_alone_see(world: World, editor: User) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[world.public.story.pk])
    assert address in browse(editor).get(world.public.story.url).content.decode()
    assert address not in world.browser("bryn").get(world.public.story.url).content.decode()


def test_an_editor_finds_people_by_name_when_a_page_names_one(world: World, editor: User) -> None:
    address = reverse("person_chooser:choose_results")
    found = browse(editor).get(address, {"q": "powell"}).content.decode()
    assert "Bryn Powell" in found
    assert "Carys Hughes" not in found
