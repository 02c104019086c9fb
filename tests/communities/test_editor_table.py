"""The table of rights behind /admin/: role and grant, whose it is and how it stands, each address that Wagtail has.

One request a cell. The addresses come from ``tests/core/test_editor_addresses.py``, where a new one of Wagtail without
a row fails; lists, choosers and reports are asked in ``tests/core/test_editor_lists.py``, all of them, and what is
posted in ``test_editor_rights.py``.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseNotFound
from django.test import Client
from wagtail.models import Page

from communities.models import FACILITATOR, CommunityPage
from communities.writing import writable_communities
from tests.communities.editor_desk import Desk, build, holders
from tests.core.test_editor_addresses import PAGES
from tests.factories import make_member
from tests.quick import some

pytestmark = pytest.mark.django_db
CHOOSER = "choose-page/<int:parent_page_id>/"
"""Whoever writes anywhere chooses among what everybody may read: Wagtail's own list, without drafts."""
OPEN, REFUSED = 200, 302
BY_POST = ("/lock/", "/unlock/", "/action/", "set_position", "convert_alias", "unschedule", "ping")


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(lambda person, community: make_member(person, community, FACILITATOR))
        transaction.set_rollback(True)


@pytest.fixture
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of refusals: without the page that says so, and without putting the question of rights together anew."""
    known: dict[int, Any] = {}
    ask = writable_communities._ask

    def once(person: Any) -> Any:
        return known[person.pk] if person.pk in known else known.setdefault(person.pk, ask(person))

    monkeypatch.setattr(writable_communities, "_ask", once)
    monkeypatch.setattr("hub.urls.handler404", lambda _request, exception: HttpResponseNotFound(), raising=False)


def asked(browser: Client, address: str) -> int:
    """The answer to what an address is for: a deed is posted, and the rest is looked at."""
    return (browser.post if any(part in address for part in BY_POST) else browser.get)(address).status_code


# -- what is not theirs ------------------------------------------------------------------------------------------------
QUICK = (0,)


@pytest.mark.parametrize("turns", [QUICK, pytest.param((1, 2, 3), marks=pytest.mark.slow)])
@pytest.mark.usefixtures("_bare")
def test_each_address_of_what_is_not_theirs_is_404(desk: Desk, turns: tuple[int, ...]) -> None:
    """Two communities and every state take turns at each address; the slow run asks the rest."""
    browser, wrong = desk.browser("facilitator"), []
    cells = [(shelf, state, page) for shelf in (desk.foreign, desk.closed) for state, page in shelf.pages().items()]
    for row, (name, address) in enumerate(PAGES.items()):
        mine = [cell for column, cell in enumerate(cells) if (row + column) % 4 in turns]
        for shelf, state, page in some(mine, every=4, turn=row // 4):
            is_chosen = name == CHOOSER and page.live and shelf is desk.foreign
            got = asked(browser, address(None, page))  # type: ignore[arg-type]  # it asks nothing of the world
            wrong += [] if got == (OPEN if is_chosen else 404) else [(name, shelf.community.title, state, got)]
    assert not wrong, f"Not 404 for whoever writes for another community (address, whose, state, answer): {wrong}"


@pytest.mark.usefixtures("_bare")
def test_dates_of_what_is_not_theirs_are_404(desk: Desk) -> None:
    browser = desk.browser("facilitator")
    for shelf in (desk.foreign, desk.closed):
        for deed in ("edit", "delete", "history", "usage", "copy"):
            address = f"/admin/snippets/surgeries/session/{deed}/{shelf.session.pk}/"
            assert browser.get(address).status_code == 404, (deed, shelf.community.title)


# -- what is theirs ----------------------------------------------------------------------------------------------------
DEEDS: dict[str, Callable[[Page], str]] = {
    deed: (lambda page, deed=deed: f"/admin/pages/{page.pk}/{deed}/")  # type: ignore[misc]  # the default is no argument
    for deed in ("edit", "history", "usage", "view_draft", "copy", "delete", "unpublish", "move", "privacy")
}
READ = {"edit", "history", "usage", "view_draft"}
DONE = ("edit", "copy", "delete", "unpublish")
OF_A_STATE: dict[str, set[str]] = {
    "community": READ,
    "live": {*READ, "copy", "delete", "unpublish", "revert", "compare", "old version", "api"},
    "draft": {"edit", "copy", "delete"},
    "locked": {"edit", "copy", "delete"},
    "in_workflow": {"edit", "copy", "delete"},
    "scheduled": {"edit", "copy", "delete"},
    "on_the_way": set(),
    "alias": {"edit", "copy", "delete", "unpublish"},
    "guidance": {"edit", "copy", "delete", "unpublish"},
    "surgery": {"edit", "copy", "delete", "unpublish"},
}
"""What a facilitator may do with their own things. Wagtail unpublishes nothing that is locked, and what is on the way
into another community's hands is theirs as little as the other's."""


def versions(page: Page) -> dict[str, str]:
    first = page.revisions.order_by("pk").first()
    at = f"/admin/pages/{page.pk}/revisions"
    return {
        "revert": f"{at}/{first.pk}/revert/",
        "old version": f"{at}/{first.pk}/view/",
        "compare": f"{at}/compare/earliest...latest/",
        "api": f"/admin/api/main/pages/{page.pk}/",
    }


def opened(browser: Client, addresses: dict[str, str]) -> set[str]:
    return {deed for deed, address in addresses.items() if browser.get(address).status_code == OPEN}


@pytest.mark.usefixtures("_bare")
def test_what_is_theirs_opens_as_it_stands(desk: Desk) -> None:
    browser, pages = desk.browser("facilitator"), desk.own.pages()
    assert set(OF_A_STATE) == set(pages)
    found, expected = {}, {}
    for number, (state, page) in enumerate(pages.items()):
        named = DEEDS if state in {"community", "live"} else DONE
        further = versions(page) if state == "live" else {}
        addresses = {**{deed: DEEDS[deed](page) for deed in named}, **further}
        these = dict(some(addresses.items(), every=3, turn=number))
        found[state], expected[state] = opened(browser, these), OF_A_STATE[state] & these.keys()
    assert found == expected


KINDS = ("community", "live", "guidance", "surgery")
BY_GRANT: dict[str, dict[str, set[str]]] = {
    "edit_page": {"community": {"edit"}},
    "write_stories": {"live": {"edit", "copy"}},
    "publish_stories": {"live": {"edit", "copy", "delete", "unpublish"}},
    "guidance": {"guidance": {"edit", "copy", "delete", "unpublish"}},
    "surgeries": {"surgery": {"edit", "copy", "delete", "unpublish"}},
}
"""What a grant opens, by kind of page: these and no others. What is live is not deleted by whoever may not publish, and
nobody moves pages by a grant."""
ASKED_OF_A_GRANT = ("edit", "copy", "delete", "unpublish", "move")


@pytest.mark.usefixtures("_bare")
def test_a_grant_opens_what_it_is_for_and_nothing_else(desk: Desk) -> None:
    found: dict[str, dict[str, set[str]]] = {}
    for who, browser in holders(desk).items():
        found[who] = {}
        for kind in KINDS:
            page = desk.own.pages()[kind]
            asked_of = {deed: DEEDS[deed](page) for deed in ASKED_OF_A_GRANT}
            first = browser.get(asked_of["edit"]).status_code
            if first != OPEN:
                assert first == 404, (who, kind, first)  # what they may not write at all is not there
                continue
            found[who][kind] = opened(browser, asked_of)
        assert browser.get(f"/admin/pages/{desk.foreign.pages()[kind].pk}/edit/").status_code == 404
    assert found == BY_GRANT


# -- the index, and those who are no writers ---------------------------------------------------------------------------
def test_the_tree_is_nobodys_and_a_community_is_not_theirs_to_end(desk: Desk) -> None:
    browser = desk.browser("facilitator")
    for deed in ("edit", "delete", "unpublish", "copy", "move", "lock", "privacy"):
        assert browser.get(DEEDS.get(deed, lambda page: f"/admin/pages/{page.pk}/lock/")(desk.index)).status_code in {
            REFUSED,
            405,
        }, deed
    browser.post(f"/admin/pages/{desk.own.community.pk}/delete/")
    assert CommunityPage.objects.filter(pk=desk.own.community.pk).exists()


def test_members_who_may_write_nothing_do_not_enter(desk: Desk) -> None:
    assert desk.browser("member").get("/admin/").status_code == REFUSED
    # a group lets her in, and she reads what is for members; to write it is another thing
    assert desk.browser("editor").get(f"/admin/pages/{desk.closed.stories['live'].pk}/edit/").status_code == 404
    assert desk.browser("editor").get(f"/admin/pages/{desk.foreign.stories['live'].pk}/edit/").status_code == OPEN
    assert desk.browser("hub_team").get(f"/admin/pages/{desk.foreign.stories['draft'].pk}/edit/").status_code == OPEN
    assert desk.browser("hub_team").get(f"/admin/pages/{desk.closed.stories['live'].pk}/edit/").status_code == 403
