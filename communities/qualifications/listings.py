"""What pages show of qualifications: each function asks a fixed number of queries, however many there are."""

from collections.abc import Sequence
from datetime import datetime

from communities.models import Award
from people.models import User


def awards_of(person: User, at: datetime | None = None) -> Sequence[Award]:
    """The qualifications that count for ``person`` at a moment, by name; of each the one that holds longest."""
    found = Award.objects.counting(at).filter(person=person).select_related("qualification")
    longest: dict[int, Award] = {}
    for award in found.order_by("qualification__name", "pk"):
        known = longest.get(award.qualification_id)
        if known is None or (known.until is not None and (award.until is None or award.until > known.until)):
            longest[award.qualification_id] = award
    return list(longest.values())
