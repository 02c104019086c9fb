"""Naming members in roles."""

from collections.abc import Collection

from django.db import transaction

from communities import notices
from communities.choices import Capability
from communities.models import Membership, Role
from communities.rights import require
from communities.services.places import follow, read_anew
from communities.services.succession import give, hand_on, log_of, take
from people.models import User


@transaction.atomic
def set_roles(membership: Membership, roles: Collection[Role], by: User, successor: Membership | None = None) -> None:
    """From now on a member holds these roles and no others; whoever left meanwhile gets none.

    Raises ``CannotLeave`` where fewer than two stewards would stay and no ``successor`` is named, and ``NotAllowed``.
    """
    read_anew(membership)
    if not membership.is_active:
        return
    require(by, Capability.MANAGE_MEMBERS, membership.community)
    _change(membership, roles, by, successor)


def _change(membership: Membership, roles: Collection[Role], by: User, successor: Membership | None = None) -> None:
    before, wanted = {held.role for held in membership.holdings.filter(until=None).shown()}, set(roles)
    if before == wanted:
        return
    was_steward, stays_steward = membership.is_steward, any(role.is_stewarding for role in wanted)
    if was_steward and not stays_steward:
        hand_on(membership, successor)
    take(membership, *(before - wanted))
    for role in wanted - before:
        give(membership, role)
    follow(membership)
    log_of(membership, "role_changed", by, before=_named(before), after=_named(wanted))
    _tell(membership, by, was_steward=was_steward, new=wanted - before)


@transaction.atomic
def add_role(membership: Membership, role: Role, by: User) -> None:
    """One role more, for whoever asked whether ``by`` gives it."""
    read_anew(membership)
    if not membership.is_active:
        return
    held = [one.role for one in membership.holdings.filter(until=None).shown()]
    if role not in held:
        _change(membership, [*held, role], by)


def _named(roles: Collection[Role]) -> str:
    return ", ".join(str(role) for role in sorted(roles, key=lambda role: (role.rank, role.name)))


def _tell(membership: Membership, by: User, *, was_steward: bool, new: Collection[Role]) -> None:
    if was_steward and not membership.is_steward:
        notices.tell_stood_down(membership, by)
    elif not was_steward and membership.is_steward:
        notices.tell_made_facilitator(membership, by)
