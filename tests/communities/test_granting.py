"""What the organisation grants to a community, its members may do: from the first moment to the last, and no longer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from communities.choices import Capability, GrantState
from communities.grants import log, services
from communities.grants.services import CannotGrant, GrantTerms
from communities.models import CommunityPage, Grant, Holding, Role
from communities.rights import Basis, NotAllowed, can, communities_where
from people.models import User
from tests.communities.granting import CABINET, given, in_days
from tests.conftest import browse

EDIT = Capability.EDIT_PAGE


# -- what a grant allows -----------------------------------------------------------------------------------------------
def test_it_gives_members_the_right_with_its_reason_and_nobody_else(
    community: CommunityPage, bryn: User, carys: User, hub_team: User
) -> None:
    given(community, hub_team, until=in_days(30))
    answer = can(bryn, EDIT, community)
    assert answer.basis is Basis.GRANT
    assert "Cabinet, 12 March 2026, minute 47" in str(answer.because)
    assert bryn.has_perm("communities.edit_page", community)
    assert not can(bryn, Capability.MODERATE, community)
    assert not can(carys, EDIT, community)
    assert set(communities_where(bryn, EDIT)) == {community}
    assert not communities_where(carys, EDIT).exists()


def test_a_grant_to_a_role_is_for_those_who_hold_it(
    community: CommunityPage, bryn: User, hub_team: User, django_assert_num_queries: Any
) -> None:
    librarian = Role.objects.create(name="Librarian", slug="librarian", rank=30)
    given(community, hub_team, role=librarian)
    assert not can(bryn, EDIT, community)
    holding = Holding.objects.create(membership=bryn.memberships.get(), role=librarian)
    with django_assert_num_queries(2):
        answer = can(bryn, EDIT, community)
    assert answer.basis is Basis.GRANT
    assert "Librarian" in str(answer.because)
    assert set(communities_where(bryn, EDIT)) == {community}
    holding.until = timezone.now()
    holding.save()
    assert not can(bryn, EDIT, community)


MOMENTS = {
    "before it begins": (-timedelta(seconds=1), False),
    "when it begins": (timedelta(0), True),
    "a second before it ends": (timedelta(days=2, seconds=-1), True),
    "when it ends": (timedelta(days=2), False),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_night_has_to_pass(moment: str, community: CommunityPage, bryn: User, hub_team: User) -> None:
    grant = given(community, hub_team, since=3, until=in_days(5))
    after, allowed = MOMENTS[moment]
    grant.until = grant.starts + timedelta(days=2)
    grant.save()
    at = grant.starts + after
    assert bool(can(bryn, EDIT, community, at)) is allowed
    assert communities_where(bryn, EDIT, at).exists() is allowed
    assert (grant.state_at(at) is GrantState.IN_FORCE) is allowed


def test_database_and_model_agree_on_every_state(
    community: CommunityPage, asha: User, hub_team: User, django_assert_num_queries: Any
) -> None:
    services.ask(community, asha, Capability.SPEAK, "The paper asks us.")
    refused = services.ask(community, asha, Capability.MODERATE, "To keep it civil.")
    services.refuse(refused, hub_team, CABINET, "The law does not let us.")
    withdrawn = given(community, hub_team)
    services.withdraw(withdrawn, hub_team, CABINET, "Two stories named people.")
    given(community, hub_team, since=2)
    given(community, hub_team, since=-9, until=in_days(-2))
    given(community, hub_team)
    now = timezone.now()
    for state in GrantState:
        assert [grant.state_at(now) for grant in Grant.objects.in_state(state, now)] == [state]
    assert [grant.state_at(now) for grant in Grant.objects.in_order(now)] == list(GrantState)
    assert withdrawn.state_at(now - timedelta(hours=1)) is GrantState.IN_FORCE


# -- asking and deciding -----------------------------------------------------------------------------------------------
def test_stewards_ask_and_the_hub_team_grants(community: CommunityPage, asha: User, bryn: User, hub_team: User) -> None:
    asked = services.ask(community, asha, EDIT, "Members mend it themselves.")
    assert not can(bryn, EDIT, community)
    services.grant(asked, hub_team, CABINET, GrantTerms(timezone.now(), conditions="Plain words."))
    assert can(bryn, EDIT, community)
    entries = PageLogEntry.objects.filter(page=community, action__in=log.SENTENCES).order_by("pk")
    assert [(entry.action, entry.user_id) for entry in entries] == [(log.ASKED, asha.pk), (log.GRANTED, hub_team.pk)]
    assert "Cabinet" in entries[1].message


def asked_for(community: CommunityPage, by: User) -> Grant:
    return services.ask(community, by, EDIT, "To keep the page true.")


def test_what_was_asked_for_is_taken_back_until_it_is_decided(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    asked = asked_for(community, asha)
    assert browse(bryn).post(f"/rights/{asked.pk}/take-back/").status_code == 404
    assert browse(asha).post(f"/rights/{asked.pk}/take-back/").url == community.url
    assert not Grant.objects.exists()
    assert PageLogEntry.objects.filter(page=community.pk, action=log.TAKEN_BACK, user=asha).exists()
    decided = services.refuse(asked_for(community, asha), hub_team, CABINET, "There is no money for it.")
    browse(asha).post(f"/rights/{decided.pk}/take-back/")
    assert Grant.objects.get().state == GrantState.REFUSED


@pytest.mark.parametrize("name", ["bryn", "carys", "dev"])
def test_nobody_else_asks(name: str, community: CommunityPage, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed) as refusal:
        services.ask(community, request.getfixturevalue(name), EDIT, "Why not?")
    assert str(refusal.value)


def test_nobody_decides_but_the_hub_team(community: CommunityPage, asha: User, hub_team: User) -> None:
    asked = services.ask(community, asha, EDIT, "Members mend it themselves.")
    grant = given(community, hub_team, Capability.SPEAK, until=in_days(2))
    deeds = (
        lambda: services.give(community, asha, EDIT, CABINET, GrantTerms(timezone.now())),
        lambda: services.grant(asked, asha, CABINET, GrantTerms(timezone.now())),
        lambda: services.refuse(asked, asha, CABINET, "No."),
        lambda: services.extend(grant, asha, CABINET, None),
        lambda: services.withdraw(grant, asha, CABINET, "No."),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()


def test_one_request_is_made_once_and_decided_once(community: CommunityPage, asha: User, hub_team: User) -> None:
    asked = services.ask(community, asha, EDIT, "Members mend it themselves.")
    with pytest.raises(CannotGrant):
        services.ask(community, asha, EDIT, "Once more.")
    services.refuse(asked, hub_team, CABINET, "Not yet.")
    with pytest.raises(CannotGrant):
        services.grant(asked, hub_team, CABINET, GrantTerms(timezone.now()))
    services.ask(community, asha, EDIT, "And now?")


def test_it_is_withdrawn_at_once_and_no_second_time(community: CommunityPage, bryn: User, hub_team: User) -> None:
    grant = given(community, hub_team)
    services.withdraw(grant, hub_team, CABINET, "Two stories named people.")
    assert not can(bryn, EDIT, community)
    with pytest.raises(CannotGrant):
        services.withdraw(grant, hub_team, CABINET, "Again.")
    with pytest.raises(CannotGrant):
        services.extend(grant, hub_team, CABINET, None)


def test_it_is_extended_and_never_shortened(community: CommunityPage, hub_team: User) -> None:
    grant = given(community, hub_team, until=in_days(2))
    with pytest.raises(CannotGrant):
        services.extend(grant, hub_team, CABINET, in_days(1))
    assert services.extend(grant, hub_team, CABINET, in_days(9)).until > grant.until
    assert services.extend(grant, hub_team, CABINET, None).until is None
    with pytest.raises(CannotGrant):
        services.extend(grant, hub_team, CABINET, in_days(99))


def test_a_grant_stays_when_whoever_recorded_it_goes(community: CommunityPage, bryn: User, hub_team: User) -> None:
    grant = given(community, hub_team)
    services.withdraw(grant, hub_team, CABINET, "Two stories named people.")
    hub_team.delete()
    grant.refresh_from_db()
    assert grant.decided_by is grant.withdrawn_by is None
    assert grant.decided_name


# -- what the database keeps -------------------------------------------------------------------------------------------
WRONG: dict[str, dict[str, Any]] = {
    "nobody asked and nobody decided": {"asked_at": None, "decided_at": None},
    "ends before it begins": {"until": "starts"},
    "decided by nobody": {"decided_name": ""},
    "on no authority": {"authority": ""},
    "on no day": {"decided_on": None},
    "granted and refused": {"refusal": "No."},
    "refused without a reason": {"starts": None},
    "withdrawn without a reason": {"withdrawn_at": "starts", "withdrawn_name": "Somebody"},
    "withdrawn by nobody": {"withdrawn_at": "starts", "withdrawal": "Because."},
    "an asset without a name": {"capability": Capability.USE_ASSET},
    "a name without an asset": {"asset": "The van"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_database_refuses(wrong: str, community: CommunityPage, hub_team: User) -> None:
    grant = given(community, hub_team)
    values = {name: grant.starts if value == "starts" else value for name, value in WRONG[wrong].items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(**values)
