"""What a job description consists of. It is said in words and days; rank and grade stand nowhere in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from communities.job_description.days import ReferenceDay
from people.models import User


@dataclass(frozen=True, slots=True)
class GrantThen:
    """What somebody could do because the organisation had granted it."""

    what: str
    authority: str
    conditions: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class RoleThen:
    """A role on that day, with the words that were accepted, or else with those that they were asked to accept."""

    name: str
    what_for: str
    since: date
    is_in_effect: bool
    lines: Sequence[str]
    accepted_on: date | None = None
    version: int | None = None
    asked_anew: bool = False  # there were newer words, which they had not answered
    is_declined: bool = False


@dataclass(slots=True)
class Belonging:
    """One community on that day. ``url`` is empty where the reader cannot open it."""

    name: str
    url: str
    note: str
    since: date
    purpose: str = ""
    review_on: date | None = None
    is_closed: bool = False
    roles: list[RoleThen] = field(default_factory=list)
    grants: list[GrantThen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EndedBelonging:
    """What was over by that day: a membership with its roles, or one role."""

    name: str
    url: str
    what: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class QualificationThen:
    """One that counted on that day."""

    name: str
    awarded_on: date
    until: date | None
    verified_by: str


@dataclass(frozen=True, slots=True)
class Review:
    """Something that is looked at again, and when."""

    day: date
    what: str
    is_past: bool


@dataclass(slots=True)
class Description:
    """The whole of it, for one reader."""

    person: User
    day: ReferenceDay
    belongings: list[Belonging] = field(default_factory=list)
    qualifications: list[QualificationThen] = field(default_factory=list)
    ended: list[EndedBelonging] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.belongings or self.ended or self.qualifications)
