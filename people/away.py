"""Who is away, from when until when, and who stands in. Every page that shows people asks here.

Whoever is away on a day of the hub's calendar follows from the days alone: nothing has to run at midnight. All
absences that are not over are read in one query and remembered in the process under the versions of what they show
(``core.versions``), so that a page asks nothing to know who of thirty people is away.

Strangers are told nothing: that a home stands empty is for who signed in. A stand-in is named beside a face where their
page is open to everybody or to the organisation, because parts of pages are kept for all who hold these tokens; their
own page and whoever stands in are told more (``people.absence.listings``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from core import fragments, versions
from core.alters_data import alters_data
from core.audiences import EVERYONE, ORGANISATION, viewer_tokens
from core.current_reader import current_request, reader
from core.fields import LineField
from core.versions import PERSON, Versioned


def today() -> date:
    """The day that it is where the hub is, whoever reads from wherever."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class AbsenceDays:
    """Whole days, from the first to the last, both included."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def days(self) -> str:
        """From when until when, as one says it."""
        return days_in_words(self.first, self.last)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences of people."""

    @alters_data
    def update(self, **values: object) -> int:
        versions.rows_changed(self, values)
        return super().update(**values)

    def standing(self) -> "AbsenceQuerySet":
        """Those that are not over and were not withdrawn, the next first."""
        return self.filter(Q(last=None) | Q(last__gte=today()), withdrawn=None).order_by("first", "pk")

    def present(self) -> "AbsenceQuerySet":
        """Those of today."""
        return self.standing().filter(first__lte=today())

    def meeting(self, first: date, last: date | None) -> "AbsenceQuerySet":
        """Those that share a day with the days from ``first`` to ``last``; without an end they go on for good."""
        met = self.filter(Q(last=None) | Q(last__gte=first), withdrawn=None)
        return met if last is None else met.filter(first__lte=last)


