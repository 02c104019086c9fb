"""Qualifications to test with."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from communities.models import Award, Qualification, Role
from people.models import User


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def demanded(*roles: Role, name: str = "Safeguarding") -> Qualification:
    """Something that these roles demand from now on."""
    qualification, _is_new = Qualification.objects.get_or_create(name=name, slug=name.lower(), defaults={"months": 36})
    for role in roles:
        role.qualifications.add(qualification)
    return qualification


def awarded(person: User, what: Qualification, by: User | None, ends_in: int | None = 90, **values: Any) -> Award:
    """Awarded a year ago; verified by somebody, or else it waits."""
    decided = (
        {"decided_at": timezone.now() - timedelta(days=1), "decided_by": by, "decided_name": by.name} if by else {}
    )
    until = in_days(ends_in) if ends_in is not None else None
    said = {"evidence": "Certificate 12", "awarded_on": in_days(-365), "until": until, **decided, **values}
    award: Award = Award.objects.create(person=person, qualification=what, **said)
    return award
