"""What groups of directories do in communities: only where somebody of the hub team mapped them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from wagtail.log_actions import log

from accounts.scim.models import Brought, GroupMapping
from communities.joining import takes_people_in
from communities.models import CommunityPage, Membership, Role, State
from communities.services import end_membership
from communities.services.joining import enter
from communities.services.places import come_in, follow as follow_membership, lock_with
from communities.services.succession import give, take
from core.outbox import Delivery, emit
from people.models import User

CHANGED = "accounts.groups_changed"


def follow(people: Iterable[int]) -> None:
    """Groups or mappings of these people changed: what follows is done after the commit, however many they are."""
    emit(CHANGED, [f"people.user:{pk}" for pk in sorted(set(people))])


def settle_all(events: Sequence[Delivery]) -> None:
    for event in events:
        if person := User.objects.filter(pk=event.subject_pk).first():
            settle(person)


@transaction.atomic
def settle(person: User) -> None:
    """Let somebody belong where their groups are mapped to, and take back what groups gave and give no more."""
    User.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()
    wanted = _wanted(person)
    for brought in Brought.objects.filter(person=person).select_related("role", "membership", "membership__community"):
        if brought.community_id not in wanted or wanted[brought.community_id] != brought.role:
            _undo(brought)
    if person.is_active:
        for community in CommunityPage.objects.live().filter(pk__in=wanted).order_by("pk"):
            _bring(person, community, wanted[community.pk])


def _wanted(person: User) -> dict[int, Role | None]:
    """In which community as what: the role that stands first in lists, where several groups lead there."""
    theirs = GroupMapping.objects.filter(group__members__member__person=person).select_related("role")
    wanted: dict[int, Role | None] = {}
    for mapping in theirs:
        known = wanted.get(mapping.community_id)
        if mapping.community_id not in wanted or known is None or (mapping.role and mapping.role.rank < known.rank):
            wanted[mapping.community_id] = mapping.role or known
    return wanted


def _bring(person: User, community: CommunityPage, role: Role | None) -> None:
    """Whom the facilitators removed does not come back by a group, and nobody is let in where nobody is."""
    if not lock_with(person, community) or not takes_people_in(community):
        return
    last: Membership | None = Membership.objects.last_of(person, community)
    if last is None or last.state == State.ENDED:
        if last is not None and last.was_removed:
            return
        membership = enter(community, person, State.ACTIVE, role=role)
        _note(membership, made=True, role=role)
    elif last.state in {State.ASKED, State.INVITED}:
        if role is not None:
            give(last, role)
        come_in(last)
        _note(last, made=True, role=role)
    elif last.is_active and role is not None and give(last, role):
        follow_membership(last)
        _note(last, made=Brought.objects.filter(membership=last, made=True).exists(), role=role)


def _note(membership: Membership, *, made: bool, role: Role | None) -> None:
    given = {"membership": membership, "made": made, "role": role}
    Brought.objects.update_or_create(person=membership.person, community=membership.community, defaults=given)
    _log(membership, "brought")


def _undo(brought: Brought) -> None:
    """A part that groups gave is taken back, and the membership ends where groups made it. Whoever was named
    in another role by people since then stays.
    """
    membership = brought.membership
    lock_with(membership.person, membership.community)
    membership.refresh_from_db()
    brought.delete()
    if membership.state == State.ENDED:
        return
    named_by_people = membership.holdings.filter(until=None).exclude(role=brought.role).exists()
    if brought.made and not named_by_people:
        end_membership(membership)
    elif brought.role is not None:
        take(membership, brought.role)
        follow_membership(membership)
    _log(membership, "taken_back")


def _log(membership: Membership, deed: str) -> None:
    data = {"person": str(membership.person), "role": membership.role_names}
    log(instance=membership.community, action=f"accounts.{deed}", data=data)
