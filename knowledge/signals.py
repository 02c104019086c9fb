"""Notices when somebody who wrote or checked guidance goes. People know nothing of guidance."""

from django.db.models import Q
from django.db.models.signals import pre_delete

from knowledge.models import GuidancePage
from people.models import User
from search.services import changed_queryset


def listen() -> None:
    """Hear of every person who is deleted."""
    pre_delete.connect(on_person_deleted, sender=User, dispatch_uid="knowledge.person_deleted")


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    """Search names them no more behind what they wrote or checked. Afterwards nothing leads from them to it."""
    theirs = GuidancePage.objects.filter(Q(authors=instance) | Q(checked_by=instance))
    changed_queryset(GuidancePage, theirs.order_by().distinct())
