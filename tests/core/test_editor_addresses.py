"""Every address of Wagtail's editor that names something: closed things are 404 there, whoever asks and however."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from wagtail.models import Page, TaskState, Workflow

from tests.editor_world import MARKER, EditorWorld

Address = Callable[[EditorWorld, Page], str]


@pytest.fixture
def world(editor_world: EditorWorld) -> EditorWorld:
    return editor_world


def of_page(rest: str) -> Address:
    return lambda _world, page: f"/admin/{rest}".replace("PK", str(page.pk))


def _revision(page: Page) -> int:
    revision = page.specific.revisions.order_by("pk").last()
    return revision.pk if revision else 1


def of_revision(deed: str) -> Address:
    return lambda _world, page: f"/admin/pages/{page.pk}/revisions/{_revision(page)}/{deed}/"


def _compare(_world: EditorWorld, page: Page) -> str:
    return f"/admin/pages/{page.pk}/revisions/compare/earliest...latest/"


def of_session(rest: str) -> Address:
    return lambda world, _page: f"/admin/snippets/{rest}".replace("PK", str(world.session.pk))


def of_topic(rest: str) -> Address:
    return lambda world, _page: f"/admin/snippets/{rest}".replace("PK", str(world.topic.pk))


def _task(world: EditorWorld, page: Page) -> int:
    state = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).first()
    return state.pk if state else 1


PAGES: dict[str, Address] = {
    "api/main/^pages/<int:pk>/": of_page("api/main/pages/PK/"),
    "api/main/^pages/<int:pk>/action/<str:action_name>/": of_page("api/main/pages/PK/action/publish/"),
    "pages/<int:parent_page_id>/": of_page("pages/PK/"),
    "pages/<int:parent_page_id>/results/": of_page("pages/PK/results/"),
    "pages/<int:parent_page_id>/add_subpage/": of_page("pages/PK/add_subpage/"),
    "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/": of_page(
        "pages/add/stories/storypage/PK/"
    ),
    "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/": of_page(
        "pages/add/stories/storypage/PK/preview/"
    ),
    **{
        f"pages/<int:page_id>/{deed}/": of_page(f"pages/PK/{deed}/")
        for deed in (
            *("usage", "edit", "edit/preview", "view_draft", "delete", "unpublish", "convert_alias", "copy", "privacy"),
            *("lock", "unlock", "revisions", "workflow_history", "history", "history/results"),
        )
    },
    "pages/<int:page_to_move_id>/move/": of_page("pages/PK/move/"),
    "pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/": of_page("pages/PK/move/2/confirm/"),
    "pages/<int:page_to_move_id>/set_position/": of_page("pages/PK/set_position/"),
    "pages/<int:page_id>/revisions/<int:revision_id>/view/": of_revision("view"),
    "pages/<int:page_id>/revisions/<int:revision_id>/revert/": of_revision("revert"),
    "pages/<int:page_id>/revisions/<int:revision_id>/unschedule/": of_revision("unschedule"),
    r"pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
    "": _compare,
    "pages/<int:page_id>/workflow_history/detail/<int:workflow_state_id>/": of_page(
        "pages/PK/workflow_history/detail/1/"
    ),
    "pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/": lambda world, page: (
        f"/admin/pages/workflow/action/{page.pk}/approve/{_task(world, page)}/"
    ),
    "pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/": lambda world, page: (
        f"/admin/pages/workflow/collect_action_data/{page.pk}/approve/{_task(world, page)}/"
    ),
    "pages/workflow/confirm_cancellation/<int:page_id>/": of_page("pages/workflow/confirm_cancellation/PK/"),
    "pages/workflow/preview/<int:page_id>/<int:task_id>/": of_page("pages/workflow/preview/PK/1/"),
    "choose-page/<int:parent_page_id>/": of_page("choose-page/PK/"),
    "workflows/remove/<int:page_pk>/": of_page("workflows/remove/PK/"),
    "workflows/remove/<int:page_pk>/<int:workflow_pk>/": of_page("workflows/remove/PK/1/"),
    "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": of_page(
        "editing-sessions/ping/wagtailcore/page/PK/1/"
    ),
}
THINGS: dict[str, Address] = {
    **{
        f"snippets/surgeries/session/{deed}/<int:pk>/": of_session(f"surgeries/session/{deed}/PK/")
        for deed in ("edit", "delete", "usage", "history", "history-results", "copy")
    },
    "snippets/choose/surgeries/session/chosen/<str:pk>/": of_session("choose/surgeries/session/chosen/PK/"),
    **{
        f"snippets/core/topic/{deed}/<int:pk>/": of_topic(f"core/topic/{deed}/PK/")
        for deed in ("edit", "delete", "usage", "history", "history-results", "copy")
    },
    "snippets/choose/core/topic/chosen/<str:pk>/": of_topic("choose/core/topic/chosen/PK/"),
    "redirects/<int:redirect_id>/": lambda world, _page: f"/admin/redirects/{world.redirect.pk}/",
    "redirects/<int:redirect_id>/delete/": lambda world, _page: f"/admin/redirects/{world.redirect.pk}/delete/",
    "searchpicks/<int:query_id>/": lambda world, _page: f"/admin/searchpicks/{world.query.pk}/",
    "searchpicks/<int:query_id>/delete/": lambda world, _page: f"/admin/searchpicks/{world.query.pk}/delete/",
}
NOTHING_CLOSED = (
    *("api/main/^documents/", "api/main/^images/", "bulk/", "pages/usage/", "pages/create/", "collections/", "embeds/"),
    *("workflows/enable/", "workflows/disable/", "workflows/edit/", "workflows/usage/", "workflows/tasks/"),
    *("workflows/task_chooser/", "editing-sessions/release/", "tag-autocomplete/", "^tag-autocomplete/", "documents/"),
    *("images/", "snippets/search/", "snippets/choose/search/", "person_chooser/", "sites/", "users/", "groups/"),
    *("password_reset/", "settings/", "snippets/core/closedday/", "snippets/choose/core/closedday/"),
    *("reports/dead-addresses/", "snippets/communities/role/", "snippets/choose/communities/role/"),
    *("snippets/communities/qualification/", "snippets/choose/communities/qualification/"),
)
"""Accounts, settings, closed days, dead addresses, the catalogues of roles and qualifications. Pictures, files and
collections have a table of their own (``tests/communities/test_editor_uploads.py``). Bulk actions and lists of a type
are tested as lists."""


def addresses() -> set[str]:
    """Every address below the editor's that takes an argument."""
    return {pattern for pattern in every_address() if "<" in pattern and not pattern.startswith(NOTHING_CLOSED)}


