"""When e-mails go out to one person: their clock, quiet hours, closed days and mornings."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.notices import NOTICE_KINDS, USUALLY, Importance, Timing
from core.working_days.calendar import DAY, WorkingCalendar
from notifications.models import Preferences

GROUPED = timedelta(minutes=2)
"""How long what goes at once waits for what comes right after it."""
CATCH_UP = timedelta(hours=6)
"""How late a digest may be, after a time in which nothing ran. Later than that it waits for the next one."""
LOOK_BACK = 15  # days, within which there is the newest digest of any week


@dataclass(frozen=True)
class Window:
    """A digest: its name, and when it is due. What happens later stands in the next one, however late this one is."""

    name: str
    due: datetime


@dataclass(frozen=True)
class PersonClock:
    """One person's preferences, and the working calendar by their clock."""

    preferences: Preferences
    calendar: WorkingCalendar

    @classmethod
    def of(cls, preferences: Preferences, calendar: WorkingCalendar) -> "PersonClock":
        """By the hub's clock where theirs is one that this machine does not know: one person's keeps nobody waiting."""
        try:
            zone = ZoneInfo(preferences.time_zone) if preferences.time_zone else calendar.zone
        except (ZoneInfoNotFoundError, ValueError):
            zone = calendar.zone
        return cls(preferences, replace(calendar, zone=zone))

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nothing but notices of security goes out."""
        return self.is_night(moment) or not self._goes_out_on(self.calendar.local_day(moment))

    def is_night(self, moment: datetime) -> bool:
        """Whether it is in their quiet hours."""
        return self.preferences.is_quiet_at(moment.astimezone(self.calendar.zone).time())

    def latest_digest(self, timing: Timing, moment: datetime) -> tuple[date, datetime] | None:
        """The newest digest that is due at ``moment``: the day that it is of, and when it was due.

        One of a day that is closed goes out on the next working day; a daily one, not at all.
        """
        today = self.calendar.local_day(moment)
        for day in (today - DAY * back for back in range(LOOK_BACK)):
            if timing == Timing.WEEKLY and day.weekday() != self.preferences.digest_on:
                continue
            works = self._goes_out_on(day)
            if timing == Timing.DAILY and not works:
                continue
            due = self.calendar.at(day if works else self.calendar.following(day), self.preferences.digests_go_at)
            if due <= moment:
                return day, due
        return None

    def window(self, timing: Timing, moment: datetime) -> Window | None:
        """The digest that is to go out at ``moment``, if one is."""
        latest = self.latest_digest(timing, moment)
        if latest is None or moment - latest[1] >= CATCH_UP or self.is_night(moment):
            return None
        return Window(f"{timing.value} {latest[0]}", latest[1])

    def _goes_out_on(self, day: date) -> bool:
        return not self.preferences.rests_on_closed_days or self.calendar.is_working(day)


def kinds_told(preferences: Preferences, timing: Timing) -> list[str]:
    """The kinds of events that a person is told of at this time."""
    return [event for kind in NOTICE_KINDS if preferences.timing_of(kind) == timing for event in kind.kinds]


def importances_told(preferences: Preferences, timing: Timing) -> list[Importance]:
    """What a person hears of at this time, as they chose or as it is usual."""
    return [one for one in Importance if (getattr(preferences, one) or USUALLY[one]) == timing]
