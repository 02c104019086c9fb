"""Files of photographs: one that was replaced or taken away is deleted, and so is that of a person who is deleted."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete

from people.models import User


def remove(name: str) -> None:
    """Delete the file at ``name`` after the commit: a failed transaction must not lose it."""
    storage = User._meta.get_field("photo").storage
    transaction.on_commit(partial(storage.delete, name), robust=True)


def listen() -> None:
    """Hear of every person that is deleted, whoever does it."""
    post_delete.connect(on_person_deleted, sender=User, dispatch_uid="people.photographs")


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    if instance.photo.name:
        remove(instance.photo.name)
