"""Ways in and out at the same moment: one answer to an invitation counts, a thing is handed over once, and nothing is
left of whoever is erased.

The first tests switch the guard off and show that the race is real: if they fail, the others prove nothing.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from accounts.invitations import answering, tokens
from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from accounts.leaving import services as leaving
from accounts.leaving.models import HandedOver
from accounts.personal_data import erasing
from accounts.personal_data.models import HeldCopy
from accounts.personal_data.tasks import make
from accounts.scim.models import DirectoryPerson
from accounts.stays import services as stays
from accounts.stays.models import OutsideStay
from communities.models import FACILITATOR, CommunityPage
from people.addresses import owner_of
from people.handover import HANDOVERS, CannotGive
from people.models import User
from tests import racing
from tests.accounts.scim_client import directory
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    SurgeryFactory,
    make_member,
)
from tests.racing import PATIENCE, at_once, seen_by_threads

pytestmark = racing.with_threads

AT_ONCE = 4
SECRET, ADA = "a-link-of-an-invitation", "ada@example.org"
PASSWORDS = [f"quite a long password {number}" for number in range(AT_ONCE)]


def _built() -> CommunityPage:
    """Asha looks after one thing of each kind; Ada has an account without a way in, and an invitation."""
    hub_team = User.objects.create_superuser("hub.team@example.org", "a long enough password")
    asha, ada = PersonFactory(first_name="Asha"), PersonFactory(email=ADA)
    ada.set_unusable_password()
    ada.save()
    PersonFactory.create_batch(AT_ONCE, organisation="heirs")
    community: CommunityPage = CommunityFactory(sponsor=asha)
    make_member(asha, community, FACILITATOR)
    GuidanceFactory(community=community, keeper=asha)
    SessionFactory(surgery=SurgeryFactory(community=community)).mentors.add(asha)
    week = timezone.localdate() + timedelta(days=7)
    OutsideStay.objects.create(person=PersonFactory(resident=True), sponsor=asha, purpose="Walks.", review_on=week)
    Invitation.objects.create(
        email=ADA,
        kind="staff",
        community=community,
        invited_by=hub_team,
        token_digest=tokens.digest(SECRET),
        link_until=timezone.now() + timedelta(days=7),
    )
    return community


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[CommunityPage]:
    with seen_by_threads(tmp_path, _built) as community:
        yield community


def now(look: Any) -> Any:
    """What ``look`` sees of what the threads left."""
    return at_once(lambda _number: look(), 1)[0]


# -- an invitation -----------------------------------------------------------------------------------------------------
def test_without_the_guard_everybody_accepts(arena: CommunityPage) -> None:
    both = Barrier(AT_ONCE, timeout=PATIENCE)

    def look_then_accept(_number: int) -> bool:
        found = Invitation.objects.get()
        both.wait()
        return found.is_open and bool(
            Invitation.objects.update(outcome=InvitationOutcome.ACCEPTED, ended=timezone.now())
        )

    assert at_once(look_then_accept, AT_ONCE).count(True) == AT_ONCE


def accepts(number: int) -> bool:
    try:
        answering.make_account(Invitation.objects.get(), SECRET, f"Ada {number}", PASSWORDS[number])
    except answering.NotOpen:
        return False
    return True


def test_one_answer_counts_and_its_password_is_the_one(arena: CommunityPage) -> None:
    answers = at_once(accepts, AT_ONCE)
    assert answers.count(True) == 1
    ada = now(lambda: User.objects.get(email=ADA))
    assert ada.check_password(PASSWORDS[answers.index(True)])
    assert now(ada.memberships.count) == 1


NEW = "lovelace@example.org"


def renamed_meanwhile() -> bool:
    """A directory gives Ada's account another address while the link waits; whether the link opens it all the same."""
    client = directory(User.objects.get(is_superuser=True))
    made = client.post("Users", {"schemas": [], "userName": ADA, "active": True})
    lock = answering.communities.one_at_a_time

    def waits(community_pk: int) -> None:
        client.patch(f"Users/{made.json()['id']}", {"op": "replace", "path": "userName", "value": NEW})
        lock(community_pk)

    with mock.patch.object(answering.communities, "one_at_a_time", waits):
        return accepts(0)


