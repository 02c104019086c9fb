"""Notices when somebody goes, whose thanks count for nobody then, and when many things change their readers at once."""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import pre_delete

from core.audiences import tokens_written
from indexing.documents import key_for
from people.models import User
from people.presence import presence_changed
from search.services import changed_queryset
from thanks.models import Thanks


def listen() -> None:
    pre_delete.connect(on_person_deleted, sender=User, dispatch_uid="thanks.person_deleted")
    presence_changed.connect(on_presence_changed, dispatch_uid="thanks.presence")
    tokens_written.connect(on_tokens_written, dispatch_uid="thanks.tokens_written")


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    changed_queryset(Thanks, Thanks.objects.between_them(instance))
    changed_queryset(Thanks, Thanks.objects.in_rings_through(instance))


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    """What somebody said speaks for nobody while their account is switched off."""
    changed_queryset(Thanks, Thanks.objects.filter(giver__in=people))


def on_tokens_written(sender: type[Model], pks: Collection[int], **_kwargs: object) -> None:
    """Thanks have the readers of what they are for."""
    changed_queryset(Thanks, Thanks.objects.filter(thing__in=[key_for(sender, pk) for pk in pks]))
