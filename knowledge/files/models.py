"""What search knows of an uploaded file: its text, or why there is none."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from core.files.reader.reasons import Reason
from core.models import HubDocument

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
    Reason.LEFT_OUT: _("Its comments and hidden words are left out; whoever opens the file can read them."),
}


def unread() -> str:
    return gettext("Search has not read it yet.")


class FileTextQuerySet(models.QuerySet["FileText"]):
    def waiting(self) -> "FileTextQuerySet":
        """Those that have to be read, for the first time or again."""
        return self.filter(waits=True)


class FileText(models.Model):
    """What was read of one uploaded file, kept so that a rebuild of the index reads no file again.

    ``stamp`` is new with each change of the file: a reading that began before the change writes nothing. ``name`` and
    ``file_hash`` say which file was last asked to be read; no text is ever kept of another one.
    """

    changes_pages = False

    file = models.OneToOneField(HubDocument, on_delete=models.CASCADE, primary_key=True, related_name="file_text")
    name = models.CharField(max_length=255, null=True)  # noqa: DJ001 (a database takes that without a new table)
    file_hash = models.CharField(max_length=40, null=True)  # noqa: DJ001 (Wagtail's, and empty until it has one)
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

    def is_of(self, file: HubDocument) -> bool:
        """Whether this is known to be of the file as it is now."""
        return bool(file.file_hash) and (self.name, self.file_hash) == (file.file.name, file.file_hash)

    def is_of_another(self, file: HubDocument) -> bool:
        """Whether the file was replaced since. Without a hash on both sides its name alone tells."""
        hashes = {self.file_hash, file.file_hash} - {"", None}
        return self.name != file.file.name or len(hashes) > 1

    @property
    def state(self) -> str:
        """In plain words, for editors: how far search knows what stands in the file."""
        if not self.read_on:
            return unread()
        if not self.reason:
            return gettext("Search knows what stands in it.")
        known = gettext("Search knows a part of it.") if self.has_words else gettext("Search knows its title only.")
        return f"{known} {SENTENCES[Reason(self.reason)]}"
