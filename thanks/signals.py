"""Notices when somebody goes: thanks of somebody who is gone count for nobody."""

from django.db.models.signals import pre_delete

from people.models import User
from search.services import changed_queryset
from thanks.models import Thanks


def listen() -> None:
    pre_delete.connect(on_person_deleted, sender=User, dispatch_uid="thanks.person_deleted")


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    changed_queryset(Thanks, Thanks.objects.between_them(instance))
