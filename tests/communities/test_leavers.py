"""Who leaves, is deactivated or deleted is gone from everything the same moment, by whatever way it was done."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from communities import services
from communities.models import FACILITATOR, CommunityPage, Membership, Places, State
from communities.models.default_roles import facilitator
from communities.permissions import has_facilitator
from core.audiences import Audience
from home.models import HomePage
from knowledge.listings import due_for
from people.models import User
from surgeries.models import Session
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    SurgeryFactory,
    make_member,
)
from tests.indexing.queued import queued
from tests.replay import replayed

Way = Callable[[User, User], Any]


def in_the_editor(person: User, hub_team: User) -> None:
    """The form of Wagtail's Users, with the box for active left empty."""
    browser = browse(hub_team)
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    form = browser.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in values.items() if value not in (None, False)} | {"is_active": ""}
    response = browser.post(address, data)
    assert response.status_code == 302, response.context["form"].errors


def by_deleting_in_the_editor(person: User, hub_team: User) -> None:
    browse(hub_team).post(reverse("wagtailusers_users:delete", args=[person.pk]))


def by_saving(person: User, _hub_team: User) -> None:
    person.is_active = False
    person.save()


def by_saving_one_field(person: User, _hub_team: User) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])


def by_bulk_update(person: User, _hub_team: User) -> None:
    person.is_active = False
    User.objects.bulk_update([person], ["is_active"])


WAYS: dict[str, Way] = {
    "the editor's form": in_the_editor,
    "saved": by_saving,
    "saved, that field": by_saving_one_field,
    "update of a queryset": lambda person, _team: User.objects.filter(pk=person.pk).update(is_active=False),
    "bulk update": by_bulk_update,
    "deleted in the editor": by_deleting_in_the_editor,
    "deleted": lambda person, _team: person.delete(),
    "delete of a queryset": lambda person, _team: User.objects.filter(pk=person.pk).delete(),
}


@pytest.fixture
@replayed
def held(home: HomePage) -> dict[str, Any]:
    """Gwen holds all that one can hold; Wren waits for her place."""
    gwen = PersonFactory(first_name="Gwen", last_name="Gone", public=True)
    community = CommunityFactory(slug="full-house", capacity=1, sponsor=gwen, decided_by="Cabinet")
    make_member(gwen, community, FACILITATOR)
    wren = PersonFactory(first_name="Wren")
    waiting = make_member(wren, community, state=State.WAITING)
    session = SessionFactory(surgery=SurgeryFactory(community=community))
    session.mentors.add(gwen)
    guidance = GuidanceFactory(community=community, checked_by=gwen, due_on=date(2026, 1, 5))
    home.host, home.welcome_title = gwen, "New here?"
    home.save()
    return {"gwen": gwen, "community": community, "waiting": waiting, "session": session, "guidance": guidance}


def told(address: str, person: User | None = None) -> str:
    return browse(person).get(address).content.decode()


CALENDAR = "/surgeries/calendar.ics"
NOT_NAMED_AT = (
    "/",
    "/communities/full-house/",
    "/communities/full-house/members/",
    "/surgeries/",
    CALENDAR,
    "/people/",
)


@pytest.mark.parametrize("way", WAYS)
def test_whoever_goes_is_gone_from_all_that_they_held(held: dict[str, Any], hub_team: User, way: str) -> None:
    session, community = held["session"], held["community"]
    pages = (*NOT_NAMED_AT, session.url)
    assert all("Gwen Gone" in told(address) for address in pages)
    WAYS[way](held["gwen"], hub_team)
    assert [address for address in pages if "Gwen" in told(address)] == []
    held["waiting"].refresh_from_db()
    assert held["waiting"].state == State.ACTIVE
    assert Places.objects.get(community=community).taken == 1
    assert not has_facilitator(community)
    assert Session.objects.get().sequence > session.sequence
    assert "Nobody at present" in told(community.url)


