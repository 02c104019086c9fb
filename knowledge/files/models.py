"""What search knows of an uploaded file: its text, or why there is none."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from hub.models import HubDocument
from knowledge.files.reader.reasons import Reason

SENTENCES = {
    Reason.OTHER_KIND: _("Search reads PDF, Word (.docx), plain text, Markdown and CSV, and no other kind of file."),
    Reason.EMPTY: _("The file is empty."),
    Reason.NO_WORDS: _("There are no words in it. A scan has to go through text recognition first."),
    Reason.LOCKED: _("It is locked with a password."),
    Reason.BROKEN: _("It is damaged."),
    Reason.MISNAMED: _("It is another kind of file than the end of its name says."),
    Reason.TOO_BIG: _("It is too big: search reads files up to 50 MB."),
    Reason.TOO_LONG: _("It is very long, and search reads its beginning only."),
    Reason.TOO_HARD: _("Reading it took more time or memory than one file may have."),
    Reason.MISSING: _("The file itself is gone."),
}


class FileTextQuerySet(models.QuerySet["FileText"]):
    def waiting(self) -> "FileTextQuerySet":
        """Those that have to be read, for the first time or again."""
        return self.filter(waits=True)


class FileText(models.Model):
    """What was read of one uploaded file, kept so that a rebuild of the index reads no file again.

    ``stamp`` is new with each change of the file: a reading that began before the change writes nothing.
    """

    changes_pages = False

    file = models.OneToOneField(HubDocument, on_delete=models.CASCADE, primary_key=True, related_name="file_text")
    stamp = models.UUIDField(default=uuid.uuid4)
    waits = models.BooleanField(default=True, db_index=True)
    digest = models.CharField(max_length=64, blank=True)  # of what was read, and of how it is read
    version = models.PositiveSmallIntegerField(default=0)  # of the reader
    text = models.TextField(blank=True)  # a form feed between two pages
    has_words = models.BooleanField(default=False)
    pages = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)  # one of Reason
    read_on = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FileTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")  # what the report counts
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return str(self.file)

    @property
    def state(self) -> str:
        """In plain words, for editors: how far search knows what stands in the file."""
        if not self.read_on:
            return gettext("Search has not read it yet.")
        if not self.reason:
            return gettext("Search knows what stands in it.")
        known = gettext("Search knows a part of it.") if self.has_words else gettext("Search knows its title only.")
        return f"{known} {SENTENCES[Reason(self.reason)]}"
