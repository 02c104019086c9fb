"""Job descriptions as a table, for whoever keeps the organisation's personnel files. Rank and grade are not in it."""

import csv
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from communities.grants.feeds import Echo
from communities.job_description.days import ReferenceDay
from communities.job_description.descriptions import descriptions_of
from communities.job_description.shapes import Belonging, Description, RoleThen
from communities.models import Membership
from core.batches import batches
from core.exports import as_words
from people.models import User

BATCH = 200  # people; each asks the database as often


def lines(viewer: User, day: ReferenceDay, person: User | None = None) -> Iterator[str]:
    """One row for each role, and one for a membership without; only of people and communities that ``viewer`` sees."""
    writer = csv.writer(Echo())
    yield "\ufeff"  # or Excel takes it for another alphabet
    yield writer.writerow(_columns())
    for some in batches(_people(viewer, day, person), BATCH):
        found = descriptions_of(User.objects.in_bulk(some).values(), day, viewer)
        for key in some:
            for cells in _rows(found[key]):
                yield writer.writerow([as_words(str("" if cell is None else cell)) for cell in cells])


def _people(viewer: User, day: ReferenceDay, person: User | None) -> list[int]:
    """The keys of those who belonged to anything then, in the order of a telephone book."""
    belonged = Membership.objects.active(day.at).values("person_id")
    people = User.objects.visible_to(viewer).filter(pk__in=belonged)
    if person is not None:
        people = people.filter(pk=person.pk)
    return list(people.by_name().values_list("pk", flat=True))


def _columns() -> list[str]:
    return [
        *(_("Person"), _("E-mail"), _("Community"), _("Member since"), _("Role"), _("Role since"), _("In effect")),
        *(_("Responsibilities"), _("Version"), _("Accepted on"), _("Granted"), _("Qualifications")),
    ]


def _rows(description: Description) -> Iterator[list[object]]:
    awards = "; ".join(_until(one.name, one.until) for one in description.qualifications)
    for belonging in description.belongings:
        roles: Sequence[RoleThen | None] = belonging.roles or [None]
        for role in roles:
            who = [description.person.name, description.person.email]
            yield [*who, belonging.name, belonging.since, *_role(role), _granted(belonging), awards]


def _role(role: RoleThen | None) -> list[object]:
    if role is None:
        return [_("Member"), "", _("yes"), "", "", ""]
    works = _("yes") if role.is_in_effect else _("no")
    return [role.name, role.since, works, "\n".join(role.lines), role.version, role.accepted_on]


def _granted(belonging: Belonging) -> str:
    return "; ".join(_until(grant.what, grant.last_day) for grant in belonging.grants)


def _until(what: str, last: object) -> str:
    return _("%(what)s (until %(day)s)") % {"what": what, "day": last} if last else what
