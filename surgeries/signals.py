"""Notices what sessions take over: from their series once a change is live, and who helps, whoever changes that (the
editor, a command, a person who goes). Calendars tell of both.
"""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from core import versions
from core.audiences import tokens_written
from core.drafts import live_row_changed
from people.models import User
from people.presence import presence_changed
from search.services import changed_queryset
from surgeries import changes, services
from surgeries.models import TOLD_OF_SERIES, Session, SessionMentor, SurgeryPage

NAMED_BY = ("name",)
"""What of a person changes how a calendar names them."""


def listen() -> None:
    """Hear of every series that changes, of every mentor who comes or goes, and of every one who is called something
    else.
    """
    live_row_changed.connect(on_series_changed, sender=SurgeryPage, dispatch_uid="surgeries.series_changed")
    tokens_written.connect(on_tokens_written, sender=SurgeryPage, dispatch_uid="surgeries.tokens_written")
    post_save.connect(on_session_saved, sender=Session, dispatch_uid="surgeries.session_saved")
    post_save.connect(on_mentor_saved, sender=SessionMentor, dispatch_uid="surgeries.mentor_saved")
    post_delete.connect(on_mentor_deleted, sender=SessionMentor, dispatch_uid="surgeries.mentor_deleted")
    m2m_changed.connect(on_mentors_added, sender=SessionMentor, dispatch_uid="surgeries.mentors_added")
    presence_changed.connect(on_presence_changed, dispatch_uid="surgeries.presence")
    pre_save.connect(on_person_saved, sender=User, dispatch_uid="surgeries.person_saved")


def on_series_changed(instance: SurgeryPage, before: SurgeryPage | None, **_kwargs: object) -> None:
    """Its sessions are seen by those who may see the series; calendars hear of a new title or place.

    What a series said while it was not live was told to nobody, so that its return is announced in any case.
    """
    services.follow_series([instance.pk])
    if before and not (before.live and all(getattr(before, n) == getattr(instance, n) for n in TOLD_OF_SERIES)):
        services.announce_series(instance)


def on_tokens_written(pks: Collection[int], **_kwargs: object) -> None:
    """Their sessions are seen by those who may see the series."""
    services.follow_series(pks)


def on_session_saved(instance: Session, **_kwargs: object) -> None:
    """The series that it was taken from shows it no more, and whoever goes there hears what changed."""
    if instance.is_changed:
        instance.is_changed = False
        if instance.is_told:
            changes.tell_changed(instance)
    if instance.left_series:
        versions.changed(SurgeryPage.objects.get(pk=instance.left_series).version_scope)
        instance.left_series = None


def on_mentor_saved(instance: SessionMentor, created: bool, raw: bool, **_kwargs: object) -> None:
    """The editor saves every mentor of a session again; only a new one is news."""
    if created and not raw:
        services.announce(Session.objects.filter(pk=instance.session_id))


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    """Mentors whose accounts are switched off are named no more, and those who come back are again."""
    services.announce(Session.objects.filter(mentor_links__person__in=people))


def on_mentor_deleted(instance: SessionMentor, **_kwargs: object) -> None:
    """Calendars hear of it, and search names them no more."""
    changed_queryset(Session, Session.objects.filter(pk=instance.session_id))
    changed_queryset(SurgeryPage, SurgeryPage.objects.filter(sessions=instance.session_id))
    services.announce(Session.objects.filter(pk=instance.session_id))


def on_mentors_added(instance: Model, action: str, pk_set: set[int] | None, **_kwargs: object) -> None:
    """Adding many at once sends no other signal; removing does."""
    if action == "post_add" and pk_set:
        sessions = [instance.pk] if isinstance(instance, Session) else pk_set
        services.announce(Session.objects.filter(pk__in=sessions))


def on_person_saved(instance: User, update_fields: frozenset[str] | None, raw: bool, **_kwargs: object) -> None:
    """A mentor who is renamed."""
    if raw or not instance.pk or (update_fields is not None and update_fields.isdisjoint(NAMED_BY)):
        return
    known = User.objects.filter(pk=instance.pk).values(*NAMED_BY).first()
    if known and any(getattr(instance, name) != value for name, value in known.items()):
        services.announce(Session.objects.filter(mentor_links__person=instance))
