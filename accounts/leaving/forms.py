"""The form of a last day."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FAR = timedelta(days=5 * 365)


class LastDayForm(forms.Form):
    """When somebody leaves; empty: they stay."""

    leaves_on = forms.DateField(
        label=_("Last day"),
        help_text=_("The account is switched off when this day is over. Empty: they stay."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, before: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.initial.setdefault("leaves_on", before)

    def clean_leaves_on(self) -> date | None:
        day: date | None = self.cleaned_data["leaves_on"]
        today = timezone.localdate()
        if day is not None and day != self.before and not today <= day <= today + FAR:
            raise forms.ValidationError(_("Choose today or a day to come, within five years."))
        return day
