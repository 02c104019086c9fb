"""The forms of a pattern, of the list of its dates, and of one date."""

from datetime import date, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.text import one_line
from core.web_addresses import WebField
from surgeries.choices import LAST_DAY
from surgeries.models import Pattern, Session
from surgeries.recurrence import span
from surgeries.series.services import seen_of

DAY, CLOCK = forms.DateInput({"type": "date"}, "%Y-%m-%d"), forms.TimeInput({"type": "time"}, "%H:%M")
EARLIEST, LATEST = timedelta(days=3660), timedelta(days=1100)


class PatternForm(forms.ModelForm[Pattern]):
    """When a surgery is held. Which fields count follows from how often it is."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Pattern
        fields: ClassVar = [
            "repeats",
            "weekday",
            "nth",
            "day",
            "first",
            "until",
            "begins",
            "ends",
            "place",
            "capacity",
            "on_closed_days",
        ]
        widgets: ClassVar = {"repeats": forms.RadioSelect, "first": DAY, "until": DAY, "begins": CLOCK, "ends": CLOCK}
        help_texts: ClassVar = {
            "day": _("A month that does not have it is left out."),
            "first": _("The first day on which it may be held."),
            "until": _("Empty: on and on. Dates are made six months ahead, and more as time goes by."),
            "place": _("Empty: the surgery’s."),
            "capacity": _("How many people can come. Empty: walk in."),
            "on_closed_days": _("Otherwise such days are left out; you see them in the list before anything is made."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(n, date_format(date(2000, 1, n), "jS")) for n in range(1, 32)]
        days.append((LAST_DAY, str(_("Last day of the month"))))
        self.fields["day"] = forms.TypedChoiceField(
            label=self.fields["day"].label, help_text=self.fields["day"].help_text, choices=days, coerce=int
        )
        self.fields["key"].initial = self.instance.key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        today = timezone.localdate()
        for name in ("first", "until"):
            day = cleaned.get(name)
            if day and not today - EARLIEST <= day <= today + LATEST:
                self.add_error(name, _("Choose a day in the next three years."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # of the other base
        if self.instance.pk is None and self.cleaned_data.get("key"):
            self.instance.key = self.cleaned_data["key"]


class DateForm(forms.ModelForm[Session]):
    """One date: when, where and with how many places."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    begins = forms.TimeField(label=_("Begins"), widget=CLOCK)
    finishes = forms.TimeField(label=_("Ends"), widget=CLOCK)
    online_url = WebField(
        label=_("Address online"),
        help_text=_("Empty: the surgery’s."),
        max_length=1000,
        required=False,
    )
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    field_order = ("day", "begins", "finishes", "place", "online_url", "capacity", "note", "title", "summary", "seen")

    class Meta:
        model = Session
        fields: ClassVar = ["place", "online_url", "capacity", "note", "title", "summary"]
        widgets: ClassVar = {"summary": forms.Textarea(attrs={"rows": 2})}
        labels: ClassVar = {"note": _("What is different, and why")}
        help_texts: ClassVar = {
            "place": _("Empty: the surgery’s."),
            "capacity": _("How many people can come. Empty: walk in."),
            "title": _("Where this date is about something of its own. Empty: the surgery’s."),
            "summary": _("What it is about, in a sentence or two."),
            "note": _("In one line. Everybody reads it beside the date, and those who help there are told."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, begins, finishes = (cleaned.get(name) for name in ("day", "begins", "finishes"))
        if day and not timezone.localdate() <= day <= timezone.localdate() + LATEST:
            self.add_error("day", _("Choose a day from today on, in the next three years."))
        elif day and begins and finishes:
            self._clean_times(day, begins, finishes)
        return cleaned

    def _clean_times(self, day: date, begins: time, finishes: time) -> None:
        if finishes <= begins:
            self.add_error("finishes", _("It ends after it begins, on the same day. Choose a later time."))
            return
        starts, ends = span(day, begins, finishes)
        if ends <= timezone.now():
            self.add_error("finishes", _("That is over already. Choose a later time."))
        self.instance.starts, self.instance.ends = starts, ends


class CancelForm(forms.Form):
    """Why a date is cancelled."""

    why = forms.CharField(
        label=_("It is cancelled because"),
        help_text=_("In one line. Everybody reads it, and those who help there are told."),
        max_length=250,
        error_messages={"required": _("Say why, in a line. Whoever meant to come reads it.")},
    )

    def clean_why(self) -> str:
        return one_line(self.cleaned_data["why"])


def values_of(session: Session) -> dict[str, Any]:
    """What the form of a date is filled with."""
    starts, ends = timezone.localtime(session.starts), timezone.localtime(session.ends)
    return {
        "day": starts.date(),
        "begins": starts.time(),
        "finishes": ends.time(),
        "seen": seen_of(session),
    }
