"""What pages show of absences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from core.registry import Registry
from people.absence.forms import AbsenceForm
from people.away import Absence, Away, Leave, Leaves, as_told, known, today
from people.models import User
from people.permissions import may_reach


@dataclass(frozen=True, slots=True)
class Concerned:
    """Something that counts on somebody on a day on which they are away."""

    title: str
    url: str
    when: date


CONCERNED: Registry[Callable[[User, date, date | None], Iterable[Concerned]]] = Registry(
    "what counts on somebody who is away", taken_by="people"
)
"""What of a room counts on a person between two days, the soonest first."""


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """What one reader is told of one absence, on the page of whoever is away."""

    away: Away
    word: str


def told_of(request: HttpRequest, person: User) -> AbsenceLine | None:
    """The present absence of ``person``, for whoever sees their page and is signed in."""
    viewer = request.user
    if not viewer.is_authenticated:
        return None
    leaves = known(request)
    if person.pk not in leaves:
        return None
    away = as_told(leaves, person.pk, today(), lambda one: User.objects.shown_to(viewer).filter(pk=one.pk).exists())
    if away is None:
        return None
    word = Absence.objects.present().filter(person=person.pk).values_list("word", flat=True).first() or ""
    return AbsenceLine(away, word if word and may_reach(viewer, person) else "")


def own_context(request: HttpRequest, person: User, form: AbsenceForm) -> dict[str, Any]:
    """One's own absences, and whom one stands in for."""
    standing = list(Absence.objects.standing().filter(person=person).select_related("stand_in"))
    return {
        "form": form,
        "person": person,
        "absences": concerned_by(person, standing),
        "stands_in": stands_in(person),
        "withdrawn": just_withdrawn(request, person),
    }


def concerned_by(person: User, absences: list[Absence]) -> list[tuple[Absence, list[Concerned]]]:
    """Each of a person's absences with what counts on them in its days: every room is asked once."""
    if not absences:
        return []
    first = max(absences[0].first, today())
    last = None if any(one.last is None for one in absences) else max(one.last for one in absences if one.last)
    found = sorted((one for room in CONCERNED for one in room(person, first, last)), key=lambda one: one.when)
    return [(absence, [one for one in found if absence.holds(one.when)]) for absence in absences]


def stands_in(person: User) -> list[Absence]:
    """The absences, present and to come, of those whom ``person`` stands in for and may see."""
    shown = User.objects.shown_to(person)
    mine = Absence.objects.standing().filter(stand_in=person, person__in=shown)
    return list(mine.select_related("person"))


def stood_in_by(person: User, leaves: Leaves) -> list[tuple[User, Leave]]:
    """Whom ``person`` stands in for today, as far as they may see them; nothing is asked where that is nobody."""
    day = today()
    found = {
        pk: leave
        for pk, theirs in leaves.items()
        for leave in theirs
        if leave.holds(day) and leave.stand_in and leave.stand_in.pk == person.pk
    }
    shown = User.objects.shown_to(person).filter(pk__in=found).by_name() if found else []
    return [(other, found[other.pk]) for other in shown]


def just_withdrawn(request: HttpRequest, person: User) -> Absence | None:
    """What was withdrawn a moment ago, to be brought back."""
    pk = request.GET.get("withdrawn", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return Absence.objects.filter(pk=int(pk), person=person).exclude(withdrawn=None).first()
