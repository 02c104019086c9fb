"""Every change of who belongs, in which part and with which right is an entry in Wagtail's audit log, with the actor.

What is public of it stands in the community's history, in plain words.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, PageLogEntry

from communities import services
from communities.approval import rules
from communities.choices import Approval, Capability
from communities.grants import log as grant_log, services as grants
from communities.grants.services import GrantTerms
from communities.models import CommunityPage, Role, State
from communities.models.default_roles import facilitator
from communities.qualifications import services as qualifications
from communities.services import facilitators, responsibilities
from people.models import User
from tests.communities.granting import CABINET, given, in_days
from tests.communities.qualified import awarded, demanded
from tests.conftest import browse
from tests.factories import make_member

DEEDS: dict[str, Callable[[CommunityPage, User, User], Any]] = {
    "communities.invited": lambda community, carys, asha: services.invite(community, carys, by=asha),
    "communities.accepted": lambda community, carys, asha: services.accept(asked(community, carys), by=asha),
    "communities.declined": lambda community, carys, asha: services.decline(asked(community, carys), by=asha),
    "communities.role_changed": lambda community, carys, asha: services.set_roles(
        make_member(carys, community), [facilitator()], by=asha
    ),
}


def asked(community: CommunityPage, person: User) -> Any:
    return make_member(person, community, state=State.ASKED)


@pytest.mark.parametrize("action", DEEDS)
def test_the_log_says_who_did_what_to_whom(community: CommunityPage, asha: User, carys: User, action: str) -> None:
    DEEDS[action](community, carys, asha)
    entry = PageLogEntry.objects.get(action=action)
    assert (entry.user, entry.page_id, entry.data["person"]) == (asha, community.pk, "Carys Hughes")


def test_a_role_is_logged_as_it_was_and_as_it_is(community: CommunityPage, asha: User, bryn: User) -> None:
    services.set_roles(bryn.memberships.get(), [facilitator()], by=asha)
    data = PageLogEntry.objects.get(action="communities.role_changed").data
    assert (data["before"], data["after"]) == ("", "Facilitator")


def test_a_role_that_comes_with_an_invitation_or_goes_with_its_person_is_logged(
    community: CommunityPage, asha: User, carys: User
) -> None:
    role = Role.objects.create(name="First aider", slug="first-aider")
    membership = services.invite(community, carys, by=asha, role=role)
    assert not PageLogEntry.objects.filter(action="communities.role_changed").exists()
    services.accept_invitation(membership)
    services.leave(membership)
    told = PageLogEntry.objects.filter(action="communities.role_changed").order_by("pk")
    assert [(one.user, one.data["before"], one.data["after"]) for one in told] == [
        (carys, "", "First aider"),
        (carys, "First aider", ""),
    ]


def test_each_decision_about_rights_is_logged_with_who_made_it(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    refused, taken, granted = (
        grants.ask(community, asha, capability, "We could use it.")
        for capability in (Capability.SPEAK, Capability.GUIDANCE, Capability.EDIT_PAGE)
    )
    grants.refuse(refused, hub_team, CABINET, "Not yet.")
    grants.take_back(taken, asha)
    grants.grant(granted, hub_team, CABINET, GrantTerms(in_days(-1), until=in_days(9)))
    grants.extend(granted, hub_team, CABINET, None)
    grants.withdraw(granted, hub_team, CABINET, "It was for the summer.")
    role = Role.objects.create(name="First aider", slug="first-aider")
    waiting = [awarded(bryn, demanded(role, name=name), None) for name in ("First aid", "Fire", "Food")]
    qualifications.verify(waiting[0], hub_team)
    qualifications.refuse(waiting[1], hub_team, "It is not yours.")
    qualifications.take_back(waiting[2], bryn)
    waiting[0].refresh_from_db()
    qualifications.withdraw(waiting[0], hub_team, "It was forged.")
    rules.choose(community, Approval.ANOTHER, asha)
    facilitators.name_sponsor(community, bryn, hub_team)
    responsibilities.publish(role, "Carries the bag.", hub_team)
    of_the_page = PageLogEntry.objects.filter(page=community.pk, action__startswith="communities.")
    of_the_rest = ModelLogEntry.objects.filter(action__startswith="communities.")
    logged = {(one.action.removeprefix("communities."), one.user) for one in (*of_the_page, *of_the_rest)}
    assert logged >= {
        ("grant_asked", asha),
        ("grant_refused", hub_team),
        ("grant_taken_back", asha),
        ("grant_granted", hub_team),
        ("grant_extended", hub_team),
        ("grant_withdrawn", hub_team),
        ("award_verified", hub_team),
        ("award_refused", hub_team),
        ("award_taken_back", bryn),
        ("award_withdrawn", hub_team),
        ("approval", asha),
        ("sponsor_named", hub_team),
        ("responsibilities", hub_team),
    }


# -- the community's history -------------------------------------------------------------------------------------------
def test_members_read_in_plain_words_who_was_given_what(
    community: CommunityPage, asha: User, bryn: User, carys: User, hub_team: User
) -> None:
    address = f"{community.url}changes/"
    services.set_roles(bryn.memberships.get(), [facilitator()], by=asha)
    given(community, hub_team, Capability.SPEAK)
    rules.choose(community, Approval.ANOTHER, asha)
    services.decline(asked(community, carys), by=asha)
    answer = browse(bryn).get(address)
    told = [(deed.by, deed.text) for deed in answer.context["deeds"]]
    assert [by for by, _text in told] == [asha, hub_team, asha]
    shown = zip(told, (Approval.ANOTHER.label, Capability.SPEAK.label, "Bryn"), strict=True)
    assert all(str(word) in text for (_by, text), word in shown)
    assert all(text in answer.content.decode().replace("&#x27;", "'") for _by, text in told)
    assert "Carys" not in answer.content.decode()  # who asked and was declined is nobody's business
    assert browse(carys).get(address).status_code == 404


def test_a_long_history_is_turned_over_and_asks_no_more(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    browser, counts = browse(bryn), []
    for many in (3, 9):
        for _turn in range(many):
            grant_log.write(given(community, hub_team), grant_log.EXTENDED, asha)
        browser.get(f"{community.url}changes/")
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(f"{community.url}changes/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert (len(answer.context["deeds"]), answer.context["older"]) == (10, 2)
    assert len(browser.get(f"{community.url}changes/?page=3").context["deeds"]) == 4
