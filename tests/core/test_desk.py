"""The desk: where the editor opens, with what is mine and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.icons import get_icons
from wagtail.admin.menu import admin_menu, reports_menu, settings_menu
from wagtail.admin.views import home as wagtail_home

from communities.models import FACILITATOR, CommunityPage, Membership
from core.desk.panels import OF_WAGTAIL
from core.desk.rows import PANELS, SHOWN
from people.models import User
from search.models import LoggedQuery
from stories.models import StoryPage
from tests.conftest import browse
from tests.editor_world import MARKER, VIEWERS, build
from tests.factories import CommunityFactory, GuidanceFactory, StoryFactory, SurgeryFactory, make_member

DESK = "/admin/"
SETTLED = 2
"""Requests after which nothing is looked up for the first time."""


def panels_of(person: User) -> dict[str, Any]:
    """What each panel shows to ``person``."""
    response = browse(person).get(DESK)
    return {panel.panel.name: panel.shown for panel in response.context["panels"]}


def titles(shown: dict[str, Any]) -> list[str]:
    return [row.title for row in shown["rows"]]


def searched(text: str, times: int = LoggedQuery.FEWEST) -> None:
    LoggedQuery.objects.create(text=text, times=times, empty=times)


def test_everything_of_ashas_lies_there(community, asha, bryn, carys):
    draft = StoryFactory(title="Half a story", community=community, owner=asha, live=False)
    draft.save_revision(user=asha)
    later = StoryFactory(title="Next week", community=community, owner=asha, live=False)
    later.save_revision(user=asha, approved_go_live_at=timezone.now() + timedelta(days=7))
    StoryFactory(title="Goes soon", community=community, expire_at=timezone.now() + timedelta(days=9))
    Membership.objects.create(community=community, person=carys, state="asked")
    shown = panels_of(asha)
    assert list(shown) == ["waiting", "communities", "drafts", "searches", "scheduled"]
    assert titles(shown["drafts"]) == ["Half a story"]
    assert titles(shown["scheduled"]) == ["Next week", "Goes soon"]
    assert any(carys.name in title for title in titles(shown["waiting"]))
    assert [one["community"] for one in shown["communities"]["communities"]] == [community]


def test_whoever_sees_an_empty_desk_is_told_what_to_do(home, bryn):
    bryn.groups.add(Group.objects.get(name="Moderators"))
    for panel in browse(bryn).get(DESK).context["panels"]:
        context = panel.get_context_data(None)
        assert context["empty"], panel.panel.name


def test_no_word_of_others_lies_there(home):
    world = build()
    searched(f"{MARKER} allotment", 50)
    pages = {who: world.browser(who).get(DESK).content.decode().lower() for who in VIEWERS}
    assert {who for who, page in pages.items() if MARKER in page} == {"facilitator", "with_reason"}  # for an hour


def test_a_community_offers_what_one_may_and_says_what_is_due(community, asha, bryn):
    SurgeryFactory(community=community)
    GuidanceFactory.create_batch(2, community=community, due_on=timezone.localdate() - timedelta(days=1))
    (mine,) = panels_of(asha)["communities"]["communities"]
    assert [str(deed.words) for deed in mine["deeds"]] == ["New story", "New session", "New guidance", "Edit its page"]
    assert [note.url for note in mine["notes"]] == [reverse("knowledge:due")]
    browser = browse(asha)
    assert {browser.get(deed.url).status_code for deed in mine["deeds"]} == {200}


def test_a_draft_of_ones_own_opens_where_it_was_begun(community, asha):
    story = StoryFactory(title="Begun", community=community, owner=asha, live=False)
    story.save_revision(user=asha)
    (row,) = panels_of(asha)["drafts"]["rows"]
    assert [row.url, row.also[0].url] == [
        reverse("stories:write", args=[story.pk]),
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
    ]
    assert browse(asha).get(row.url).status_code == 200


# -- searches without an answer ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [
        ("allotment waiting list", True),
        ("allotments", True),
        ("bus timetable", False),  # nothing that she looks after
        ("allotment quillwort", False),  # a word that nothing says that she may read
    ],
)
def test_searches_about_what_one_looks_after(community, asha, monkeypatch, asked, is_shown):
    monkeypatch.setattr("search.unanswered.is_common", {"waiting", "list", "bus", "timetable"}.__contains__)
    CommunityPage.objects.filter(pk=community.pk).update(title="The allotment folk")
    searched(asked)
    assert (asked in titles(panels_of(asha)["searches"])) is is_shown


def test_a_search_asked_by_few_is_shown_to_nobody(community, asha, monkeypatch):
    monkeypatch.setattr("search.unanswered.is_common", lambda _word: True)
    searched(community.title.lower(), LoggedQuery.FEWEST - 1)
    assert titles(panels_of(asha)["searches"]) == []


# -- how much it costs -------------------------------------------------------------------------------------------------
def queries(person: User) -> int:
    browser = browse(person)
    for _each in range(SETTLED):
        browser.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(DESK).status_code == 200
    return len(asked)


def look_after(person: User, many: int) -> None:
    """Everything that lies on a desk, ``many`` times."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for number in range(many):
        community = CommunityFactory(title=f"Folk {many} {number}")
        make_member(person, community, FACILITATOR)
        if number <= SHOWN:
            StoryFactory(community=community, owner=person, live=False).save_revision(user=person)
            StoryFactory(community=community, expire_at=timezone.now() + timedelta(days=number + 1))
            GuidanceFactory(community=community, due_on=yesterday)
            SurgeryFactory(community=community)


