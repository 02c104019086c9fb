"""Notices when somebody's account is switched off or on again, by whatever way it was done.

Rooms above connect to ``presence_changed``: it is sent with the primary keys of the people whose accounts changed, once
the database says so. Saving a person, ``update()`` and ``bulk_update()`` of a queryset send it; whoever is deleted goes
with Django's own signals.
"""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import Signal

presence_changed = Signal()
people_going = Signal()
"""Sent with primary keys before people are deleted, with their rows locked: for rooms that lock rows of their own."""


def listen() -> None:
    """Hear of every person who is saved."""
    from people.models import User  # noqa: PLC0415 (its querysets send the signal)

    pre_save.connect(_before_save, sender=User, dispatch_uid="people.presence.before")
    post_save.connect(_after_save, sender=User, dispatch_uid="people.presence.after")


def _before_save(sender: type[Any], instance: Any, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    """What the database says until now. A saved password needs no query."""
    instance.was_here = None
    if not instance._state.adding and (update_fields is None or "is_active" in update_fields):
        instance.was_here = sender.objects.filter(pk=instance.pk).values_list("is_active", flat=True).first()


def _after_save(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    if instance.was_here not in (None, instance.is_active):
        presence_changed.send(sender, people=[instance.pk])
