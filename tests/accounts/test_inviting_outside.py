"""Whoever may invite from outside asks people who do not work here, and nobody else does."""

import pytest

from accounts.invitations.models import Invitation
from communities.choices import Capability
from communities.models import CommunityPage, Holding, Membership, Role, State
from people.models import User
from tests.conftest import browse, invite, next_month
from tests.factories import PersonFactory


@pytest.fixture
def bryn_invites(bryn: User) -> User:
    """Bryn is the members' advocate."""
    role = Role.objects.create(name="Advocate", slug="advocate", capabilities=[Capability.INVITE_OUTSIDE])
    Holding.objects.create(membership=bryn.memberships.get(), role=role)
    return bryn


def test_who_may_do_nothing_of_the_kind_finds_no_form(community: CommunityPage, bryn: User) -> None:
    assert browse(bryn).get(f"{community.url}members/invite/").status_code == 404
    invite(bryn, community, "rosa@example.org")
    assert not Invitation.objects.exists()


def test_they_ask_residents_and_name_nobody_in_roles(community: CommunityPage, bryn_invites: User, asha: User) -> None:
    address = f"{community.url}members/invite/"
    assert address in browse(bryn_invites).get(f"{community.url}members/").content.decode()
    invite(bryn_invites, community, "rosa@example.org", role="facilitator")
    made = Invitation.objects.get()
    assert (made.kind, made.role, made.invited_by) == ("resident", None, bryn_invites)
    assert browse(bryn_invites).post(f"{community.url}members/invited/{made.pk}/withdraw/").status_code == 404


def test_they_make_no_insiders(community: CommunityPage, bryn_invites: User) -> None:
    said = {"addresses": "new@example.org", "kind": "staff", "purpose": "", "review_on": next_month()}
    assert browse(bryn_invites).post(f"{community.url}members/invite/", said).status_code == 422
    colleague = PersonFactory()
    invite(bryn_invites, community, str(colleague.email))
    assert not Membership.objects.filter(person=colleague).exists()


def test_the_yes_counts_as_long_as_they_may(community: CommunityPage, bryn_invites: User) -> None:
    resident = PersonFactory(resident=True)
    for goes_on, state in ((True, State.ACTIVE), (False, State.ASKED)):
        Membership.objects.filter(person=resident).delete()
        invite(bryn_invites, community, str(resident.email))
        if not goes_on:
            Role.objects.filter(slug="advocate").update(capabilities=[])
        browse(resident).post(f"{community.url}invitation/", {"answer": "yes"})
        assert Membership.objects.get(person=resident).state == state