@pytest.mark.parametrize("is_guarded", [False, True])
def test_a_link_opens_no_account_that_got_another_address_meanwhile(home: Any, is_guarded: bool) -> None:
    """Without the guard the account that is somebody else's by now gets the password of whoever has the old link."""
    _built()
    before = owner_of(ADA)
    with mock.patch.object(answering, "owner_now", answering.owner_now if is_guarded else lambda _found: before):
        assert renamed_meanwhile() is not is_guarded
    ada = User.objects.get(pk=before.pk)
    assert (ada.has_usable_password(), ada.memberships.exists()) == (not is_guarded, not is_guarded)


def test_a_directory_and_a_link_at_once_leave_one_whole_account(arena: CommunityPage) -> None:
    client = now(lambda: directory(User.objects.get(is_superuser=True)))
    made = now(lambda: client.post("Users", {"schemas": [], "userName": ADA, "active": True}).json()["id"])

    def deed(number: int) -> Any:
        change = {"op": "replace", "path": "userName", "value": NEW}
        return accepts(0) if number else client.patch(f"Users/{made}", change).status_code

    status, accepted = at_once(deed, 2)
    ada = now(lambda: DirectoryPerson.objects.select_related("person").get().person)
    assert status == 200
    assert ada.email == NEW  # the answer takes nothing back
    another = now(lambda: User.objects.filter(email=ADA).first())  # the directory was done first
    assert accepted is (another or ada).has_usable_password()


# -- handing over ------------------------------------------------------------------------------------------------------
def test_without_the_guard_one_thing_is_given_to_everybody(arena: CommunityPage) -> None:
    both = Barrier(AT_ONCE, timeout=PATIENCE)

    def look_then_give(number: int) -> bool:
        asha = User.objects.get(name__startswith="Asha")
        is_hers = OutsideStay.objects.filter(sponsor=asha).exists()
        both.wait()
        heir = User.objects.filter(organisation="heirs").order_by("pk")[number]
        return is_hers and bool(OutsideStay.objects.update(sponsor=heir))

    assert at_once(look_then_give, AT_ONCE).count(True) == AT_ONCE


def test_one_thing_is_given_once(arena: CommunityPage) -> None:
    kinds = ["facilitators", "sponsors", "guidance", "sessions", "people from outside"]

    def gives(what: str, number: int) -> bool:
        asha = User.objects.get(name__startswith="Asha")
        [held] = HANDOVERS.get(what).held(asha)
        heir = User.objects.filter(organisation="heirs").order_by("pk")[number]
        start.wait()
        try:
            leaving.give(asha, what, held.key, heir, User.objects.get(is_superuser=True))
        except CannotGive:
            return False
        return True

    start = Barrier(AT_ONCE, timeout=PATIENCE)
    given = {what: at_once(partial(gives, what), AT_ONCE).count(True) for what in kinds}
    assert given == dict.fromkeys(kinds, 1)
    assert now(HandedOver.objects.count) == len(kinds)


def test_who_extends_a_stay_gives_it_to_nobody_back(home: Any) -> None:
    """The page of whoever extends is older than the hand-over."""
    _built()
    stay, hub_team = OutsideStay.objects.get(), User.objects.get(is_superuser=True)
    heir = User.objects.filter(organisation="heirs")[0]
    stays.extend(OutsideStay.objects.get(), stay.review_on, hub_team, sponsor=heir)
    stays.extend(stay, stay.review_on + timedelta(days=9), stay.sponsor)
    assert OutsideStay.objects.get().sponsor == heir


# -- erasing -----------------------------------------------------------------------------------------------------------
def test_nothing_is_left_of_whoever_is_erased_while_their_copy_is_made(arena: CommunityPage) -> None:
    ada = now(lambda: User.objects.get(email=ADA))
    copy = now(lambda: HeldCopy.objects.create(person=ada).pk)

    def deed(number: int) -> None:
        make(copy) if number else erasing.erase(ada, User.objects.get(is_superuser=True))

    at_once(deed, 2)
    assert not now(lambda: HeldCopy.objects.exists() or User.objects.filter(pk=ada.pk).exists())
