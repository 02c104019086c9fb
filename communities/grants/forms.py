"""Forms of grants. Days are as people say them: the last day counts, and the grant ends with it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.grants.services import GrantDecision, GrantTerms
from communities.models import Role
from core.days import midnight
from core.text import one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LONG_AGO, FAR_OFF = date(1900, 1, 1), date(2200, 1, 1)


def end_of(last: date | None) -> datetime | None:
    """The first moment after the last day."""
    return midnight(last + timedelta(days=1)) if last else None


def day_field(label: "_StrOrPromise", help_text: "_StrOrPromise" = "", **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, **kwargs)


def text_field(label: "_StrOrPromise", help_text: "_StrOrPromise", **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=400, widget=widget, **kwargs)


class WhatForm(forms.Form):
    """Which capability, and of an asset its name."""

    capability = forms.ChoiceField(label=_("What may the community do?"), choices=Capability.choices)
    role = forms.ModelChoiceField(
        label=_("Who in it?"),
        queryset=Role.objects.all(),
        to_field_name="slug",
        empty_label=_("Every member"),
        required=False,
    )
    asset = forms.CharField(
        label=_("Which asset?"),
        help_text=_("Only where it is about an asset: the van, the hall, the till."),
        max_length=120,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """An asset has a name, and nothing else has one."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_asset = cleaned.get("capability") == Capability.USE_ASSET
        cleaned["asset"] = one_line(cleaned.get("asset", "")) if is_asset else ""
        if is_asset and not cleaned["asset"]:
            self.add_error("asset", _("Name the asset."))
        return cleaned

    @property
    def what(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("capability", "asset", "role")}


class RequestGrantForm(WhatForm):
    """What a steward asks for."""

    purpose = text_field(_("What for?"), _("The hub team reads it, and it stands in the register."))


class GrantDecisionForm(forms.Form):
    """Who in the organisation decided. ``done`` is what the hub writes down with it."""

    authority = forms.CharField(
        label=_("Who decided it?"), help_text=_("The body or person, such as “Cabinet”."), max_length=160
    )
    decided_on = day_field(_("On which day?"))
    reference = forms.CharField(
        label=_("Under which reference?"), help_text=_("Such as “minute 47”."), max_length=80, required=False
    )

    def clean_authority(self) -> str:
        authority = one_line(self.cleaned_data["authority"])
        if not authority:
            raise forms.ValidationError(_("Write who decided it."))
        return authority

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if not LONG_AGO <= day <= timezone.localdate():
            raise forms.ValidationError(_("Choose the day of the decision: today or earlier."))
        return day

    @property
    def decision(self) -> GrantDecision:
        data = self.cleaned_data
        return GrantDecision(data["authority"], data["decided_on"], one_line(data["reference"]))


class GrantForm(GrantDecisionForm):
    """What was granted, from when until when."""

    first = day_field(_("From which day?"))
    last = day_field(
        _("Until which day?"), _("The last day on which it counts. Empty: until it is withdrawn."), required=False
    )
    conditions = text_field(_("Under which conditions?"), _("In plain words; members read it."), required=False)

    def clean(self) -> dict[str, Any]:
        """The days are in order, and near enough for a calendar."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and not LONG_AGO <= first <= FAR_OFF:
            self.add_error("first", _("Choose a day of this time."))
        if last and not LONG_AGO <= last <= FAR_OFF:
            self.add_error("last", _("Choose a day of this time."))
        elif first and last and last < first:
            self.add_error("last", _("It ends before it begins. Choose a later day."))
        return cleaned

    @property
    def terms(self) -> GrantTerms:
        data = self.cleaned_data
        return GrantTerms(midnight(data["first"]), end_of(data["last"]), data["conditions"])


class GiveForm(WhatForm, GrantForm):
    """A decision that nobody asked for on the hub."""

    field_order = ("capability", "role", "asset")


class RefuseForm(GrantDecisionForm):
    reason = text_field(_("Why not?"), _("It stands in the register, and those who asked read it."))


class WithdrawGrantForm(GrantDecisionForm):
    reason = text_field(_("Why is it withdrawn?"), _("It stands in the register, and the stewards read it."))


class ExtendGrantForm(GrantDecisionForm):
    last = day_field(
        _("Until which day from now on?"), _("The last day. Empty: until it is withdrawn."), required=False
    )

    def clean_last(self) -> date | None:
        last: date | None = self.cleaned_data["last"]
        if last and not timezone.localdate() <= last <= FAR_OFF:
            raise forms.ValidationError(_("Choose today or a later day."))
        return last

    @property
    def until(self) -> datetime | None:
        return end_of(self.cleaned_data["last"])