def test_a_desk_with_much_on_it_asks_no_more(home, asha, bryn):
    look_after(asha, 6)
    look_after(bryn, 20)
    few, much = queries(asha), queries(bryn)
    assert much <= few
    assert few <= 60


# -- what Wagtail is assumed to have -----------------------------------------------------------------------------------
def test_the_panels_that_are_left_out_are_those_of_wagtail():
    assert len(PANELS) >= 5
    known = {name for name in vars(wagtail_home) if name.endswith("Panel")}
    words = "Wagtail's first page has a panel that the desk does not know: read core/desk/panels.py."
    assert known - {panel.__name__ for panel in OF_WAGTAIL} == {
        "UpgradeNotificationPanel",
        "WhatsNewInWagtailVersionPanel",
        "SiteSummaryPanel",
    }, words


def test_wagtails_templates_have_the_blocks_that_are_filled(home, rf):
    from django.template.loader import get_template

    for name in ("wagtailadmin/home.html", "wagtailadmin/base.html"):
        ours = get_template(name).template
        assert "templates/wagtailadmin" in ours.origin.name


def test_what_is_not_there_says_so_in_the_words_of_the_hub(community, asha):
    answer = browse(asha).get("/admin/nothing/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert reverse("wagtailadmin_home") in page
    assert "Go to Wagtail" not in page
    assert "- Wagtail</title>" not in page


# -- the explorer ------------------------------------------------------------------------------------------------------
def test_the_explorer_opens_on_what_is_theirs(community, asha):
    story = StoryFactory(title="Ours", community=community)
    other = StoryFactory(title="Theirs", community=CommunityFactory())
    browser = browse(asha)
    answer = browser.get("/admin/pages/")
    assert [answer.status_code, answer["Location"]] == [302, reverse("desk_pages")]
    shown = {page.pk for page in browser.get(answer["Location"]).context["object_list"]}
    assert story.pk in shown
    assert other.pk not in shown


def test_whoever_edits_everything_begins_at_the_top(home, admin_user):
    assert browse(admin_user).get("/admin/pages/").status_code == 200


# -- help, and the way there -------------------------------------------------------------------------------------------
def test_each_form_says_what_to_know_first_and_leads_to_the_guide(community, asha):
    story = StoryFactory(community=community)
    browser = browse(asha)
    link = f"{reverse('desk_help')}#{StoryPage.editor_help_at}"
    assert link in browser.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert f'id="{StoryPage.editor_help_at}"' in browser.get(reverse("desk_help")).content.decode()


@pytest.mark.parametrize(("who", "sees_it"), [("asha", True), ("bryn", False), ("carys", False), ("nobody", False)])
def test_edit_stands_at_the_top_for_whoever_may(community, request, who, sees_it):
    person = None if who == "nobody" else request.getfixturevalue(who)
    for address in (community.url, StoryFactory(community=community).url, GuidanceFactory(community=community).url):
        page = browse(person).get(address).content.decode()
        assert ("edit-here" in page) is sees_it, address


def test_every_icon_of_the_menu_is_there(hub_team: User) -> None:
    """Wagtail draws nothing for a name that it does not know, and a line without an icon looks broken."""
    request = RequestFactory().get("/admin/")
    request.user = hub_team
    menus = [admin_menu, settings_menu, reports_menu]
    named = {item.icon_name for menu in menus for item in menu.menu_items_for_request(request)} - {""}
    assert {name for name in named if f'id="icon-{name}"' not in get_icons()} == set()
