"""Notices when somebody's name changes or goes. People know nothing of stories, so nobody else could say so."""

from django.db.models.signals import post_delete, post_save, pre_delete

from people.models import User
from stories import services
from stories.consent import services as consent


def listen() -> None:
    """Hear of every person who is saved or deleted."""
    pre_delete.connect(before_person_deleted, sender=User, dispatch_uid="stories.told")
    post_delete.connect(on_person_deleted, sender=User, dispatch_uid="stories.untold")
    post_save.connect(on_person_saved, sender=User, dispatch_uid="stories.bylines")


def on_person_saved(instance: User, *, created: bool, update_fields: frozenset[str] | None, **_kwargs: object) -> None:
    """Somebody new has told nothing yet, and a saved password changes no name."""
    if not created and (update_fields is None or "name" in update_fields):
        services.follow_name(instance)


def before_person_deleted(instance: User, **_kwargs: object) -> None:
    """Afterwards nothing leads from them to what they told, and to where they are named."""
    consent.forget(instance)
    instance.__dict__["_told"] = services.told_by(instance)


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    """Whose account is deleted is named no more, in lists and below what they told alike."""
    services.follow_names(instance.__dict__.pop("_told", ()))
