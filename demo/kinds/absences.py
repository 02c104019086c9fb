"""Who of the demo is away, and who stands in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from demo.kind import ContentKind, Council
from demo.kinds.people import PEOPLE
from people.models import Absence


@dataclass(frozen=True, slots=True)
class DaysAway:
    """How many days from today they are away, and for how many days; for 0 without an end."""

    person: str
    first: int
    days: int = 0
    stand_in: str = ""
    word: str = ""


class Absences(ContentKind[DaysAway, Absence]):
    name, word = "absences", "absence"
    needs = ("people",)
    shape = DaysAway

    def key(self, away: DaysAway) -> str:
        return f"{away.person}{away.first:+}"

    def names(self, away: DaysAway) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", filter(None, (away.person, away.stand_in))

    def add(self, council: Council, away: DaysAway) -> Absence:
        people, day = council[PEOPLE], timezone.localdate(council.now)
        return Absence.objects.create(
            person=people[away.person],
            first=day + timedelta(days=away.first),
            last=day + timedelta(days=away.first + away.days - 1) if away.days else None,
            stand_in=people[away.stand_in] if away.stand_in else None,
            word=away.word,
        )


ABSENCES = Absences()
