"""Tells the ids of one archive from those of another: each calls its first person "1"."""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from django.utils.text import slugify

LONGEST = 40
HASH = 12


def same_id(kind: str, row_id: str) -> str:
    """``row_id`` in the form in which it is compared. Hands that name a person do not always mind the case."""
    composed = unicodedata.normalize("NFC", row_id)
    return unicodedata.normalize("NFC", composed.casefold()) if kind == "people" else composed


@dataclass(frozen=True, slots=True)
class ImportScope:
    """Everything that came from the archive of one ``name``. Without a name, ids stand for themselves."""

    name: str

    @property
    def prefix(self) -> str:
        if not self.name:
            return ""
        slug = slugify(self.name)
        if slug == self.name and len(slug) <= LONGEST:
            return f"{slug}:"
        digest = sha256(self.name.encode()).hexdigest()[:HASH]  # two names may have one slug, or none
        return f"{slug[: LONGEST - HASH - 1]}-{digest}:"

    def key(self, kind: str, row_id: str) -> str:
        """What the hub keeps beside a thing that came from this row."""
        return f"{self.prefix}{same_id(kind, row_id)}"

    def without(self, key: str) -> str:
        """The id in its compared form, from what ``key`` gave."""
        return key.removeprefix(self.prefix)
