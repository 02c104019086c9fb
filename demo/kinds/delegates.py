"""Who of the demo writes for whom in conversations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from conversations.models import Delegation
from demo.kind import ContentKind, Council
from demo.kinds.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Writes:
    """``person`` writes for ``principal``, since when and for how many days from now on."""

    principal: str
    person: str
    days_ago: int
    days: int
    announces: bool = False


class Delegates(ContentKind[Writes, Delegation]):
    name, word = "delegates", "delegate"
    needs = ("people",)
    shape = Writes

    def key(self, writes: Writes) -> str:
        return f"{writes.person}-{writes.principal}"

    def names(self, writes: Writes) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (writes.principal, writes.person)

    def add(self, council: Council, writes: Writes) -> Delegation:
        people, day, moment = council[PEOPLE], timezone.localdate(council.now), council.moment(writes.days_ago)
        made: Delegation = Delegation.objects.create(
            principal=people[writes.principal],
            delegate=people[writes.person],
            since=timezone.localdate(moment),
            until=day + timedelta(days=writes.days),
            announces=writes.announces,
            named=moment,
            accepted=moment,
        )
        return made


DELEGATES = Delegates()
