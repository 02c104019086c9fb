"""Notices when somebody's name changes. People know nothing of stories, so nobody else could say so."""

from typing import Any

from django.db.models.signals import post_save

from people.models import User
from stories import services


def listen() -> None:
    """Hear of every person who is saved."""
    post_save.connect(on_person_saved, sender=User, dispatch_uid="stories.bylines")


def on_person_saved(instance: User, *, created: bool, update_fields: frozenset[str] | None, **_kwargs: Any) -> None:
    """Somebody new has told nothing yet, and a saved password changes no name."""
    if not created and (update_fields is None or "name" in update_fields):
        services.follow_name(instance)
