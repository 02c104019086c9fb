"""Giving and taking roles, and the rule that no community is without two stewards because somebody went."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities import notices
from communities.models import Holding, Membership, Role
from communities.services.places import follow
from communities.suspended_roles import tell_suspended
from people.models import User

ENOUGH = 2  # stewards


class CannotLeave(Exception):
    """The way out is closed for now; the message says why and what to do."""


def give(membership: Membership, role: Role) -> bool:
    """Whether the role is new to them. Whoever said no to it and is named again is asked again."""
    held, is_new = Holding.objects.get_or_create(membership=membership, role=role, until=None)
    if not is_new and held.is_declined:
        take(membership, role)
        return give(membership, role)
    membership.forget_roles()
    membership.__dict__["holds"] = True
    if is_new and membership.is_active:
        tell_suspended(membership, role)
    return bool(is_new)


def take(membership: Membership, *roles: Role) -> None:
    """These roles have ended."""
    Holding.objects.filter(membership=membership, role__in=roles, until=None).update(until=timezone.now())
    membership.forget_roles()


def take_all_from(membership: Membership, *, stewarding: bool) -> list[str]:
    """The names of the roles that they hold no more; those that are no stewards' stay."""
    held = Holding.objects.filter(membership=membership, until=None)
    roles = [one.role for one in (held.stewarding() if stewarding else held).shown()]
    take(membership, *roles)
    return [str(role) for role in roles]


def roles_held(membership: Membership) -> str:
    """Their names, by rank; empty where there are none."""
    if not membership.has_roles:
        return ""
    held = [one.role for one in membership.holdings.filter(until=None).shown()]
    return ", ".join(str(role) for role in sorted(held, key=lambda role: (role.rank, role.name)))


def offer_instead(membership: Membership, role: Role | None) -> None:
    """Somebody who is invited is offered this, and nothing that they were offered before."""
    Holding.objects.filter(membership=membership).delete()
    if role is not None:
        give(membership, role)


# -- never without two -------------------------------------------------------------------------------------------------
def _others(membership: Membership) -> Any:
    return Membership.objects.active().filter(community=membership.community_id).exclude(pk=membership.pk)


def leaves_too_few(membership: Membership) -> bool:
    """Whether this is a steward without whom fewer than two stay."""
    return membership.is_steward and _others(membership).stewards().count() < ENOUGH


def candidates(membership: Membership) -> Any:
    """Members whom a steward can name in their place, and who have not said no to it."""
    others = _others(membership)
    asked = Holding.objects.kept().stewarding().filter(membership__community=membership.community_id)
    here = others.filter(person__is_active=True).exclude(pk__in=asked.values("membership"))
    return here.select_related("person").order_by("person__sort_name", "pk")


def successor_needed(membership: Membership) -> bool:
    """Whether they go only when they have named somebody. Where nobody could be named, nobody is kept."""
    return leaves_too_few(membership) and candidates(membership).exists()


def _stewards_roles(membership: Membership) -> list[Role]:
    return [role for role in membership.roles if role.is_stewarding]


@transaction.atomic
def hand_on(membership: Membership, successor: Membership | None) -> None:
    """Before a steward goes: their stewards' roles are the successor's, if one is needed.

    For whoever holds the lock on the community's places: of two who go at once, the second is asked again.
    """
    if not successor_needed(membership):
        return
    chosen = candidates(membership).filter(pk=successor.pk).first() if successor is not None else None
    if chosen is None:
        raise CannotLeave(_("Name somebody who looks after it in your place first: there are always to be two."))
    roles = _stewards_roles(membership)
    for role in roles:
        give(chosen, role)
    follow(chosen)
    log_of(chosen, "role_changed", membership.person, before="", after=", ".join(map(str, roles)))
    notices.tell_made_facilitator(chosen, membership.person)


def log_of(membership: Membership, deed: str, by: User | None, **data: str) -> None:
    """An entry in the audit log of the community."""
    data = {"person": str(membership.person), **data}
    log(instance=membership.community, action=f"communities.{deed}", user=by, data=data)