def every_address() -> set[str]:
    return {pattern.removeprefix("admin/").removeprefix("^admin/") for pattern in _walk(get_resolver())}


def _walk(resolver: Any, above: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = f"{above}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern, address)
        elif address.removeprefix("^").startswith("admin/"):
            yield address


def test_every_address_that_names_something_has_a_row() -> None:
    words = "Wagtail has an address with an argument that the tables of rights do not ask, or has it no more: {}"
    found, known = addresses(), {*PAGES, *THINGS}
    assert found == known, words.format(sorted(found ^ known))


def rows(world: EditorWorld) -> Iterator[tuple[str, str]]:
    """Each closed address, with a name for it."""
    for name, address in PAGES.items():
        for state in ("private", "draft", "pending"):
            yield f"{state} {name}", address(world, getattr(world, state))
    for name, address in THINGS.items():
        yield name, address(world, world.private)


FORMS = ("/edit/", "/<int:parent_page_id>/", "/edit/<int:pk>/")
"""The ends of addresses whose form has a button that publishes."""


@pytest.mark.slow
@pytest.mark.parametrize("who", ["leader", "publisher"])
def test_an_editor_who_is_no_member_gets_404(world: EditorWorld, who: str) -> None:
    browser, wrong = world.browser(who), []
    for name, address in rows(world):
        answers = [browser.get(address), browser.post(address)]
        answers += [browser.post(address, {"action-publish": "1"})] if name.endswith(FORMS) else []
        wrong += [(name, answer.status_code) for answer in answers if answer.status_code != 404]
        wrong += [(name, MARKER) for answer in answers if MARKER in answer.content.decode().lower()]
    assert not wrong


@pytest.mark.slow
def test_whoever_runs_the_hub_is_asked_for_a_reason(world: EditorWorld) -> None:
    browser, wrong = world.browser("superuser"), []
    for name, address in rows(world):
        for answer in (browser.get(address), browser.post(address)):
            asked = answer.status_code == 403 and b'name="opening-reason"' in answer.content
            wrong += [] if asked and MARKER not in answer.content.decode().lower() else [(name, answer.status_code)]
    assert not wrong


def test_a_script_of_the_editor_is_asked_nothing(world: EditorWorld) -> None:
    browser = world.browser("superuser")
    for headers in ({"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}):
        assert browser.post(f"/admin/pages/{world.private.pk}/edit/", headers=headers).status_code == 404


OPENS = ("edit", "history", "usage", "copy", "view_draft", "delete", "unpublish", "revisions")


@pytest.mark.parametrize("who", ["facilitator", "with_reason"])
def test_members_and_whoever_gave_a_reason_work_as_before(world: EditorWorld, who: str) -> None:
    browser = world.browser(who)
    for state in ("private", "draft", "pending"):
        page = getattr(world, state)
        got = {deed: browser.get(f"/admin/pages/{page.pk}/{deed}/").status_code for deed in OPENS}
        assert set(got.values()) <= {200, 302}, (state, got)
    assert browser.get(f"/admin/pages/{world.private.pk}/edit/").status_code == 200
    assert browser.get(of_session("surgeries/session/edit/PK/")(world, world.private)).status_code == 200


def test_open_things_open_as_before(world: EditorWorld) -> None:
    for who in ("editor", "publisher", "facilitator", "superuser"):
        assert world.browser(who).get(f"/admin/pages/{world.public.pk}/edit/").status_code == 200


def test_what_an_open_page_said_while_it_was_private_stays_private(world: EditorWorld) -> None:
    page = world.private
    old = page.revisions.order_by("pk").last()
    page.refresh_from_db()
    page.title, page.audience, page.community = "Opened", "everyone", None
    page.save_revision().publish()
    Workflow.objects.all().delete()
    browser = world.browser("publisher")
    assert browser.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    for rest in (f"{old.pk}/view/", f"{old.pk}/revert/", f"compare/{old.pk}...latest/", "compare/earliest...live/"):
        assert browser.get(f"/admin/pages/{page.pk}/revisions/{rest}").status_code == 404, rest
