"""A grant that is withdrawn while somebody uses it is used before that, or not at all.

The first test leaves the guard out and shows that the race is real: if it fails, the other one proves nothing.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone

from communities import rights
from communities.choices import Capability
from communities.content_writing.access import require_writing
from communities.grants import services
from communities.models import CommunityPage, Grant, Membership
from people.models import User
from stories.writing.kinds import WRITING
from tests import racing
from tests.communities.granting import CABINET, given
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.racing import PATIENCE, seen_by_threads

pytestmark = racing.with_threads
at_once = partial(racing.at_once, threads=2)
MANAGE, WRITE = Capability.MANAGE_MEMBERS, Capability.WRITE_STORIES
Use = Callable[[User, CommunityPage], Any]


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[CommunityPage]:
    """A community whose members may manage it, because that is granted."""
    with seen_by_threads(tmp_path, _built) as community:
        yield community


def _built() -> CommunityPage:
    community: CommunityPage = CommunityFactory()
    make_member(PersonFactory(), community)
    team = User.objects.create_superuser("hub.team@example.org", "a long enough password")
    for capability in (MANAGE, WRITE):
        given(community, team, capability)
    return community


def race(
    use: Callable[[User, CommunityPage, Event], Any], community: CommunityPage, right: Capability = MANAGE
) -> tuple[Any, Any]:
    """A member uses the right, and as soon as they have looked whether they may, it is withdrawn."""
    looked = Event()

    def run(number: int) -> Any:
        if number:
            return use(Membership.objects.get().person, community, looked)
        assert looked.wait(PATIENCE)
        team = User.objects.get(is_superuser=True)
        return services.withdraw(Grant.objects.get(capability=right), team, CABINET, "It was a mistake.").withdrawn_at

    withdrawn, used = at_once(run)
    return used, withdrawn


def without_the_guard(person: User, community: CommunityPage, looked: Event) -> Any:
    """Look, and act a moment later."""
    assert rights.can(person, MANAGE, community)
    looked.set()
    while rights.can(person, MANAGE, community):
        sleep(0.02)
    asked = {"asked_at": timezone.now(), "asked_by": person, "purpose": "To bring chairs."}
    return Grant.objects.create(community=community, capability=Capability.SPEAK, **asked).asked_at


def asks(person: User, community: CommunityPage) -> Any:
    return services.ask(community, person, Capability.SPEAK, "To bring chairs.").asked_at


@transaction.atomic
def writes(person: User, community: CommunityPage) -> Any:
    """What every service of writing begins with: either of two rights is enough."""
    require_writing(WRITING, person, community)
    return timezone.now()


def slowly(use: Use, person: User, community: CommunityPage, looked: Event) -> Any:
    """The service, which takes its time between looking and acting."""
    can = rights.can_any

    def looks_long(*args: Any) -> Any:
        answer = can(*args)
        looked.set()
        sleep(0.5)
        return answer

    with mock.patch.object(rights, "can_any", looks_long):
        return use(person, community)


def test_without_the_guard_it_is_used_after_it_was_withdrawn(arena: CommunityPage) -> None:
    used, withdrawn = race(without_the_guard, arena)
    assert used > withdrawn


@pytest.mark.parametrize(("use", "right"), [(asks, MANAGE), (writes, WRITE)])
def test_with_it_the_withdrawal_waits_for_whoever_was_first(arena: CommunityPage, use: Use, right: Capability) -> None:
    used, withdrawn = race(partial(slowly, use), arena, right)
    assert used < withdrawn
