"""Geometry for the few things that are drawn from figures: a session in its day, a row of seats, a bar chart.

Pages carry no inline styles (the content policy forbids them), so whatever depends on a figure is SVG. Everything
here is plain arithmetic; templates/components/ turns it into marks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils import timezone

DAY_BEGINS, DAY_ENDS = 8, 20
DAY_WIDTH = 176
SEAT = 16
SEAT_GAP = 5
SEATS_IN_ROW = 10
MOST_SEATS = 30
MOST_BARS = 8


class Reading(Protocol):
    """A value of a measure; ``label`` says when, ``note`` what it was counted from."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True)
class ChartSpan:
    """A stretch of the day, on a line DAY_WIDTH long."""

    x: int
    width: int


@dataclass(frozen=True)
class Seat:
    x: int
    y: int
    filled: bool


@dataclass(frozen=True)
class Seats:
    """Seats in rows of ten; ``bar`` is the filled share of a line of 100 where there are too many to draw."""

    seats: list[Seat]
    width: int
    height: int
    bar: int | None


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    note: str
    width: float
    met: bool


@dataclass(frozen=True)
class Chart:
    """Bars on a scale of 100; ``aim`` is where the aim stands on it, ``met`` whether the last reading reached it."""

    bars: list[Bar]
    aim: float | None
    met: bool


def _on_day_line(when: datetime) -> int:
    local = timezone.localtime(when)
    share = (local.hour + local.minute / 60 - DAY_BEGINS) / (DAY_ENDS - DAY_BEGINS)
    return round(min(max(share, 0), 1) * DAY_WIDTH)


def day_span(starts: datetime, ends: datetime) -> ChartSpan:
    """Where a session lies between eight in the morning and eight in the evening; never narrower than can be seen."""
    left = min(_on_day_line(starts), DAY_WIDTH - 4)
    return ChartSpan(left, max(_on_day_line(ends) - left, 4))


def seats(taken: int, capacity: int) -> Seats:
    """``capacity`` places of which ``taken`` are filled."""
    if capacity > MOST_SEATS:
        return Seats([], 100, 6, bar=round(100 * min(taken / capacity, 1)))
    step = SEAT + SEAT_GAP
    drawn = [Seat(n % SEATS_IN_ROW * step, n // SEATS_IN_ROW * step, n < taken) for n in range(capacity)]
    columns, rows = min(capacity, SEATS_IN_ROW), -(-capacity // SEATS_IN_ROW)
    return Seats(drawn, columns * step - SEAT_GAP, rows * step - SEAT_GAP, bar=None)


def reached(value: float, aim: float | None, lower_is_better: bool = False) -> bool:
    """Whether ``value`` meets the aim; without an aim nothing is met."""
    if aim is None:
        return False
    return value <= aim if lower_is_better else value >= aim


def _share(value: float, whole: float) -> float:
    return round(value / whole * 100, 1)


def chart(readings: Iterable[Reading], aim: float | None = None, lower_is_better: bool = False) -> Chart:
    """The latest readings, oldest first, against the aim."""
    shown = list(readings)[-MOST_BARS:]
    values = [float(reading.value) for reading in shown]
    top = max([*values, float(aim or 0)], default=0) or 1
    bars = [
        Bar(reading.label, reading.value, reading.note, _share(value, top), reached(value, aim, lower_is_better))
        for reading, value in zip(shown, values, strict=True)
    ]
    return Chart(bars, None if aim is None else _share(float(aim), top), bool(bars) and bars[-1].met)


@dataclass(frozen=True)
class BalanceRow:
    """Two counts, each with the length of its bar on a scale of 100 that both sides and all rows share."""

    label: str
    left: int
    right: int
    left_width: float
    right_width: float


class Counts(Protocol):
    """A row of two counts."""

    @property
    def label(self) -> str: ...
    @property
    def left(self) -> int: ...
    @property
    def right(self) -> int: ...


def balance(rows: Iterable[Counts]) -> list[BalanceRow]:
    """The rows, as long as they are against the longest of all bars; where nothing was counted, none has a length."""
    shown = list(rows)
    top = max((max(row.left, row.right) for row in shown), default=0) or 1
    return [BalanceRow(row.label, row.left, row.right, _share(row.left, top), _share(row.right, top)) for row in shown]
