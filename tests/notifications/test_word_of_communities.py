"""What happens to memberships reaches whom it concerns, as long as it holds."""

from typing import Any

import pytest

from communities import services
from communities.models import FACILITATOR, CommunityPage, Joining, State
from communities.models.default_roles import facilitator
from core.outbox import drain
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def inbox(person: User) -> str:
    drain("notices")
    return browse(person).get("/inbox/").content.decode()


@pytest.fixture
def asked(community: Any, asha: User, carys: User) -> Any:
    community.joining = Joining.ASK
    community.save()
    return services.join(community, carys, note="I foster two boys.")


def test_facilitators_hear_who_asks_until_it_is_answered(asked: Any, asha: User, bryn: User) -> None:
    assert ("Carys Hughes asks to join" in inbox(asha), "asks to join" in inbox(bryn)) == (True, False)
    services.accept(asked, by=asha)
    assert "asks to join" not in inbox(asha)


def test_where_nobody_looks_after_a_community_the_hub_team_hears(community: Any, carys: User, hub_team: User) -> None:
    community.joining = Joining.ASK
    community.save()
    services.join(community, carys)
    assert "Carys Hughes asks to join" in inbox(hub_team)
    make_member(PersonFactory(), community, FACILITATOR)
    assert "asks to join" not in inbox(hub_team)


def test_who_asked_reads_the_answer_and_its_reason(asked: Any, asha: User, carys: User) -> None:
    browse(asha).post(f"/communities/foster-care-together/members/{asked.pk}/decline/", {"answer": "Carers only."})
    page = inbox(carys)
    assert ("You were not let in" in page, "Carers only." in page) == (True, True)


def test_who_was_let_in_reads_it_as_long_as_they_are_a_member(asked: Any, asha: User, carys: User) -> None:
    services.accept(asked, by=asha)
    assert "You were let in" in inbox(carys)
    services.leave(asked)
    assert "You were let in" not in inbox(carys)


def test_whoever_waits_hears_of_a_free_place(community: Any, asha: User, bryn: User, carys: User) -> None:
    community.capacity = 2
    community.save()
    services.recount_places(community)
    assert services.join(community, carys).state == State.WAITING
    services.leave(bryn.memberships.get())
    assert "A place was free" in inbox(carys)


def test_an_invitation_stands_there_until_it_is_answered(community: Any, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha)
    assert "Asha Okafor invites you to join" in inbox(carys)
    services.decline_invitation(carys.memberships.get())
    assert "invites you" not in inbox(carys)


def test_parts_that_are_given_and_taken(community: Any, asha: User, bryn: User) -> None:
    membership = bryn.memberships.get()
    services.set_roles(membership, [facilitator()], by=asha)
    assert "You look after this community now" in inbox(bryn)
    services.set_roles(membership, [], by=asha)
    page = inbox(bryn)
    assert ("You are no longer a facilitator" in page, "You look after this community now" in page) == (True, False)


def test_who_is_removed_reads_why_and_nothing_else_of_the_community(
    private_community: Any, dev: User, hub_team: User
) -> None:
    services.remove(dev.memberships.get(), hub_team, "Moved away.")
    private_community.title = "Safer Homes"
    private_community.save()
    page = inbox(dev)
    assert ("You are no longer a member" in page, "Moved away." in page, "Safer Homes" in page) == (True, True, False)


def test_other_facilitators_hear_who_looks_after_it_with_them(
    community: Any, asha: User, carys: User, hub_team: User
) -> None:
    services.appoint(community, carys, by=hub_team)
    assert "made Carys Hughes a facilitator" in inbox(asha)


def test_of_a_community_that_was_taken_down_nobody_reads_the_draft(community: Any, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha)
    community.unpublish()
    CommunityPage.objects.filter(pk=community.pk).update(title="Safer Homes")
    page = inbox(carys)
    assert ("invites you to join" in page, "Safer Homes" in page) == (False, False)
