"""Whoever is invited belongs when they say yes, and nobody learns from an invitation who has an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations import services as invitations
from accounts.invitations.pasted_addresses import Addressee
from accounts.models import Invitation
from communities import services
from communities.models import FACILITATOR, CommunityPage, Holding, Membership, Stage, State
from communities.models.default_roles import facilitator as facilitating
from communities.services.succession import take
from core.outbox import drain
from people.models import User
from tests.conftest import browse, invite
from tests.factories import PersonFactory, StoryFactory, make_member
from tests.notifications.mails import bring_what_waits


@pytest.fixture
def facilitator(private_community: CommunityPage) -> User:
    """Looks after the private community."""
    person = PersonFactory(first_name="Fay", last_name="Field")
    make_member(person, private_community, FACILITATOR)
    return person


@pytest.fixture
def rhys(private_community: CommunityPage) -> User:
    """A resident whom few may see."""
    return PersonFactory(first_name="Rhys", last_name="Hidden", resident=True, audience="members")


def told(address: str, person: User | None = None) -> str:
    return browse(person).get(address).content.decode()


def test_who_is_invited_is_no_member_until_they_say_yes(
    private_community: CommunityPage, facilitator: User, rhys: User
) -> None:
    StoryFactory(title="Lanterns", slug="lanterns", community=private_community, audience="members")
    invite(facilitator, private_community, rhys.email)
    assert rhys.memberships.get().state == State.INVITED
    assert CommunityPage.objects.get().taken == 1
    assert browse(rhys).get(private_community.url).status_code == 404
    assert "Lanterns" not in told("/stories/", rhys)
    assert "Rhys" not in told(f"{private_community.url}members/", facilitator)
    browse(rhys).post(f"{private_community.url}invitation/", {"answer": "yes"})
    assert rhys.memberships.get().state == State.ACTIVE
    assert "Lanterns" in told("/stories/", rhys)
    assert "Rhys Hidden" in told(f"{private_community.url}members/", facilitator)


def test_they_read_who_asks_and_what_it_is_for(
    private_community: CommunityPage, facilitator: User, rhys: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite(facilitator, private_community, rhys.email)
    assert "Fay Field invites you to Safe Homes" in told("/", rhys)
    page = told(f"{private_community.url}invitation/", rhys)
    assert "Fay Field invites you to join." in page
    assert private_community.purpose in page
    assert "Safe Homes, which only its members see: its pages, and who belongs to it." in page
    assert "What other communities keep to their members." in page
    [message] = bring_what_waits()
    assert (message.to, "Safe Homes" in message.subject) == ([rhys.email], False)
    assert "/communities/safe-homes/invitation/" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_answer_is_the_same_for_an_address_that_nobody_has(
    private_community: CommunityPage, facilitator: User, rhys: User
) -> None:
    def answer(email: str) -> str:
        page = invite(facilitator, private_community, email).content.decode()
        Invitation.objects.all().delete()
        return page.split("<main")[1].split("</main>")[0].replace(email, "ADDRESS")

    def bare(page: str) -> list[str]:
        return [line for line in page.splitlines() if "csrf" not in line and "withdraw" not in line]

    known, unknown = answer(rhys.email), answer("nobody@example.org")
    assert "ADDRESS is asked to join." in known
    assert bare(known) == bare(unknown)


def test_no_says_nothing_to_those_who_asked(private_community: CommunityPage, facilitator: User, rhys: User) -> None:
    invite(facilitator, private_community, rhys.email)
    before = told(f"{private_community.url}members/", facilitator).count(rhys.email)
    browse(rhys).post(f"{private_community.url}invitation/", {"answer": "no"})
    assert rhys.memberships.get().state == State.ENDED
    assert told(f"{private_community.url}members/", facilitator).count(rhys.email) == before > 0
    assert browse(rhys).get(f"{private_community.url}invitation/").status_code == 404


def test_a_facilitator_takes_it_back(private_community: CommunityPage, facilitator: User, rhys: User) -> None:
    invite(facilitator, private_community, rhys.email)
    browse(facilitator).post(f"{private_community.url}members/invited/{Invitation.objects.get().pk}/withdraw/")
    assert "invites you" not in told("/", rhys)
    assert browse(rhys).post(f"{private_community.url}invitation/", {"answer": "yes"}).status_code == 404
    assert rhys.email not in told(f"{private_community.url}members/", facilitator)


def test_it_is_too_old_after_a_month(private_community: CommunityPage, facilitator: User, rhys: User) -> None:
    invite(facilitator, private_community, rhys.email)
    for model in (Membership, Invitation):
        model.objects.filter(person=rhys).update(since=timezone.now() - timedelta(days=31))
    assert browse(rhys).get(f"{private_community.url}invitation/").status_code == 404
    assert "invites you" not in told("/", rhys)
    with pytest.raises(services.CannotJoin, match="too old"):
        services.accept_invitation(rhys.memberships.get())
    invite(facilitator, private_community, rhys.email)
    assert "Fay Field invites you to Safe Homes" in told("/", rhys)
    assert services.end_expired() == 0


def test_the_role_comes_with_the_yes(private_community: CommunityPage, facilitator: User, rhys: User) -> None:
    invite(facilitator, private_community, rhys.email, role="facilitator")
    assert not rhys.memberships.get().is_steward
    assert "You would be: Facilitator." in told(f"{private_community.url}invitation/", rhys)
    browse(rhys).post(f"{private_community.url}invitation/", {"answer": "yes"})
    assert rhys.memberships.get().is_steward


def test_the_way_in_of_an_open_community_leads_to_the_invitation(
    community: CommunityPage, asha: User, carys: User
) -> None:
    invite(asha, community, carys.email)
    assert "Answer the invitation" in told(community.url, carys)
    assert browse(carys).get(f"{community.url}join/")["Location"] == f"{community.url}invitation/"
    assert "Withdraw request" not in told(community.url, carys)


def test_a_full_community_lets_them_wait(community: CommunityPage, asha: User, carys: User) -> None:
    community.capacity = 1
    community.save()
    services.invite(community, carys, by=asha)
    assert services.accept_invitation(carys.memberships.get()).state == State.WAITING


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSED])
def test_a_community_that_rests_takes_nobody_in(
    community: CommunityPage, asha: User, carys: User, stage: Stage
) -> None:
    services.invite(community, carys, by=asha)
    CommunityPage.objects.update(stage=stage)
    page = browse(carys).post(f"{community.url}invitation/", {"answer": "yes"}, follow=True).content.decode()
    assert "nobody is let in" in page
    assert carys.memberships.get().state == State.INVITED


def test_saying_yes_twice_takes_one_place(community: CommunityPage, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha)
    first, second = carys.memberships.get(), carys.memberships.get()
    services.accept_invitation(first)
    services.accept_invitation(second)
    assert CommunityPage.objects.get().taken == 2


def test_a_member_who_is_invited_stays_one(community: CommunityPage, asha: User, bryn: User) -> None:
    assert services.invite(community, bryn, by=asha).state == State.ACTIVE
    assert services.invite(community, bryn, by=asha, role=facilitating()).is_steward
    assert services.invite(community, bryn, by=asha).is_steward


@pytest.mark.parametrize("invited_again", [False, True])
def test_a_withdrawn_invitation_does_not_come_back_with_the_account(
    private_community: CommunityPage, facilitator: User, rhys: User, invited_again: bool
) -> None:
    invite(facilitator, private_community, rhys.email)
    rhys.is_active = False
    rhys.save()
    if invited_again:
        invite(facilitator, private_community, rhys.email)
    invitations.withdraw(Invitation.objects.get(), by=facilitator)
    rhys.is_active = True
    rhys.save()
    assert rhys.memberships.get().state == State.ENDED
    assert browse(rhys).post(f"{private_community.url}invitation/", {"answer": "yes"}).status_code == 404


@pytest.mark.parametrize("way", ["join", "appoint"])
def test_whoever_came_in_stands_among_the_invited_no_more(
    community: CommunityPage, asha: User, carys: User, way: str
) -> None:
    invite(asha, community, carys.email)
    services.join(community, carys) if way == "join" else services.appoint(community, carys, by=None)
    assert not Invitation.objects.open().exists()


def test_whoever_facilitates_no_more_invites_nobody(
    community: CommunityPage, asha: User, carys: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        offer = invitations.Offer(kind="staff", community=community, role=facilitating())
        invitations.ask(offer, [Addressee(carys.email)], by=asha)
        Holding.objects.filter(membership__person=asha).update(until=timezone.now())
    assert not Invitation.objects.open().exists()
    assert not carys.memberships.exists()


# -- on whose word -----------------------------------------------------------------------------------------------------
def switch_off(person: User) -> None:
    person.is_active = False
    person.save()


GONE = {
    "facilitates no more": lambda fay: take(fay.memberships.get(), facilitating()),
    "was removed": lambda fay: services.end_membership(fay.memberships.get()),
    "is switched off": switch_off,
    "is deleted": lambda fay: fay.delete(),
}


@pytest.mark.parametrize("what", GONE)
def test_on_the_word_of_one_who_is_none_any_more_they_ask_those_who_are(
    private_community: CommunityPage, facilitator: User, rhys: User, what: str
) -> None:
    other = PersonFactory(first_name="Olwen")
    make_member(other, private_community, "facilitator")
    invite(facilitator, private_community, rhys.email, role="facilitator")
    GONE[what](facilitator)
    address = f"{private_community.url}invitation/"
    assert "Whoever invited you looks after it no more." in told(address, rhys)
    browse(rhys).post(address, {"answer": "yes"})
    asked = rhys.memberships.get()
    assert (asked.state, asked.holdings.count()) == (State.ASKED, 0)
    assert browse(rhys).get(private_community.url).status_code == 404
    assert "Rhys Hidden" in told("/", other)
    browse(other).post(f"{private_community.url}members/{asked.pk}/accept/")
    assert rhys.memberships.get().state == State.ACTIVE
    assert Invitation.objects.get().outcome == "accepted"


def test_whose_yes_became_a_request_reads_a_no_under_the_name_of_the_invitation(
    private_community: CommunityPage, facilitator: User, rhys: User
) -> None:
    other = PersonFactory()
    make_member(other, private_community, "facilitator")
    invite(facilitator, private_community, rhys.email)
    facilitator.delete()
    browse(rhys).post(f"{private_community.url}invitation/", {"answer": "yes"})
    asked = rhys.memberships.get()
    browse(other).post(f"{private_community.url}members/{asked.pk}/decline/", {"answer": "We are full."})
    drain("notices")
    page = told("/inbox/", rhys)
    assert "We are full." in page
    assert private_community.title in page
    assert private_community.url not in page


def test_the_button_of_an_open_community_is_no_way_round_it(community: CommunityPage, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha, role=facilitating())
    take(asha.memberships.get(), facilitating())
    assert services.join(community, carys).state == State.ASKED


def test_nobody_is_let_in_to_what_was_taken_down(community: CommunityPage, asha: User, carys: User) -> None:
    services.invite(community, carys, by=asha)
    CommunityPage.objects.get().unpublish()
    with pytest.raises(services.CannotJoin):
        services.accept_invitation(carys.memberships.get())
    assert browse(carys).post(f"{community.url}invitation/", {"answer": "yes"}).status_code == 404
