"""Which day, and whose job description."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from communities.job_description.days import ReferenceDay, day_of, today
from people.absence.forms import DayInput as DayWidget, people_called
from people.models import User


class DayForm(forms.Form):
    """A day that is over, or today. What is no day is kept in the field, and says so."""

    use_required_attribute = False
    on = forms.CharField(label=gettext_lazy("On another day"), widget=DayWidget)
    day: ReferenceDay

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = today()
        self.initial.setdefault("on", f"{self.day.day:%Y-%m-%d}")

    @classmethod
    def asked(cls, text: str) -> "DayForm":
        """The form as an address fills it in."""
        form = cls({"on": text} if text else None, auto_id="%s")
        form.is_valid()
        return form

    def clean_on(self) -> str:
        self.day, fault = day_of(self.cleaned_data["on"].strip())
        if fault:
            raise forms.ValidationError(fault)
        return str(self.cleaned_data["on"])


class ExportForm(DayForm):
    """For the hub team: everybody's, or one person's."""

    person = forms.CharField(
        label=gettext_lazy("Whose"),
        help_text=gettext_lazy("Their name or e-mail address. Empty: everybody’s."),
        max_length=200,
        required=False,
    )
    field_order = ("person", "on")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.chosen: User | None = None
        self.fields["on"].label = _("As it was on")

    def clean_person(self) -> str:
        typed = str(self.cleaned_data["person"]).strip()
        found = people_called(typed, self.viewer) if typed else []
        if typed and not found:
            raise forms.ValidationError(_("Nobody whom you can see is called so. Try their e-mail address."))
        if len(found) > 1:
            people = ", ".join(f"{one} ({one.email or one.job_title})" for one in found)
            raise forms.ValidationError(_("Several people are called so. Write an e-mail address: %s.") % people)
        self.chosen = found[0] if found else None
        return typed
