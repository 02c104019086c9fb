"""What groups of directories do in communities: only where somebody of the hub team mapped them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from wagtail.log_actions import log

from accounts.scim.models import Brought, GroupMapping
from communities.joining import takes_people_in
from communities.models import CommunityPage, Membership, Role, State
from communities.services import end_membership, stand_down
from communities.services.joining import enter
from communities.services.places import come_in, lock_with
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
    for brought in Brought.objects.filter(person=person).select_related("membership", "membership__community"):
        if brought.community_id not in wanted or wanted[brought.community_id] != (brought.role or Role.MEMBER):
            _undo(brought)
    if person.is_active:
        for community in CommunityPage.objects.live().filter(pk__in=wanted).order_by("pk"):
            _bring(person, community, Role(wanted[community.pk]))


def _wanted(person: User) -> dict[int, str]:
    """In which community as what: the greater part, where several groups lead there."""
    theirs = GroupMapping.objects.filter(group__members__member__person=person)
    wanted: dict[int, str] = {}
    for community, role in theirs.values_list("community_id", "role"):
        if wanted.get(community) != Role.FACILITATOR:
            wanted[community] = role
    return wanted


def _bring(person: User, community: CommunityPage, role: Role) -> None:
    """Whom the facilitators removed does not come back by a group, and nobody is let in where nobody is."""
    if not lock_with(person, community) or not takes_people_in(community):
        return
    last: Membership | None = Membership.objects.last_of(person, community)
    if last is None or last.state == State.ENDED:
        if last is not None and last.was_removed:
            return
        membership = enter(community, person, State.ACTIVE, role=role)
        _note(membership, made=True, role=role if role == Role.FACILITATOR else "")
    elif last.state in {State.ASKED, State.INVITED}:
        last.role = role if role == Role.FACILITATOR else Role(last.role)
        come_in(last)
        _note(last, made=True, role=role if role == Role.FACILITATOR else "")
    elif last.is_active and role == Role.FACILITATOR and last.role != Role.FACILITATOR:
        last.role = Role.FACILITATOR
        last.save(update_fields=["role"])
        _note(last, made=Brought.objects.filter(membership=last, made=True).exists(), role=role)


def _note(membership: Membership, *, made: bool, role: str) -> None:
    given = {"membership": membership, "made": made, "role": role}
    Brought.objects.update_or_create(person=membership.person, community=membership.community, defaults=given)
    _log(membership, "brought")


def _undo(brought: Brought) -> None:
    """A part that groups gave is taken back, and the membership ends where groups made it. Whoever was made a
    facilitator by people since then stays.
    """
    membership = brought.membership
    lock_with(membership.person, membership.community)
    membership.refresh_from_db()
    brought.delete()
    if membership.state == State.ENDED:
        return
    raised_by_people = membership.role == Role.FACILITATOR and not brought.role
    if brought.made and not raised_by_people:
        end_membership(membership)
    elif brought.role and membership.role == Role.FACILITATOR:
        stand_down(membership, None)
    _log(membership, "taken_back")


def _log(membership: Membership, deed: str) -> None:
    data = {"person": str(membership.person), "role": membership.role}
    log(instance=membership.community, action=f"accounts.{deed}", data=data)
