"""What a role asks in writing: new versions of it, and what its holders say to them."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from communities import role_notices as notices
from communities.models import EarlierAnswer, Holding, Membership, Responsibilities, Role
from communities.services.places import follow, read_anew
from communities.services.succession import hand_on, log_of
from core import versions
from people.models import User


@transaction.atomic
def publish(role: Role, text: str, by: User) -> Responsibilities | None:
    """A new version, which all holders are asked to accept; nothing where the words are the same."""
    Role.objects.select_for_update().filter(pk=role.pk).first()
    last = role.responsibilities.first()
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if text == (last.text if last else ""):
        return None
    number = last.number + 1 if last else 1
    made = Responsibilities.objects.create(role=role, number=number, text=text, by=by)
    versions.changed(versions.SITE)
    log(instance=role, action="communities.responsibilities", user=by, data={"version": number})
    return made


@transaction.atomic
def answer(holding: Holding, version: Responsibilities, reason: str = "", successor: Membership | None = None) -> bool:
    """Its holder accepts this version, or says why not. Whether it still is what the role asks.

    A no ends what the role opens, until they accept. Raises ``CannotLeave`` for a steward who would leave fewer than
    two behind, until they name a ``successor``.
    """
    membership = holding.membership
    read_anew(membership)
    holding.refresh_from_db(fields=["until", "answered", "answered_at", "accepts", "reason"])
    if holding.role.responsibilities.first() != version or holding.until is not None or not membership.is_active:
        return False
    was_declined, was_steward = holding.is_declined, membership.is_steward
    if reason and was_steward and not _looks_after_it_without(holding):
        hand_on(membership, successor)
    _write_down(holding, version, reason)
    if holding.is_declined != was_declined:
        follow(membership)
    if holding.is_declined:
        log_of(membership, "role_declined", membership.person, role=str(holding.role))
        notices.tell_declined(holding)
    elif was_declined:
        notices.accepted_after_all(holding)
    return True


def _looks_after_it_without(holding: Holding) -> bool:
    """Whether another role in effect lets them manage the community."""
    others = Holding.objects.in_effect().filter(membership=holding.membership_id).exclude(pk=holding.pk)
    return others.stewarding().exists()


def _write_down(holding: Holding, version: Responsibilities, reason: str) -> None:
    """The answer; what they had said before is kept beside it."""
    if holding.answered_at is not None:
        said = {"version": holding.answered, "accepts": holding.accepts, "reason": holding.reason}
        EarlierAnswer.objects.create(holding=holding, at=holding.answered_at, **said)
    holding.answered, holding.answered_at = version, timezone.now()
    holding.accepts, holding.reason = not reason, reason
    holding.save(update_fields=["answered", "answered_at", "accepts", "reason"])
