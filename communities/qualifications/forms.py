"""Forms of qualifications. The last day counts."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forms import AppointForm
from communities.grants.forms import FAR_OFF, LONG_AGO, day_field, text_field
from communities.models import Qualification
from communities.qualifications.services import Evidence
from core.web_addresses import WebField


def _months_on(day: date, months: int) -> date:
    """So many months later, on the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class EvidenceForm(forms.Form):
    """What somebody shows, and when it counts."""

    evidence = forms.CharField(
        label=_("What shows it?"),
        help_text=_("A course, a certificate and its number, who held it. Whoever verifies it reads this."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    link = WebField(
        label=_("A link to it"),
        help_text=_("Where the certificate can be seen, by those who verify it."),
        max_length=500,
        required=False,
    )
    awarded_on = day_field(_("Awarded on which day?"))
    until = day_field(_("Until which day does it count?"), _("The last day."), required=False)

    def __init__(self, *args: Any, qualification: Qualification | None = None, **kwargs: Any) -> None:
        if qualification is not None and qualification.months:
            kwargs["initial"] = {"until": _months_on(timezone.localdate(), qualification.months)}
        super().__init__(*args, **kwargs)
        self.what_for = qualification

    def clean_awarded_on(self) -> date:
        day: date = self.cleaned_data["awarded_on"]
        if not LONG_AGO <= day <= timezone.localdate():
            raise forms.ValidationError(_("Choose the day on which it was awarded: today or earlier."))
        return day

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        if day is not None and not timezone.localdate() <= day <= FAR_OFF:
            raise forms.ValidationError(_("It has ended already, or the day is too far off. Choose a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("evidence", "").strip() or cleaned.get("link") or "link" in self.errors):
            self.add_error("evidence", _("Say what shows it, or give a link to it."))
        what = cleaned.get("qualification") or self.what_for
        if what is not None and what.months and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("This one ends. Choose the last day on which it counts."))
        return cleaned

    @property
    def said(self) -> Evidence:
        data = self.cleaned_data
        return Evidence(data["evidence"].strip(), data["awarded_on"], data["link"], data["until"])


class RecordForm(AppointForm, EvidenceForm):
    """The hub team writes down what it has seen."""

    qualification = forms.ModelChoiceField(
        label=_("Which qualification?"), queryset=Qualification.objects.all(), to_field_name="slug"
    )
    field_order = ("email", "qualification")


class AwardDecisionForm(forms.Form):
    """Yes, or no with a reason."""

    reason = text_field(
        _("If you do not verify it: why not?"), _("They read it, and give other evidence."), required=False
    )

    @property
    def says_no(self) -> bool:
        return self.data.get("answer") == "no"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.data.get("answer") not in {"yes", "no"}:
            self.add_error(None, _("Say whether you verify it."))
        if self.says_no and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why not, so that they know what to give instead."))
        return cleaned


class WithdrawAwardForm(forms.Form):
    reason = text_field(_("Why is it withdrawn?"), _("They read it, and the stewards of their communities do."))
