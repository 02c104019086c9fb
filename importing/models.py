"""What is remembered of imported rows."""

from typing import ClassVar

from django.db import models


class ImportedRow(models.Model):
    """What the hub remembers of one row of an archive, so that importing the archive again writes only what differs.

    A table of its own: whether a row is unchanged is seen without reading the thing that it became, and a thing that
    was removed here stays removed until its row changes.
    """

    changes_pages = False
    kind = models.CharField(max_length=20)
    imported_id = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)
    written = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("kind", "imported_id"), name="an_archive_row_is_remembered_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.imported_id}"
