"""Notices when somebody goes who wrote in conversations: search names them no more behind what they said."""

from django.db.models.signals import pre_delete

from conversations.models import Conversation
from people.models import User
from search.services import changed_queryset


def listen() -> None:
    pre_delete.connect(on_person_deleted, sender=User, dispatch_uid="conversations.person_deleted")


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    theirs = Conversation.objects.filter(posts__author=instance)
    changed_queryset(Conversation, theirs.order_by().distinct())
