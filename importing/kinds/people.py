"""People of an archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from core.audiences import Audience
from importing.fields import Fields
from importing.models import ImportedRow
from importing.rows import ArchiveRow, People
from importing.writing import ArchiveWriter, assign
from people.choices import PersonKind
from people.models import User


@dataclass(frozen=True, slots=True)
class PersonRow(ArchiveRow):
    name: str
    given_name: str
    family_name: str
    organisation: str
    about: str
    location: str
    kind: str = ""  # where the row does not say


class PersonWriter(ArchiveWriter[PersonRow, User]):
    """People of an archive have a page for everybody, because what they wrote was public; they cannot sign in until
    they are invited.
    """

    kind = "people"
    model = User

    @staticmethod
    def read(fields: Fields, _people: People, /) -> PersonRow:
        return PersonRow(
            id=fields.id(),
            name=fields.title("name", 200),
            given_name=fields.line("given_name", 150),
            family_name=fields.line("family_name", 150),
            organisation=fields.line("organisation", 250),
            about=fields.text("about"),
            location=fields.line("location", 160),
            kind=fields.choice("kind", PersonKind.values),
        )

    def create(self, rows: Sequence[PersonRow]) -> None:
        slugs = _FreeSlugs()
        people = [
            User(imported_id=self.key(row), slug=slugs.take(row.name), **(_account() | _values(row))) for row in rows
        ]
        for person in User.objects.bulk_create(people):
            self.lookup.people[self.lookup.scope.without(str(person.imported_id))] = person

    def update(self, row: PersonRow, thing: User) -> None:
        assign(thing, _values(row))
        thing.save()
        self.lookup.people[self.lookup.scope.without(self.key(row))] = thing

    def is_edited(self, thing: User, remembered: ImportedRow) -> bool:
        """Whoever was invited looks after their own page."""
        return thing.email is not None


def _account() -> dict[str, Any]:
    """Nobody of an archive belongs to the organisation unless their row says so."""
    return {"email": None, "password": make_password(None), "kind": PersonKind.PARTNER, "audience": Audience.EVERYONE}


def _values(row: PersonRow) -> dict[str, Any]:
    """What the row says. One that does not say where somebody belongs leaves it as it is."""
    return {
        **({"kind": row.kind} if row.kind else {}),
        "name": row.name,
        "called": row.given_name[:60],
        "family_name": row.family_name,
        "organisation": row.organisation,
        "about": row.about,
        "location": row.location,
    }


class _FreeSlugs:
    """Addresses of people, never one twice."""

    def __init__(self) -> None:
        self._taken = set(User.objects.values_list("slug", flat=True))

    def take(self, name: str) -> str:
        stem = slug = slugify(name)[:100].strip("-") or "person"
        number = 1
        while slug in self._taken:
            number += 1
            slug = f"{stem}-{number}"
        self._taken.add(slug)
        return slug
