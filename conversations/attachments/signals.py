"""Notices files that go with what they were attached to, however that goes: nothing stays in the storage."""

from django.db.models.signals import post_delete

from conversations.attachments.services import remove_file
from conversations.models import Attachment


def listen() -> None:
    post_delete.connect(on_deleted, sender=Attachment, dispatch_uid="conversations.attachment_deleted")


def on_deleted(instance: Attachment, **_kwargs: object) -> None:
    remove_file(instance)
