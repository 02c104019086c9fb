"""The form with which a stay is extended."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.stays.days import in_half_a_year
from people.addresses import owner_of
from people.models import User

LONGEST = 366  # days


def within_a_year(day: date) -> date:
    """The day, where it is to come and not too far off."""
    if not 0 < (day - timezone.localdate()).days <= LONGEST:
        raise forms.ValidationError(_("Choose a day between tomorrow and a year from now."))
    return day


def day_field(**kwargs: Any) -> forms.DateField:
    """When a stay is looked at again."""
    return forms.DateField(
        label=_("When is that looked at again?"),
        help_text=_("Within a year. Whoever answers for them is asked then whether they stay."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=in_half_a_year,
        **kwargs,
    )


class ExtendStayForm(forms.Form):
    """They stay; the hub team can also say who answers for them from now on."""

    review_on = day_field()
    sponsor_email = forms.EmailField(
        label=_("Who answers for them from now on?"),
        help_text=_("The address of somebody who works here. Empty: it stays as it is."),
        required=False,
    )
    sponsor: User | None = None

    def __init__(self, *args: Any, may_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name:
            del self.fields["sponsor_email"]

    def clean_review_on(self) -> date:
        return within_a_year(self.cleaned_data["review_on"])

    def clean_sponsor_email(self) -> str:
        email = str(self.cleaned_data["sponsor_email"])
        owner = owner_of(email)
        if email and (owner is None or not (owner.is_active and owner.is_insider)):
            raise forms.ValidationError(_("Nobody who works here signs in with this address."))
        self.sponsor = owner
        return email
