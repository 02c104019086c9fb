"""Notices when somebody goes who wrote in conversations (search names them no more behind what they said, and nobody
writes for them), and when the working calendar is another one.
"""

from collections.abc import Collection

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save, pre_delete

from conversations.delegates.services import end_all
from conversations.guests.services import admit_all
from conversations.mentions.holdings import forget
from conversations.models import Conversation
from conversations.moderation.services import hand_back_all
from conversations.promise.reminders import unkept_without
from conversations.promise.services import calendar_changed
from core.working_days.models import ClosedDay, WorkingHours
from core.working_days.services import days_imported
from people.models import User
from people.presence import presence_changed
from search.services import changed_queryset


def listen() -> None:
    pre_delete.connect(on_person_deleted, sender=User, dispatch_uid="conversations.person_deleted")
    presence_changed.connect(on_presence_changed, dispatch_uid="conversations.presence")
    user_logged_in.connect(on_signed_in, dispatch_uid="conversations.guest_signed_in")
    for sender in (ClosedDay, WorkingHours):
        post_save.connect(on_calendar_changed, sender=sender, dispatch_uid=f"conversations.{sender.__name__}.saved")
        post_delete.connect(on_calendar_changed, sender=sender, dispatch_uid=f"conversations.{sender.__name__}.gone")
    days_imported.connect(on_calendar_changed, dispatch_uid="conversations.days_imported")


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    forget(instance)
    theirs = Conversation.objects.filter(posts__author=instance)
    changed_queryset(Conversation, theirs.order_by().distinct())
    unkept_without(instance)


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    """Whoever is gone writes for nobody, and nobody for them; what they had taken to decide waits for somebody else."""
    end_all(people)
    hand_back_all(people)


def on_signed_in(user: User, **_kwargs: object) -> None:
    """They may be invited to a conversation by their address."""
    admit_all(user)


def on_calendar_changed(**_kwargs: object) -> None:
    """What was promised by a working day is promised by another one now."""
    calendar_changed()
