"""Holds each line of a file against what the hub knows: new, changed, as it is, or not to be taken, and why."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.from_file.reading import SpreadsheetLine, Table
from accounts.leaving.forms import FAR
from accounts.stays.forms import within_a_year
from accounts.stays.models import OutsideStay
from accounts.stays.services import StayTerms
from core.batches import batches
from people.choices import PersonKind
from people.fields import one_address, validate_address
from people.models import User

if TYPE_CHECKING:
    from django.db.models import Field

FIELDS = ("name", "called", "family_name", "kind", "organisation", "job_title", "location", "phone", "works_when")
DAY = forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"])
KINDS = {
    "staff": PersonKind.STAFF,
    "works here": PersonKind.STAFF,
    "employee": PersonKind.STAFF,
    "resident": PersonKind.RESIDENT,
    "lives here": PersonKind.RESIDENT,
    "partner": PersonKind.PARTNER,
    "works for a partner": PersonKind.PARTNER,
}


class Verdict(Enum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What stands there and what will."""

    what: str
    before: str
    after: str


@dataclass(slots=True)
class Checked:
    """One line, with what becomes of it."""

    number: int
    email: str
    values: dict[str, str]
    person: User | None = None
    terms: StayTerms | None = None
    last_day: date | None = None
    reasons: list[str] = field(default_factory=list)
    changes: list[PersonChange] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        if self.reasons:
            return Verdict.REFUSED
        if self.person is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.changes else Verdict.SAME

    @property
    def name(self) -> str:
        return self.values.get("name") or (self.person.name if self.person else "")

    @property
    def has_left(self) -> bool:
        """Whether their last day is over: the account is switched off, and nothing else is said of them."""
        return self.last_day is not None and self.last_day < timezone.localdate()

    @property
    def kind_label(self) -> str:
        return str(PersonKind(self.values["kind"]).label) if self.values.get("kind") in PersonKind.values else ""


def check(table: Table, kind: str = "", step: Callable[[], object] = lambda: None) -> list[Checked]:
    """Every line. ``kind`` is where those belong of whom the file does not say it."""
    addresses = {one_address(line.cells.get(name, "")) for line in table.lines for name in ("email", "sponsor")} - {""}
    people = {person.email: person for person in _people(addresses)}
    stays = {stay.person_id: stay for stay in _stays([person.pk for person in people.values()])}
    seen: dict[str, int] = {}
    found = []
    for line in table.lines:
        found.append(_checked(line, people, stays, seen, kind))
        step()
    return found


def fingerprint(lines: Iterable[Checked]) -> str:
    """Of what somebody saw before they pressed the button: nothing else is to be done."""
    said = [
        (one.number, one.email, one.verdict.value, one.changes, one.reasons, one.last_day, sorted(one.values.items()))
        for one in lines
    ]
    return sha256(repr(said).encode()).hexdigest()


def _people(addresses: Iterable[str]) -> Iterator[User]:
    for some in batches(sorted(addresses), 500):
        yield from User.objects.filter(email__in=some)


def _stays(people: Iterable[int]) -> Iterator[OutsideStay]:
    for some in batches(people, 500):
        yield from OutsideStay.objects.filter(person__in=some)


def _checked(
    line: SpreadsheetLine,
    people: dict[str | None, User],
    stays: dict[int, OutsideStay],
    seen: dict[str, int],
    kind: str,
) -> Checked:
    email = one_address(line.cells.get("email", ""))
    person = people.get(email)
    one = Checked(line.number, email, _values(line.cells, "" if person else kind), person)
    one.reasons += _address(email, seen, line.number)
    one.reasons += _of_kind(line.cells, one)
    one.reasons += _of_fields(one)
    terms = _Terms(line.cells, people)
    one.reasons += _of_last_day(line.cells.get("last_day", ""), one)
    if one.has_left:
        one.values, one.changes = {}, [*_leaving_changes(one)]
        return one
    if one.person is not None and not one.person.is_active:
        one.reasons.append(_("This account is switched off. Switch it on in the editor first."))
    if one.values.get("kind") in {PersonKind.RESIDENT, PersonKind.PARTNER} and (one.person is None or terms.is_said):
        one.terms = terms.read(one.reasons)
    if one.person is not None:
        stay = stays.get(one.person.pk)
        one.changes = [*_changes(one.person, one.values), *_stay_changes(stay, one.terms), *_leaving_changes(one)]
    return one


def _of_last_day(text: str, one: Checked) -> list[str]:
    """A day on which somebody leaves, or left. Whoever runs the hub is no matter of a file."""
    if not text:
        return []
    try:
        one.last_day = DAY.clean(text)
    except ValidationError:
        return [_("“Last day” is no day: write it like 2027-03-31 or 31/03/2027.")]
    if one.last_day > timezone.localdate() + FAR:
        return [_("“Last day” is more than five years away.")]
    if one.person is None:
        return [_("They have left already: nobody is made.")] if one.has_left else []
    if one.person.is_superuser:
        return [_("They run the hub. Set their last day on the page “Leaving and hand-over”.")]
    return []


