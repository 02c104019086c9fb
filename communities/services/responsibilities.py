"""What a role asks in writing: new versions of it, and what its holders say to them."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from communities.models import Holding, Responsibilities, Role
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
def answer(holding: Holding, version: Responsibilities, reason: str = "") -> bool:
    """Its holder accepts this version, or says why not. Whether it still is what the role asks."""
    latest = holding.role.responsibilities.first()
    if latest != version:
        return False
    holding.answered, holding.answered_at = version, timezone.now()
    holding.accepts, holding.reason = not reason, reason
    holding.save(update_fields=["answered", "answered_at", "accepts", "reason"])
    return True
