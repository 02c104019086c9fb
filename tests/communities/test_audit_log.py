"""Every change of who belongs and in which part is an entry in Wagtail's audit log, with the actor."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import PageLogEntry

from communities import services
from communities.models import CommunityPage, State
from communities.models.standing import facilitator
from people.models import User
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
