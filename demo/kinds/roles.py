"""The demo's catalogue of roles, and who holds them beside the facilitators."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from communities.choices import Capability
from communities.models import Holding, Membership, Responsibilities, Role
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Version:
    """What a role asks, one thing a line, since so many days."""

    days_ago: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds it where. ``version`` is the one that they answered, 0 for none; ``declines`` says why not."""

    community: str
    person: str
    days_ago: int
    until_days_ago: int = 0  # 0: they still do
    version: int = 1
    declines: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueRole:
    slug: str
    name: str
    rank: int
    what_for: str
    capabilities: tuple[str, ...]
    versions: tuple[Version, ...]
    holders: tuple[Holder, ...] = ()


class Roles(ContentKind[CatalogueRole, Role]):
    name, word = "roles", "role"
    needs = ("people", "communities")
    shape = CatalogueRole
    longest = LONGEST | {"name": 60, "what_for": 400, "declines": 400}
    choices: ClassVar = {}

    def parts(self, role: CatalogueRole) -> Iterable[object]:
        return (role, *role.holders)

    def names(self, role: CatalogueRole) -> Iterator[tuple[str, Iterable[str]]]:
        yield "communities", {holder.community for holder in role.holders}
        yield "people", {holder.person for holder in role.holders}

    def check(self, role: CatalogueRole, content: Content) -> Faults:
        yield from in_the_past(role.slug, (version.days_ago for version in role.versions))
        yield from (f"{role.slug}: {one} is no capability." for one in set(role.capabilities) - set(Capability.values))
        members = {(row.slug, one.person): one.days_ago for row in content[COMMUNITIES] for one in row.members}
        for holder in role.holders:
            if members.get((holder.community, holder.person), -1) < holder.days_ago:
                yield f"{role.slug}: {holder.person} was no member of {holder.community} then."
            if holder.version > len(role.versions):
                yield f"{role.slug}: {holder.person} answered a version that there is not."

    def add(self, council: Council, row: CatalogueRole) -> Role:
        """The role, which this hub may have already."""
        said = {"name": row.name, "rank": row.rank, "what_for": row.what_for, "capabilities": list(row.capabilities)}
        role, _new = Role.objects.get_or_create(slug=row.slug, defaults=said)
        versions = list(role.responsibilities.order_by("number")) or [
            Responsibilities.objects.create(
                role=role, number=number, text="\n".join(version.lines), since=council.moment(version.days_ago)
            )
            for number, version in enumerate(row.versions, 1)
        ]
        Holding.objects.bulk_create(_holding(council, role, versions, holder) for holder in row.holders)
        return role


def _holding(council: Council, role: Role, versions: list[Responsibilities], holder: Holder) -> Holding:
    since = council.moment(holder.days_ago)
    version = versions[min(holder.version, len(versions)) - 1] if holder.version else None
    return Holding(
        membership=Membership.objects.get(
            community=council[COMMUNITIES][holder.community], person=council[PEOPLE][holder.person]
        ),
        role=role,
        since=since,
        until=council.moment(holder.until_days_ago) if holder.until_days_ago else None,
        answered=version,
        answered_at=max(since, version.since) if version else None,
        accepts=version is not None and not holder.declines,
        reason=holder.declines,
    )


ROLES = Roles()
