"""Forms of reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import LONGEST


class ReportForm(forms.Form):
    """What is wrong, and where to answer."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("And, if you know, what is right."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You can leave it empty. Then nobody can answer you."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class AnswerForm(forms.Form):
    """What was done about it."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("What you did, or why you leave it as it is. It goes to whoever reported it, with your name."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
