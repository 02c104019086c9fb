"""The working calendar of a community's region, with the names of its closed days."""

from dataclasses import dataclass
from datetime import date

from communities.models import CommunityPage
from conversations.models import CommunityPromise, PromisedDays
from core.working_days.calendar import WorkingCalendar
from core.working_days.models import GOV_UK, ClosedDay, WorkingHours
from core.working_days.services import working_calendar


@dataclass(frozen=True, slots=True)
class RegionCalendar:
    """Where a community works. ``named`` says for each closed day its name, and whether it is a bank holiday."""

    calendar: WorkingCalendar
    named: dict[date, tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class PromisedWithin:
    """In how many working days a question is acknowledged and answered."""

    acknowledge: int
    answer: int


def region_called(name: str) -> RegionCalendar:
    """The hub's own region where no ``name`` is given."""
    name = name or WorkingHours.load().region
    rows = ClosedDay.of(name).values_list("date", "name", "source")
    return RegionCalendar(working_calendar(name), {day: (called, source == GOV_UK) for day, called, source in rows})


def rules_of(community: CommunityPage) -> CommunityPromise:
    """What the community promises, or an empty row that is not saved."""
    known = CommunityPromise.objects.filter(community=community).select_related("keeper", "backup").first()
    return known or CommunityPromise(community=community)


def promised_by(rules: CommunityPromise) -> PromisedWithin:
    """The community's days where they are fewer than the organisation's."""
    organisation = PromisedDays.load()
    answer = min(rules.answer_within or organisation.answer_within, organisation.answer_within)
    acknowledge = min(rules.acknowledge_within or organisation.acknowledge_within, organisation.acknowledge_within)
    return PromisedWithin(min(acknowledge, answer), answer)
