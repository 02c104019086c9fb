"""Why people from outside are in the demo's hub, who answers for them, and until when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.models import OutsideStay
from demo.kind import ContentKind, Council
from demo.kinds.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Stay:
    """Days are counted from today. Without a ``sponsor`` nobody answers for them."""

    person: str
    purpose: str
    days_ago: int
    review_in: int
    sponsor: str = ""


class Stays(ContentKind[Stay, OutsideStay]):
    name, word = "stays", "stay"
    needs = ("people",)
    shape = Stay

    def key(self, stay: Stay) -> str:
        return stay.person

    def names(self, stay: Stay) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", filter(None, (stay.person, stay.sponsor))

    def add(self, council: Council, stay: Stay) -> OutsideStay:
        made: OutsideStay = OutsideStay.objects.create(
            person=council[PEOPLE][stay.person],
            sponsor=council[PEOPLE][stay.sponsor] if stay.sponsor else None,
            purpose=stay.purpose,
            since=council.day(stay.days_ago),
            review_on=council.day(-stay.review_in),
        )
        return made


STAYS = Stays()