def _leaving_changes(one: Checked) -> Iterator[PersonChange]:
    if one.person is None or one.last_day is None:
        return
    if one.has_left:
        if one.person.is_active:
            yield PersonChange(_("account"), _("on"), _("switched off"))
    elif one.person.leaves_on != one.last_day:
        before = one.person.leaves_on
        yield PersonChange(_("last day"), before.isoformat() if before else "", one.last_day.isoformat())


def _values(cells: dict[str, str], kind: str) -> dict[str, str]:
    """What the line says; an empty cell says nothing."""
    said = {name: cells[name] for name in FIELDS if cells.get(name)}
    whole = " ".join(filter(None, (cells.get("first", ""), cells.get("family_name", ""))))
    if whole and "name" not in said:
        said["name"] = whole
    if known := KINDS.get(said.get("kind", "").lower(), kind if "kind" not in said else None):
        said["kind"] = str(known)
    return said


def _address(email: str, seen: dict[str, int], number: int) -> list[str]:
    try:
        validate_address(email)
    except ValidationError:
        words = _("“%(email)s” is no e-mail address.") if email else _("There is no e-mail address.")
        return [words % {"email": email}]
    if email in seen:
        return [_("Line %(number)s has the same address.") % {"number": seen[email]}]
    seen[email] = number
    return []


def _of_kind(cells: dict[str, str], one: Checked) -> list[str]:
    kind, organisation = one.values.get("kind"), one.values.get("organisation")
    if cells.get("kind") and kind not in PersonKind.values:
        words = _("“%(kind)s” is no kind: write staff, resident or partner.")
        return [words % {"kind": cells["kind"]}]
    if one.person is None and not kind:
        return [_("It does not say whether they work here, live here or work for a partner.")]
    known = one.person.organisation if one.person is not None else ""
    if kind == PersonKind.PARTNER and not (organisation or known):
        return [_("It does not say which organisation they work for.")]
    return []


def _of_fields(one: Checked) -> list[str]:
    """What the fields of an account say of it, each with its name."""
    reasons = [] if one.name else [_("There is no name.")]
    for name, value in one.values.items():
        column = _column(name)
        try:
            column.clean(value, None)
        except ValidationError as error:
            label = str(column.verbose_name).capitalize()
            reasons += [f"{label}: {words}" for words in error.messages if name != "kind"]
    return reasons


def _column(name: str) -> "Field[Any, Any]":
    """One of ``FIELDS``, none of which is a relation."""
    return cast("Field[Any, Any]", User._meta.get_field(name))


@dataclass(frozen=True, slots=True)
class _Terms:
    """Why somebody from outside comes, as a line says it."""

    cells: dict[str, str]
    people: dict[str | None, User]

    @property
    def is_said(self) -> bool:
        return any(self.cells.get(name) for name in ("sponsor", "purpose", "review_on"))

    def read(self, reasons: list[str]) -> StayTerms | None:
        """Adds to ``reasons`` what is missing."""
        sponsor = self.people.get(one_address(self.cells.get("sponsor", "")))
        if sponsor is None or not (sponsor.is_active and sponsor.is_insider):
            reasons.append(_("“Sponsor” needs the address of somebody who works here and answers for them."))
        if not (purpose := self.cells.get("purpose", "")[:200]):
            reasons.append(_("“Purpose” is empty: why are they here?"))
        day = _day(self.cells.get("review_on", ""))
        if day is None:
            reasons.append(_("“Review on” needs a day, like 2027-03-31 or 31/03/2027, within a year from now."))
        return StayTerms(sponsor, purpose, day) if sponsor and purpose and day else None


def _day(text: str) -> date | None:
    """A day to come within a year, as ISO or as the British write it."""
    try:
        return within_a_year(DAY.clean(text))
    except ValidationError:
        return None


def _changes(person: User, values: dict[str, str]) -> Iterator[PersonChange]:
    for name, after in values.items():
        before = getattr(person, name)
        if before != after:
            yield PersonChange(str(_column(name).verbose_name), _shown(name, before), _shown(name, after))


def _shown(name: str, value: object) -> str:
    return str(PersonKind(value).label) if name == "kind" and value in PersonKind.values else str(value)


def _stay_changes(stay: OutsideStay | None, terms: StayTerms | None) -> Iterator[PersonChange]:
    if terms is None:
        return
    if stay is None or stay.purpose != terms.purpose:
        yield PersonChange(_("why they are here"), stay.purpose if stay else "", terms.purpose)
    if stay is None or stay.review_on != terms.review_on:
        yield PersonChange(
            _("looked at again on"), stay.review_on.isoformat() if stay else "", terms.review_on.isoformat()
        )
    sponsor = terms.sponsor
    if sponsor is not None and (stay is None or stay.sponsor_id != sponsor.pk):
        yield PersonChange(_("who answers for them"), "", str(sponsor))
