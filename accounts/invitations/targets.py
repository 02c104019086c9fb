"""Inviting to one thing of a room above, such as a conversation, and to nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.invitations.models import Invitation
from core.registry import Registry
from people.models import User


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody is invited to: its title, whose it is, and where it is read."""

    title: str
    owner: str
    url: str


@dataclass(frozen=True, slots=True)
class Into:
    """What a room says of things of one model, by their keys.

    ``may_invite`` says whether this person may invite somebody from outside there. ``goal`` gets an address, too, and
    returns ``None`` where it is not invited there any more.
    """

    may_invite: Callable[[User, str], bool]
    goal: Callable[[str, str], Goal | None]


INTO: Registry[Into] = Registry("who invites to one thing", taken_by="accounts")
"""Under the label of a model."""


def may_invite_into(person: User, into: str) -> bool:
    label, _colon, key = into.partition(":")
    asked = INTO.get(label)
    return asked is not None and asked.may_invite(person, key)


def goal_of(invitation: Invitation) -> Goal | None:
    """Where an invitation to one thing leads as it is now: nowhere once the thing is closed, moved or gone."""
    label, _colon, key = invitation.into.partition(":")
    asked = INTO.get(label)
    return asked.goal(key, invitation.email) if asked is not None else None
