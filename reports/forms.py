"""Forms of reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import LONGEST


class ReportPageForm(forms.Form):
    """What is wrong, and where to answer whoever is not signed in."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("And, if you know, what is right."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "You can leave it empty. Then nobody can answer you. Otherwise we first send a link there, to ask whether "
            "the address is yours: the answer comes once you have said so."
        ),
        required=False,
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["email"]
        else:
            self.fields["email"].widget.attrs["autocomplete"] = "email"


class AnswerReportForm(forms.Form):
    """What was done about it."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("What you did, or why you leave it as it is. It goes to whoever reported it, with your name."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
