"""The directories that the demo's people come from, and which of their groups lead into which community."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from accounts.models import Directory, DirectoryGroup, DirectoryPerson, DirectoryToken, GroupMapping
from accounts.scim.tokens import SHOWN, digest_of
from communities.models import Role
from demo.cast import ADMINISTRATOR
from demo.kind import ContentKind, Council
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from people.choices import PersonKind
from people.models import User


@dataclass(frozen=True, slots=True)
class GroupShape:
    """``leads_to`` are communities; ``role`` is what its people are there."""

    name: str
    people: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """Nobody knows its secret: it opens nothing."""

    name: str
    days_ago: int
    good_for: int
    used_hours_ago: int = 0


@dataclass(frozen=True, slots=True)
class KnownDirectory:
    name: str
    kind: str
    domains: tuple[str, ...]
    tokens: tuple[Token, ...]
    groups: tuple[GroupShape, ...]
    organisation: str = ""


class Directories(ContentKind[KnownDirectory, Directory]):
    name, word, table = "directories", "directory", "directory"
    needs = ("people", "communities")
    shape = KnownDirectory
    choices: ClassVar = {"kind": (PersonKind.STAFF, PersonKind.PARTNER)}

    def key(self, row: KnownDirectory) -> str:
        return row.name

    def names(self, row: KnownDirectory) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (person for group in row.groups for person in group.people)
        yield "communities", (community for group in row.groups for community in group.leads_to)

    def add(self, council: Council, row: KnownDirectory) -> Directory:
        made: Directory = Directory.objects.create(
            name=row.name,
            kind=row.kind,
            organisation=row.organisation,
            domains=list(row.domains),
            since=council.moment(max(token.days_ago for token in row.tokens)),
        )
        for token in row.tokens:
            _add_token(council, made, token)
        for group in row.groups:
            _add_group(council, made, group)
        return made


def _add_token(council: Council, directory: Directory, token: Token) -> None:
    secret = f"fms_{token.name}"
    begun = council.moment(token.days_ago)
    DirectoryToken.objects.create(
        directory=directory,
        name=token.name,
        digest=digest_of(f"{secret} {begun.isoformat()} opens nothing"),
        start=secret[:SHOWN],
        made=begun,
        made_by=User.objects.filter(email=ADMINISTRATOR).first(),
        ends=begun + timedelta(days=token.good_for),
        last_used=council.now - timedelta(hours=token.used_hours_ago) if token.used_hours_ago else None,
    )


def _add_group(council: Council, directory: Directory, row: GroupShape) -> None:
    group = DirectoryGroup.objects.create(directory=directory, display_name=row.name, created=directory.since)
    for slug in row.people:
        person = council[PEOPLE][slug]
        known, _made = DirectoryPerson.objects.get_or_create(
            directory=directory, person=person, defaults={"user_name": str(person.email), "created": directory.since}
        )
        group.people.add(known)
    role = Role.objects.get(slug=row.role) if row.role else None
    for community in row.leads_to:
        GroupMapping.objects.create(group=group, community=council[COMMUNITIES][community], role=role)


DIRECTORIES = Directories()
