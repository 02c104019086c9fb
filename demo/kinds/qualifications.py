"""What roles of the demo council demand, and who has it: some of it ends soon, some has, some waits to be verified."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.models import Award, Holding, Membership, Qualification, Role
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE


@dataclass(frozen=True, slots=True)
class AwardedTo:
    """Days are counted from today: ``until_in`` lies behind where it is below zero. ``by`` nobody, it waits."""

    person: str
    community: str  # where they hold the role
    evidence: str
    days_ago: int
    until_in: int = 0
    by: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Demanded:
    """A qualification, the role that demands it, and who was awarded it."""

    slug: str
    name: str
    what_for: str
    role: str
    rank: int
    role_for: str
    awards: tuple[AwardedTo, ...]
    months: int = 0
    allows: tuple[str, ...] = ()


class Qualifications(ContentKind[Demanded, Qualification]):
    name, word = "qualifications", "qualification"
    counted = _("%(n)d qualifications")
    needs = ("people", "communities")
    shape = Demanded
    longest = LONGEST | {"what_for": 400, "role": 60, "role_for": 400, "evidence": 1000}

    def parts(self, row: Demanded) -> Iterable[Any]:
        return (row, *row.awards)

    def names(self, row: Demanded) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (one.person for one in row.awards)
        yield "people", (one.by for one in row.awards if one.by)
        yield "communities", (one.community for one in row.awards)

    def check(self, row: Demanded, content: Content) -> Faults:
        yield from in_the_past(row.slug, (one.days_ago for one in row.awards))
        for one in row.awards:
            if one.by == one.person:
                yield f"{row.slug}: {one.person} verifies their own."
        if not set(Capability.values).issuperset(row.allows):
            yield f"{row.slug}: there is no such capability among {', '.join(row.allows)}."

    def add(self, council: Council, row: Demanded) -> Qualification:
        made, _new = Qualification.objects.get_or_create(
            slug=row.slug, defaults={"name": row.name, "what_for": row.what_for, "months": row.months or None}
        )
        says = {"name": row.role, "rank": row.rank, "what_for": row.role_for, "capabilities": list(row.allows)}
        role, _new = Role.objects.get_or_create(slug=slugify(row.role), defaults=says)
        role.qualifications.add(made)
        for one in row.awards:
            _add_award(council, made, role, one)
        return made


def _add_award(council: Council, what: Qualification, role: Role, one: AwardedTo) -> None:
    person = council[PEOPLE][one.person]
    membership = Membership.objects.active().get(person=person, community=council[COMMUNITIES][one.community])
    Holding.objects.create(membership=membership, role=role, since=max(membership.since, council.moment(one.days_ago)))
    by = council[PEOPLE][one.by] if one.by else None
    decided = council.moment(max(one.days_ago - 2, 0)) if by else None
    Award.objects.create(
        person=person,
        qualification=what,
        evidence=one.evidence,
        link=one.link,
        awarded_on=council.day(one.days_ago),
        until=council.day(-one.until_in),
        recorded_by=person,
        recorded_at=council.moment(max(one.days_ago - 1, 0)),
        decided_at=decided,
        decided_by=by,
        decided_name=by.name if by else "",
    )


QUALIFICATIONS = Qualifications()
