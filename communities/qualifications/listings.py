"""What pages show of qualifications: each function asks a fixed number of queries, however many there are."""

from collections.abc import Collection, Sequence
from datetime import datetime

from communities.models import Award
from people.models import User


def awards_of(person: User, at: datetime | None = None) -> Sequence[Award]:
    """The qualifications that count for ``person`` at a moment, by name; of each the one that holds longest."""
    return awards_of_people([person.pk], at)


def awards_of_people(people: Collection[int], at: datetime | None = None) -> Sequence[Award]:
    """The same for several people, by their keys."""
    found = Award.objects.counting(at).filter(person__in=people).select_related("qualification")
    longest: dict[tuple[int, int], Award] = {}
    for award in found.order_by("qualification__name", "pk"):
        key = (award.person_id, award.qualification_id)
        known = longest.get(key)
        if known is None or (known.until is not None and (award.until is None or award.until > known.until)):
            longest[key] = award
    return list(longest.values())
