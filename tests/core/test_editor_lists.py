"""No list, chooser, report or dashboard of Wagtail's editor tells an outsider the name of something closed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.urls import get_resolver
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex, TaskState

from core.editing.access import only_open
from core.models import HubImage
from people.models import User
from stories.models import StoryPage
from tests.core.test_editor_addresses import _walk
from tests.editor_world import MARKER, EditorWorld
from tests.factories import SessionFactory, StoryFactory, SurgeryFactory

OUTSIDERS = ("leader", "publisher", "superuser")
"""Whoever leads another community, belongs to this one, or runs the hub."""
UNASKED = ("failwhale", "logout", "reports/members-only", "test404")
"""An error on purpose; the way out; and the list of closed communities, which is what the hub team begins with."""
PAGES_OF_A_KIND = ("stories/storypage", "communities/communitypage", "surgeries/surgerypage")


@pytest.fixture
def world(editor_world: EditorWorld) -> EditorWorld:
    return editor_world


SENT_AWAY = {302, 403}


def lists() -> Iterator[str]:
    """Every address of the editor that takes no argument, and those that take a kind of page."""
    for pattern in sorted(set(_walk(get_resolver()))):
        address = pattern.replace("^", "").replace("$", "").replace("(?:core/topic/)?", "")
        if "<" not in address and "*" not in address and not any(word in address for word in UNASKED):
            yield f"/{address}"
    for kind in PAGES_OF_A_KIND:
        yield from (f"/admin/pages/usage/{kind}/", f"/admin/pages/usage/{kind}/results/", f"/admin/pages/create/{kind}")


SPREADSHEET = "export=csv"
RESULTS = "results/"  # the rows of a list alone, without the button for its spreadsheet


def queries(world: EditorWorld) -> list[str]:
    """What makes a list show more: everything at once; a question, and things by number; a spreadsheet."""
    numbers = "&".join(f"id={page.pk}" for page in (world.private, world.draft, world.pending, world.community))
    return ["", f"q={MARKER[:5]}&term={MARKER[:5]}&{numbers}&multiple=1", SPREADSHEET]


@pytest.mark.slow
@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_list_says_the_word(world: EditorWorld, who: str) -> None:
    browser, told, offered = world.browser(who), [], set()
    for address in lists():
        for query in queries(world):
            if query == SPREADSHEET and address.removesuffix(RESULTS) not in offered:
                continue
            answer = browser.get(f"{address}?{query}")
            body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
                "utf-8", "replace"
            )
            if MARKER in body.lower():
                told.append(f"{address}?{query}")
            if SPREADSHEET in body:
                offered.add(address)
            if answer.status_code in SENT_AWAY:
                break  # before anything was read of the query
    assert offered
    assert not told


def test_a_member_finds_it_in_the_explorer_and_in_choosers(world: EditorWorld) -> None:
    browser = world.browser("facilitator")
    for address in (f"/admin/pages/search/?q={MARKER}", f"/admin/choose-page/search/?q={MARKER}"):
        assert MARKER in browser.get(address).content.decode().lower().replace(f'value="{MARKER}"', "")


def test_sessions_are_filtered_by_series_that_the_editor_may_open(world: EditorWorld) -> None:
    series, address = SurgeryFactory(title="Lantern hours"), "/admin/snippets/surgeries/session/"
    other, meant = (SessionFactory(surgery=each) for each in (SurgeryFactory(title="Open hours"), series))
    page = world.browser("publisher").get(address)
    field = page.context["filters"].form.fields["surgery"]
    assert [label for key, label in field.choices if key] == ["Lantern hours", "Open hours"]
    assert MARKER not in page.content.decode().lower()
    shown = world.browser("publisher").get(f"{address}?surgery={series.pk}").context["object_list"]
    assert (meant in shown, other in shown) == (True, False)
    closed = world.browser("publisher").get(f"{address}?surgery={world.session.surgery_id}")
    assert MARKER not in closed.content.decode().lower()
    offered = world.browser("facilitator").get(address).context["filters"].form.fields["surgery"].queryset
    assert world.session.surgery in offered


BULK = ("delete", "move", "publish", "unpublish")


@pytest.mark.parametrize("deed", BULK)
def test_a_bulk_action_neither_names_nor_touches_it(world: EditorWorld, deed: str) -> None:
    browser, parent = world.browser("publisher"), world.private.get_parent()
    pages = f"/admin/bulk/wagtailcore/page/{deed}/"
    for query in (f"?id={world.private.pk}&id={world.public.pk}", f"?id=all&childOf={parent.pk}"):
        assert MARKER not in browser.get(pages + query).content.decode().lower()
        answer = browser.post(pages + query, {"chooser": parent.pk})
        assert MARKER not in answer.content.decode().lower()
    world.private.refresh_from_db()
    assert (world.private.live, world.private.audience_token) == (True, f"community:{world.community.pk}")


def test_a_bulk_action_deletes_no_session_of_a_closed_series(world: EditorWorld, publisher_may_delete: None) -> None:
    browser = world.browser("publisher")
    for query in (f"?id={world.session.pk}", "?id=all"):
        answers = [browser.get(f"/admin/bulk/surgeries/session/delete/{query}")]
        answers.append(browser.post(f"/admin/bulk/surgeries/session/delete/{query}"))
        assert not [answer for answer in answers if MARKER in answer.content.decode().lower()]
    world.session.refresh_from_db()


@pytest.fixture
def publisher_may_delete(world: EditorWorld) -> None:
    from django.contrib.auth.models import Permission

    world.people["publisher"].user_permissions.add(
        Permission.objects.get(codename="delete_session", content_type__app_label="surgeries")
    )


def test_where_a_picture_is_used_is_told_without_the_name(world: EditorWorld) -> None:
    image = HubImage.objects.create(title="Lantern", file=get_test_image_file())
    StoryFactory(title=f"{MARKER} with a picture", private=True, community=world.community, picture=image)
    rebuild_references()
    shown = {who: world.browser(who).get(f"/admin/images/usage/{image.pk}/").content.decode() for who in WHO_USES}
    assert {who for who, text in shown.items() if MARKER in text.lower()} == {"facilitator", "with_reason"}
    assert "(Private " in shown["publisher"]


WHO_USES = ("publisher", "superuser", "facilitator", "with_reason")


def rebuild_references() -> None:
    """What Wagtail does after each commit."""
    for page in StoryPage.objects.all():
        ReferenceIndex.create_or_update_for_object(page)


def test_a_task_of_a_workflow_is_announced_to_members_alone(world: EditorWorld) -> None:
    state = TaskState.objects.filter(workflow_state__object_id=str(world.private.pk)).get()
    told = GroupApprovalTaskStateSubmissionEmailNotifier().get_valid_recipients(state, user=None)
    assert told == {world.people["facilitator"]}


def test_a_comment_is_not_announced_to_whoever_left(world: EditorWorld) -> None:
    from wagtail.admin.views.pages import edit

    edit.send_notification(list(world.people.values()), "updated_comments", {"page": world.private, **NOTHING_NEW})
    assert {to for message in mail.outbox for to in message.to} == {world.people["facilitator"].email}


NOTHING_NEW: dict[str, Any] = {
    "editor": None,
    **dict.fromkeys(("new_comments", "resolved_comments", "deleted_comments", "replied_comments"), ()),
}


def test_thirty_pages_ask_no_more_than_a_few(world: EditorWorld) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, parent = world.browser("publisher"), world.private.get_parent()
    addresses = [f"/admin/{rest}" for rest in (f"pages/{parent.pk}/", "pages/search/?q=story", "reports/site-history/")]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as made:
                browser.get(address)
            counts.append(len(made))
        return counts

    StoryFactory.create_batch(4)  # from then on a list asks about all of them at once
    few = asked()
    StoryFactory.create_batch(13)
    StoryFactory.create_batch(13, private=True, community=world.community)
    assert asked() == few


def test_only_open_asks_once(world: EditorWorld, django_assert_num_queries: Any) -> None:
    editor = User.objects.get(pk=world.people["editor"].pk)
    pages = list(Page.objects.filter(depth=4))
    only_open([], editor)
    with django_assert_num_queries(3):  # what they belong to, their groups' rights, and the pages
        shown = only_open(pages, editor)
    assert {page.pk for page in pages} - {page.pk for page in shown} >= {world.private.pk, world.pending.pk}


def test_made_up_addresses_are_not_found(world: EditorWorld) -> None:
    browser = world.browser("superuser")
    for address in (
        "person_chooser/create/",
        "person_chooser/chosen/x/",
        "snippets/choose/surgeries/session/chosen/x/",
        "snippets/choose/core/topic/chosen/99999999999999999999/",
        "documents/chooser/chosen/x/",
        "images/chooser/chosen/%00/",
    ):
        assert browser.get(f"/admin/{address}").status_code == 404, address
    assert browser.get("/admin/person_chooser/chosen-multiple/?id=x").status_code == 200


@pytest.mark.parametrize(
    "data", [{}, {"body-count": "x"}, {"body-count": "1"}, {"body-count": "1", "body-0-deleted": ""}]
)
def test_a_form_without_its_own_fields_is_a_bad_request(world: EditorWorld, data: dict[str, str]) -> None:
    from tests.factories import GuidanceFactory

    page = GuidanceFactory()
    browser = world.browser("superuser")
    assert browser.post(f"/admin/pages/{page.pk}/edit/", {"title": "x", **data}).status_code == 400
    assert browser.post(f"/admin/pages/{page.pk}/copy/", data).status_code == 400
