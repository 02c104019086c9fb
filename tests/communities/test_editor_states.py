"""Each chooser and each report of the editor, asked for each state that a page stands in: one hub, one table of cells.

Addresses that name one thing are in ``test_editor_table.py``, and what a picture or a file is asked in
``test_editor_uploads.py``.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Page

from communities.models import FACILITATOR
from communities.services.collections import collection_of
from core.models import HubDocument, HubImage
from tests.communities.editor_desk import WORDS, Desk, Shelf, build
from tests.core.test_editor_addresses import every_address
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    """Each page was edited by somebody, what is live went out long ago, and each community has a picture and a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = build(lambda person, community: make_member(person, community, FACILITATOR))
        for name in WORDS:
            _worked_on(getattr(made, name), made)
        Page.objects.filter(live=True).update(last_published_at=timezone.now() - timedelta(days=900))
        yield made
        transaction.set_rollback(True)


def _worked_on(shelf: Shelf, desk: Desk) -> None:
    for page in shelf.pages().values():
        log(page, "wagtail.edit", user=desk.people["inside"])
    word, place = shelf.community.title.split()[0], collection_of(shelf.community)
    HubImage.objects.create(title=f"{word} picture", file=get_test_image_file(), collection=place)
    HubDocument.objects.create(title=f"{word} paper", file=ContentFile("Words.", name="w.txt"), collection=place)


STORIES = {"live", "draft", "locked", "in_workflow", "scheduled"}
PAGES = {*STORIES, "folk", "guidance", "hours"}
"""What is on the way into another's hands is on no list of what is to be edited."""
LIVE = {"live", "locked", "on_the_way", "moved"}
EVERYTHING = {*PAGES, *LIVE, "session", "picture", "paper"}
Shown = tuple[set[str], set[str]]
LISTS: dict[str, Shown] = {  # address: what of the own community stands there, and what of another that is open
    "desk/pages/": (PAGES, set()),
    "pages/INDEX/": (STORIES, set()),
    "pages/search/?q=lantern": (PAGES, set()),
    "pages/search/?q=teasel": (set(), set()),
    "pages/usage/stories/storypage/": (STORIES, set()),
    "api/main/pages/?limit=20": (PAGES, set()),
    "choose-page/INDEX/": ({*STORIES, "on_the_way"}, LIVE),
    "choose-page/?page_type=stories.storypage": ({*STORIES, "on_the_way"}, LIVE),
    "choose-page/INDEX/?user_perms=copy_to": ({*STORIES, "on_the_way"}, LIVE),
    "choose-page/search/?q=lantern": ({*PAGES, "on_the_way"}, set()),
    "choose-page/search/?q=teasel": (set(), {*LIVE, "folk", "guidance", "hours"}),
    "choose-page/search/?q=draft": ({"draft"}, set()),
    "choose-page/chosen-multiple/?IDS": ({*PAGES, "on_the_way"}, {*LIVE, "folk", "guidance", "hours"}),
    "snippets/choose/surgeries/session/": ({"session"}, {"session"}),
    "snippets/choose/surgeries/session/results/?q=session": ({"session"}, {"session"}),
    "snippets/surgeries/session/": ({"session", "hours"}, set()),
    "images/chooser/": ({"picture", "folk"}, set()),
    "documents/chooser/": ({"paper", "folk"}, set()),
    "reports/locked/": ({"locked"}, set()),
    "reports/workflow/": ({"in_workflow"}, set()),
    "reports/workflow_tasks/": ({"in_workflow"}, set()),
    "reports/site-history/": (PAGES, set()),
    "reports/aging-pages/": ({"live", "locked", "folk", "guidance", "hours"}, set()),
    "reports/page-types-usage/": ({"folk", "guidance", "hours"}, set()),  # the story edited last is another's
    "reports/files/": ({"paper"}, set()),
    "reports/locked/?export=csv": ({"locked"}, set()),
    "reports/workflow/?export=csv": ({"in_workflow"}, set()),
    "reports/workflow_tasks/?export=csv": ({"in_workflow"}, set()),
    "reports/site-history/?export=csv": (PAGES, set()),
    "reports/aging-pages/?export=csv": ({"live", "locked", "folk", "guidance", "hours"}, set()),
    "reports/files/?export=csv": ({"paper"}, set()),
}
"""Whoever writes anywhere chooses among what everybody may read, and among their own."""
OF_THE_HUB_TEAM = ("reports/unanswered/", "reports/dead-addresses/", "reports/members-only/")


def test_every_report_has_a_row() -> None:
    reports = {address for address in every_address() if address.startswith("reports/") and "<" not in address}
    asked = {address for address in LISTS if address.startswith("reports/") and "?" not in address}
    assert {address for address in reports if not address.endswith("/results/")} == {*asked, *OF_THE_HUB_TEAM}


def test_lists_name_theirs_in_each_state_and_of_others_what_everybody_reads(desk: Desk) -> None:
    browser, wrong = desk.browser("facilitator"), []
    shelves = [desk.own, desk.foreign, desk.closed]
    ids = "&".join(f"id={page.pk}" for shelf in shelves for page in shelf.pages().values())
    for name, (own, foreign) in LISTS.items():
        answer = browser.get(f"/admin/{name.replace('INDEX', str(desk.index.pk)).replace('IDS', ids)}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = body.decode().lower()
        for whose, allowed in (("own", own), ("foreign", foreign), ("closed", set())):
            named = {state for state in EVERYTHING if f"{WORDS[whose]} {state}" in said}
            wrong += [] if named == allowed else [(name, whose, sorted(named ^ allowed))]
    assert not wrong, f"A list of the editor names too much or too little (list, whose, what differs): {wrong}"


def test_reports_of_the_hub_team_are_for_nobody_else(desk: Desk) -> None:
    browser = desk.browser("facilitator")
    for report in OF_THE_HUB_TEAM:
        for rest in ("", "results/", "?export=csv"):
            assert browser.get(f"/admin/{report}{rest}").status_code == 302, report
