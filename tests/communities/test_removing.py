"""Facilitators and the hub team end a membership for a reason that its person reads."""

from typing import Any

import pytest
from wagtail.models import PageLogEntry

from communities import services
from communities.models import FACILITATOR, CommunityPage, Membership, State
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory, make_member
from tests.notifications.mails import bring_what_waits

REASON = "You wrote about other people’s children by name."


def address_of(community: CommunityPage, person: User) -> str:
    return f"{community.url}members/{person.memberships.get().pk}/remove/"


@pytest.mark.parametrize("who", ["asha", "hub_team"])
def test_bryn_reads_why(
    community: CommunityPage,
    asha: User,
    bryn: User,
    hub_team: User,
    who: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    by = {"asha": asha, "hub_team": hub_team}[who]
    assert "Remove Bryn Powell" in browse(by).get(address_of(community, bryn)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browse(by).post(address_of(community, bryn), {"reason": REASON})
    assert bryn.memberships.get().state == State.ENDED
    assert CommunityPage.objects.get().taken == 1
    assert REASON in browse(bryn).get("/").content.decode()
    assert REASON in bring_what_waits()[0].body
    entry = PageLogEntry.objects.get(action="communities.removed")
    assert (entry.user, entry.data) == (by, {"person": "Bryn Powell", "reason": REASON})


def test_once_read_it_stands_on_the_front_page_no_more(community: CommunityPage, asha: User, bryn: User) -> None:
    browse(asha).post(address_of(community, bryn), {"reason": REASON})
    address = f"/communities/removed/{bryn.memberships.get().pk}/"
    assert REASON in browse(bryn).get(address).content.decode()
    browse(bryn).post(address)
    assert REASON not in browse(bryn).get("/").content.decode()


def test_bryn_is_told_no_name_that_the_community_got_later(community: CommunityPage, asha: User, bryn: User) -> None:
    browse(asha).post(address_of(community, bryn), {"reason": REASON})
    page = CommunityPage.objects.get()
    page.title, page.audience = "The quillwort list", Audience.MEMBERS
    page.save_revision().publish()
    for address in ("/", f"/communities/removed/{bryn.memberships.get().pk}/"):
        shown = browse(bryn).get(address).content.decode()
        assert "You are no longer a member of Foster Care Together" in shown
        assert "quillwort" not in shown


def test_a_draft_of_the_name_is_told_to_nobody(
    community: CommunityPage, asha: User, bryn: User, django_capture_on_commit_callbacks: Any
) -> None:
    community.unpublish()
    CommunityPage.objects.update(title="The quillwort list")
    with django_capture_on_commit_callbacks(execute=True):
        services.remove(bryn.memberships.get(), asha, REASON)
    (sent,) = bring_what_waits()
    assert "no longer a member of a community" in sent.subject
    assert "quillwort" not in sent.body


def test_a_reason_is_needed(community: CommunityPage, asha: User, bryn: User) -> None:
    response = browse(asha).post(address_of(community, bryn), {"reason": " "})
    assert response.status_code == 422
    assert bryn.memberships.get().is_active


def test_a_long_reason_is_refused_and_kept(community: CommunityPage, asha: User, bryn: User) -> None:
    assert "x" * 401 in browse(asha).post(address_of(community, bryn), {"reason": "x" * 401}).content.decode()


def test_who_waits_takes_the_place(community: CommunityPage, asha: User, bryn: User, carys: User) -> None:
    community.capacity = 2
    community.save()
    make_member(carys, community, state=State.WAITING)
    browse(asha).post(address_of(community, bryn), {"reason": REASON})
    assert carys.memberships.get().is_active


def test_asha_does_not_remove_herself(community: CommunityPage, asha: User, bryn: User) -> None:
    assert browse(asha).get(address_of(community, asha))["Location"] == f"{community.url}leave/"
    browse(asha).post(address_of(community, asha), {"reason": REASON})
    assert asha.memberships.get().is_steward


def test_a_facilitator_removes_another(community: CommunityPage, asha: User) -> None:
    other = PersonFactory()
    make_member(other, community, FACILITATOR)
    make_member(PersonFactory(), community, FACILITATOR)
    browse(asha).post(address_of(community, other), {"reason": REASON})
    assert Membership.objects.stewards().count() == 2
    assert not other.memberships.get().is_active
