"""When a surgery is held: the pattern from which its dates are made, and the days that are left out."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from core.fields import LineField
from core.single_line import OneLineFields
from core.working_days.choices import Weekday
from surgeries.choices import LAST_DAY, Nth, Repeats
from surgeries.models.pages import SurgeryPage
from surgeries.recurrence import RecurrenceRule, in_words


class Pattern(OneLineFields):
    """When a surgery is held. Its dates are sessions, made some months ahead.

    What differs from it was changed by hand: that is not kept beside a session, but seen from the two.
    """

    surgery = models.ForeignKey(SurgeryPage, on_delete=models.CASCADE, related_name="patterns")
    repeats = models.CharField(_("how often"), max_length=12, choices=Repeats.choices, default=Repeats.WEEKLY)
    weekday = models.SmallIntegerField(_("weekday"), choices=Weekday.choices, default=Weekday.MONDAY)
    nth = models.SmallIntegerField(_("which of the month"), choices=Nth.choices, default=Nth.FIRST)
    day = models.SmallIntegerField(_("day of the month"), default=1)
    first = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    place = LineField(_("place"), max_length=250, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    on_closed_days = models.BooleanField(_("also on bank holidays and closed days"), default=False)
    made_until = models.DateField(null=True, editable=False)  # up to here every date was made or left out
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # a form that is sent twice makes one

    changes_pages = False

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="a_pattern_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(day=LAST_DAY) | Q(day__range=(1, 31)), name="a_pattern_has_a_day_of_the_month"
            ),
        ]

    def __str__(self) -> str:
        times = f"{self.begins:%H:%M}–{self.ends:%H:%M}"
        return gettext("%(days)s, %(times)s") % {"days": in_words(self.rule), "times": times}

    @property
    def rule(self) -> RecurrenceRule:
        return RecurrenceRule(self.repeats, self.first, self.until, self.weekday, self.nth, self.day)

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()

    @property
    def is_in_words(self) -> bool:
        """Whether readers learn something from it."""
        return self.repeats != Repeats.BY_HAND and not self.is_over

    def clean(self) -> None:
        super().clean()
        if self.begins and self.ends and self.ends <= self.begins:
            raise ValidationError({"ends": _("It ends after it begins, on the same day. Choose a later time.")})
        if self.first and self.until and self.until < self.first:
            raise ValidationError({"until": _("The last day is before the first. Choose a later one.")})


class LeftOut(OneLineFields):
    """A day of a pattern on which there is no session, so that none is made."""

    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="left_out")
    date = models.DateField()
    why = LineField(max_length=250, blank=True)

    changes_pages = False

    class Meta:
        ordering = ("date",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("pattern", "date"), name="a_date_is_left_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y} {self.why}".strip()