@pytest.mark.parametrize("way", WAYS)
def test_the_hub_team_reads_of_it_on_its_front_page(held: dict[str, Any], hub_team: User, way: str) -> None:
    assert "Nobody looks after" not in told("/", hub_team)
    WAYS[way](held["gwen"], hub_team)
    title = held["community"].title
    assert f"Nobody looks after {title}" in told("/", hub_team)
    services.appoint(held["community"], held["waiting"].person, by=hub_team)
    assert f"The sponsor of {title} is gone" in told("/", hub_team)
    assert held["guidance"] in due_for(held["waiting"].person)


def test_a_deleted_checker_is_named_no_more_by_search(held: dict[str, Any]) -> None:
    queued().delete()
    guidance, surgery = held["guidance"], held["session"].surgery
    held["gwen"].delete()
    waiting = set(queued().values_list("subject", flat=True))
    assert {f"knowledge.guidancepage:{guidance.pk}", f"surgeries.surgerypage:{surgery.pk}"} <= waiting


# -- and back ----------------------------------------------------------------------------------------------------------
def switch(person: User, *, on: bool) -> None:
    User.objects.filter(pk=person.pk).update(is_active=on)


@pytest.mark.parametrize("state", [State.ACTIVE, State.ASKED, State.WAITING, State.INVITED])
def test_whoever_comes_back_stands_where_they_stood(community: CommunityPage, carys: User, state: State) -> None:
    make_member(carys, community, state=state)
    switch(carys, on=False)
    assert carys.memberships.get().state == State.PAUSED
    switch(carys, on=True)
    assert carys.memberships.get().state == state


def test_whoever_comes_back_to_a_full_community_waits(held: dict[str, Any]) -> None:
    switch(held["gwen"], on=False)
    switch(held["gwen"], on=True)
    assert held["gwen"].memberships.get().state == State.WAITING
    assert "With Gwen Gone" in told("/surgeries/")


def test_the_last_facilitator_is_the_last_who_is_here(community: CommunityPage, asha: User, bryn: User) -> None:
    services.set_roles(bryn.memberships.get(), [facilitator()], by=asha)
    make_member(PersonFactory(), community)
    switch(bryn, on=False)
    answer = browse(asha).post(f"{community.url}leave/", follow=True).content.decode()
    assert "there are always to be two" in answer


def test_whoever_is_away_opens_nothing(private_community: CommunityPage, dev: User) -> None:
    browser = browse(dev)
    switch(dev, on=False)
    assert browser.get(private_community.url).status_code == 404


def test_memberships_that_are_deleted_in_bulk_free_their_places(held: dict[str, Any]) -> None:
    Membership.objects.filter(person=held["gwen"]).delete()
    held["waiting"].refresh_from_db()
    assert held["waiting"].state == State.ACTIVE


def test_memberships_that_are_ended_in_bulk_free_their_places(held: dict[str, Any]) -> None:
    held["waiting"].person.memberships.update(state=State.ASKED)
    assert Places.objects.get().taken == 1
    Membership.objects.filter(person=held["gwen"]).update(state=State.WAITING)
    assert Places.objects.get().taken == 1  # the place was free, and she waited longest


def test_a_community_that_is_deleted_takes_its_memberships_along(held: dict[str, Any]) -> None:
    held["community"].delete()
    assert not Membership.objects.exists()


def test_one_who_is_deactivated_says_so_on_their_own_things(held: dict[str, Any], carys: User) -> None:
    held["guidance"].audience = Audience.EVERYONE
    held["guidance"].save()
    switch(held["gwen"], on=False)
    assert held["gwen"].get_absolute_url() not in told(held["guidance"].url, carys)


# -- the nightly check -------------------------------------------------------------------------------------------------
def test_the_check_finds_and_mends_what_went_past_the_hub(held: dict[str, Any], capsys: Any) -> None:
    call_command("check_memberships")
    Places.objects.update(taken=7, capacity=None)
    raw_switch_off(held["gwen"])
    with pytest.raises(CommandError):
        call_command("check_memberships")
    assert "full-house" in capsys.readouterr().err
    call_command("check_memberships", "--repair")
    call_command("check_memberships")
    assert Places.objects.get().taken == 1


def raw_switch_off(person: User) -> None:
    """Past Django: what an administrator of the database does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET is_active = %s WHERE id = %s", [False, person.pk])
