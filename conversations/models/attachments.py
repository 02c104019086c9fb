"""Files that are attached to posts, and those that wait in a form until it is sent."""

import uuid
from pathlib import PurePosixPath
from typing import ClassVar

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.choices import FileKind
from conversations.models.talk import Post
from core.fields import LineField
from people.models import User

LONGEST_DESCRIPTION = 250


def place_in_storage(attachment: "Attachment", _name: str) -> str:
    """Its key and how its name ends: what people call a file says much, and stands in no folder."""
    return f"conversations/{attachment.key.hex[:2]}/{attachment.key.hex}{PurePosixPath(attachment.name).suffix}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attached files."""

    def standing(self) -> "AttachmentQuerySet":
        """Those that nobody took out of their post again, as they were chosen."""
        return self.filter(removed=None)

    def unsent(self, person: User, place: str) -> "AttachmentQuerySet":
        """What somebody chose in the form of this place and has not sent."""
        return self.filter(unsent_by=person, place=place)


class Attachment(models.Model):
    """A file of a post; before that, of somebody who has not sent it yet. Whoever reads the post may fetch it.

    Taken out of a post again, it keeps its name for the post's history, and neither its content nor its text.
    """

    changes_pages = False  # the row of its conversation is saved with it

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    unsent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60, blank=True)
    """Where it was chosen, as drafts have it, or ``post:12`` for the form that changes a post."""
    file = models.FileField(upload_to=place_in_storage, blank=True)
    name = LineField(_("name"), max_length=150)
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    description = LineField(_("what it shows"), max_length=LONGEST_DESCRIPTION, blank=True)
    added = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(post=None, unsent_by__isnull=False) | Q(post__isnull=False, unsent_by=None),
                name="a_file_is_sent_or_somebodys",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conversations:attachment", args=[self.key])

    def opened(self) -> File:
        """Its content; an ``OSError`` where the storage has it no more."""
        return self.file.storage.open(str(self.file.name), "rb")

    @property
    def is_picture(self) -> bool:
        return self.kind == FileKind.PICTURE

    @property
    def is_undescribed(self) -> bool:
        """Whether it shows something that nobody has said in words."""
        return self.is_picture and not self.description


class AttachmentText(models.Model):
    """What search reads in an attached file, kept beside it: pages that show the file leave it where it is."""

    changes_pages = False

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, primary_key=True, related_name="read")
    text = models.TextField(blank=True)
    read_on = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.attachment_id}, read on {self.read_on:%d.%m.%Y}"
