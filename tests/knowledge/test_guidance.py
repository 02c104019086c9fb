"""Guidance that is kept true."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow

from communities.models import FACILITATOR, CommunityPage, Holding
from core.models import Topic
from core.outbox import drain
from knowledge import services
from knowledge.models import GuidancePage
from knowledge.notices import CHECKED
from knowledge.permissions import can_check
from notifications.models import Happening
from people.models import User
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, at, make_member


@pytest.fixture
def overdue(community: CommunityPage) -> GuidancePage:
    return GuidanceFactory(
        title="Kinship care", community=community, checked_on=date(2026, 1, 5), due_on=date(2026, 2, 5)
    )


def body(person: User | None, address: str) -> str:
    return browse(person).get(address).content.decode()


def test_overdue_guidance_says_so_to_everybody(overdue: GuidancePage) -> None:
    assert "Was to be checked by 5 February 2026" in body(None, "/guidance/")
    assert "5 February 2026" in body(None, overdue.url)


def test_asha_says_that_it_still_holds(overdue: GuidancePage, asha: User) -> None:
    Holding.objects.update(since=at(2026, 3, 3))
    with time_machine.travel(at(2026, 3, 4)):
        response = browse(asha).post(f"/guidance/{overdue.slug}/checked/", follow=True)
    overdue.refresh_from_db()
    assert "It is due again on" in response.content.decode()
    assert (overdue.checked_by, overdue.checked_on, overdue.due_on) == (asha, date(2026, 3, 4), date(2026, 4, 4))


def test_a_check_is_in_the_draft_too(overdue: GuidancePage, asha: User) -> None:
    overdue.title = "Kinship care, rewritten"
    overdue.save_revision()
    services.check(GuidancePage.objects.get(), asha)
    draft = GuidancePage.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.checked_by, draft.checked_on) == ("Kinship care, rewritten", asha, timezone.localdate())
    draft.save_revision().publish()
    assert not GuidancePage.objects.get().is_overdue


@pytest.mark.parametrize("then", ["", "a newer draft"])
def test_a_version_with_a_date_brings_no_old_check_back(overdue: GuidancePage, asha: User, then: str) -> None:
    overdue.title, overdue.go_live_at = "Kinship care, from May", timezone.now() + timedelta(days=1)
    overdue.save_revision().publish()
    if then:
        page = GuidancePage.objects.get()
        page.title, page.go_live_at = then, None
        page.save_revision()
    browse(asha).post(f"/guidance/{overdue.slug}/checked/")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
        page = GuidancePage.objects.get()
        assert (page.title, page.checked_by, page.is_overdue) == ("Kinship care, from May", asha, False)


def test_what_a_moderator_publishes_brings_no_old_check_back(overdue: GuidancePage, asha: User, hub_team: User) -> None:
    overdue.title = "Kinship care, rewritten"
    overdue.save_revision()
    state = Workflow.objects.get().start(overdue, hub_team)
    later = GuidancePage.objects.get()
    later.title = "A later draft"
    later.save_revision()
    services.check(GuidancePage.objects.get(), asha)
    state.refresh_from_db()
    state.current_task_state.approve(user=hub_team)
    page = GuidancePage.objects.get()
    assert (page.live, page.checked_by, page.is_overdue) == (True, asha, False)


def test_a_check_is_in_the_audit_log(overdue: GuidancePage, asha: User) -> None:
    services.check(overdue, asha)
    assert PageLogEntry.objects.get(action="knowledge.checked").user == asha


def test_a_check_is_told_to_whoever_looks_after_the_page(
    overdue: GuidancePage, community: CommunityPage, asha: User
) -> None:
    other = PersonFactory()
    make_member(other, community, FACILITATOR)
    services.check(overdue, asha)
    drain("notices")
    told = [[each.kind for each in Happening.objects.concerning(person)] for person in (asha, other)]
    assert [CHECKED in kinds for kinds in told] == [False, True]


def test_a_check_is_told_to_search(overdue: GuidancePage, asha: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        services.check(overdue, asha)
    assert callbacks


def test_guidance_that_nobody_dated_is_good_for_a_year(home: Any, asha: User) -> None:
    page = GuidanceFactory(keeper=asha)
    services.check(page, asha)
    assert page.due_on == timezone.localdate() + timedelta(days=365)
    assert not GuidanceFactory().is_overdue


@pytest.mark.parametrize("who", ["bryn", "carys"])
def test_only_those_who_look_after_it_check_it(overdue: GuidancePage, request: pytest.FixtureRequest, who: str) -> None:
    person = request.getfixturevalue(who)
    assert not can_check(person, overdue)
    assert f"/guidance/{overdue.slug}/checked/" not in body(person, overdue.url)
    assert browse(person).post(f"/guidance/{overdue.slug}/checked/").status_code == 404


def test_an_editor_may_stand_in(overdue: GuidancePage, hub_team: User) -> None:
    assert can_check(hub_team, overdue)


def test_the_due_list_is_ones_own(overdue: GuidancePage, asha: User, bryn: User, hub_team: User) -> None:
    assert "Kinship care" in body(asha, "/guidance/due/")
    assert "Kinship care" not in body(bryn, "/guidance/due/")
    assert "Kinship care" in body(hub_team, "/guidance/due/")


def test_what_is_due_is_asked_of_asha_on_the_front_page(overdue: GuidancePage, asha: User, bryn: User) -> None:
    assert "Does it still hold? Kinship care" in body(asha, "/")
    assert "Does it still hold?" not in body(bryn, "/")


def test_many_pages_that_are_due_are_counted(community: CommunityPage, asha: User) -> None:
    GuidanceFactory.create_batch(5, community=community, due_on=timezone.localdate() - timedelta(days=1))
    assert "2 more pages are due" in body(asha, "/")


def test_it_falls_due_after_it_was_checked(home: Any) -> None:
    with pytest.raises(ValidationError, match="It falls due after it was checked"):
        GuidanceFactory(checked_on=date(2026, 3, 2), due_on=date(2026, 3, 1))


def test_guidance_by_topic(community: CommunityPage, overdue: GuidancePage) -> None:
    topic, other = Topic.objects.create(name="Foster care", slug="foster"), GuidanceFactory(title="Old boilers")
    overdue.topics.add(topic)
    overdue.save()
    assert other.title not in body(None, "/guidance/?topic=foster")
    assert "Kinship care" in body(None, "/guidance/?topic=foster")


def test_a_checkers_name_is_a_link_only_for_those_who_see_them(overdue: GuidancePage, asha: User, carys: User) -> None:
    services.check(overdue, asha)
    assert asha.get_absolute_url() in body(carys, overdue.url)
    assert asha.get_absolute_url() not in body(None, overdue.url)
    assert "Asha Okafor" in body(None, overdue.url)