class Absence(AbsenceDays, Versioned, models.Model):
    """Whole days on which one person is away."""

    person = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="absences")
    first = models.DateField(gettext_lazy("first day away"))
    last = models.DateField(gettext_lazy("last day away"), null=True, blank=True)
    stand_in = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="absences_stood_in_for"
    )
    word = LineField(gettext_lazy("a word about it"), max_length=160, blank=True)
    withdrawn = models.DateTimeField(null=True, editable=False)  # kept a day, to be brought back

    version_kind = "people"
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("absence")
        verbose_name_plural = gettext_lazy("absences")
        indexes: ClassVar = [models.Index(fields=("person", "first"), name="absences_of_a_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last=None) | Q(last__gte=F("first")), name="an_absence_has_its_days"),
            models.CheckConstraint(condition=~Q(person=F("stand_in")), name="nobody_stands_in_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.first} – {self.last or ''}"

    def version_scopes(self) -> set[str]:
        return {self.version_kind, f"{PERSON}{self.person_id}"}

    @property
    def is_present(self) -> bool:
        return self.holds(today())


def days_in_words(first: date, last: date | None) -> str:
    """“3 to 7 November 2026” and the like."""
    if last is None:
        return _("from %(first)s on") % {"first": date_format(first, "j F Y")}
    if first == last:
        return date_format(first, "j F Y")
    short = "j F Y" if first.year != last.year else "j F" if first.month != last.month else "j"
    return _("%(first)s to %(last)s") % {"first": date_format(first, short), "last": date_format(last, "j F Y")}


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who can be asked instead."""

    pk: int
    name: str
    slug: str
    token: str

    @property
    def url(self) -> str:
        return reverse("people:person", args=[self.slug])


@dataclass(frozen=True)
class Leave(AbsenceDays):
    """One absence, as pages tell of it."""

    first: date
    last: date | None
    stand_in: StandIn | None


@dataclass(frozen=True, slots=True)
class Away:
    """What the reader is told of somebody who is away."""

    first: date
    last: date | None
    stand_in: StandIn | None = None
    stand_in_is_away: bool = False

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.until, self.instead)))

    @property
    def until(self) -> str:
        if self.last is None:
            return _("Away since %(day)s") % {"day": date_format(self.first, "j F")}
        if self.last == today():
            return _("Away today")
        last = date_format(self.last, "j F" if self.last.year == today().year else "j F Y")
        return _("Away until %(day)s") % {"day": last}

    @property
    def instead(self) -> str:
        if self.stand_in is None:
            return ""
        words = _("%(name)s stands in, and is away too") if self.stand_in_is_away else _("%(name)s stands in")
        return words % {"name": self.stand_in.name}


Leaves = Mapping[int, tuple[Leave, ...]]


def away_on(person_pk: int, day: date | None = None) -> Away | None:
    """What the reader of the page that is being made may know of the absence of somebody whom they see."""
    request = current_request()
    if request is None or not request.user.is_authenticated:
        return None
    return as_told(known(request), person_pk, day or today(), lambda one: is_read_widely(one.token))


def is_read_widely(token: str) -> bool:
    """Whether the reader sees whoever has this token for being signed in, or for belonging to the organisation."""
    return token in viewer_tokens(reader()) & {EVERYONE, ORGANISATION}


def as_told(leaves: Leaves, person_pk: int, day: date, may_name: Callable[[StandIn], bool]) -> Away | None:
    """The absence of that day, with its stand-in where the reader may see them. Days that join on are one absence."""
    found = next((leave for leave in leaves.get(person_pk, ()) if leave.holds(day)), None)
    if found is None:
        return None
    last = found.last
    for leave in leaves[person_pk]:
        if last is not None and leave.first == last + timedelta(days=1):
            last = leave.last
    stand_in = found.stand_in if found.stand_in and may_name(found.stand_in) else None
    too = stand_in is not None and any(leave.holds(day) for leave in leaves.get(stand_in.pk, ()))
    return Away(found.first, last, stand_in, too)


def known(request: HttpRequest) -> Leaves:
    """Every absence that is not over, under the version of people that answers ``request``."""
    return _read(fragments.current(request)["people"])


def known_now() -> Leaves:
    """The same for whatever is going on, a request or not."""
    request = current_request()
    return read() if request is None else known(request)


@lru_cache(maxsize=4)
def _read(_version: int) -> Leaves:
    return read()


def read() -> Leaves:
    """Every absence that is not over, by person, the first day first."""
    fields = ("person_id", "first", "last", "stand_in_id", "stand_in__name", "stand_in__slug")
    rows: Any = Absence.objects.standing().values_list(
        *fields, "stand_in__audience_token", "stand_in__is_active", "stand_in__email"
    )
    leaves: defaultdict[int, tuple[Leave, ...]] = defaultdict(tuple)
    for person, first, last, pk, name, slug, token, is_here, email in rows:
        stand_in = StandIn(pk, name or email or slug, slug, token) if pk and is_here else None
        leaves[person] += (Leave(first, last, stand_in),)
    return dict(leaves)


def away_today(people: Iterable[int]) -> set[int]:
    """The keys of those among ``people`` (keys) who are away today, in one query."""
    return set(Absence.objects.present().filter(person__in=people).values_list("person_id", flat=True))


def absences_of(people: Iterable[int]) -> dict[int, list[Absence]]:
    """The absences of ``people`` (keys) that are not over, in one query."""
    found: defaultdict[int, list[Absence]] = defaultdict(list)
    for absence in Absence.objects.standing().filter(person__in=list(people)):
        found[absence.person_id].append(absence)
    return found


def stands_in_for(person_pk: int) -> frozenset[int]:
    """The keys of those whom somebody stands in for today, as the process knows it: what is asked of the database for
    a stand-in is asked for nobody else.
    """
    leaves, day = known_now(), today()
    if any(leave.holds(day) for leave in leaves.get(person_pk, ())):
        return frozenset()
    named = {pk: leave.stand_in for pk, theirs in leaves.items() for leave in theirs if leave.holds(day)}
    return frozenset(pk for pk, stand_in in named.items() if stand_in is not None and stand_in.pk == person_pk)


def stand_ins_of(people: Iterable[int]) -> set[int]:
    """The keys of those who stand in today for those among ``people`` (keys) who are away."""
    present = Absence.objects.present().filter(person__in=list(people), stand_in__is_active=True)
    here = present.exclude(stand_in__in=Absence.objects.present().values("person"))
    return {pk for pk in here.values_list("stand_in_id", flat=True) if pk}


def stand_ins_by_person() -> dict[int, int]:
    """Who is away today, and who stands in for them and is here, by their keys."""
    present = Absence.objects.present().filter(stand_in__is_active=True, person__is_active=True)
    here = present.exclude(stand_in__in=Absence.objects.present().values("person"))
    return {person: stand_in for person, stand_in in here.values_list("person_id", "stand_in_id") if stand_in}


def stood_in_for(person_pk: int) -> models.QuerySet[Any]:
    """The keys of those whom somebody stands in for today, as a query to build on. Whoever is away themselves stands
    in for nobody: their own stand-in was not chosen by the others.
    """
    here = ~models.Exists(Absence.objects.present().filter(person=models.OuterRef("stand_in")))
    present = Absence.objects.present().filter(here, stand_in=person_pk, person__is_active=True)
    return present.order_by().values("person_id")
