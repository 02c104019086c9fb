"""Asking to be erased, and erasing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import one_line
from people.models import User


class ErasureRequestForm(forms.Form):
    """What somebody says to it."""

    word = forms.CharField(
        label=_("A word to the hub team"),
        help_text=_("For example: only after the summer."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EraseForm(forms.Form):
    """The name, typed once more: what it does cannot be undone."""

    name = forms.CharField(
        label=_("Type their whole name"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["name"].help_text = _("To make sure that it is the right person: %(name)s") % {"name": person.name}

    def clean_name(self) -> str:
        typed = one_line(str(self.cleaned_data["name"]))
        if typed.casefold() != self.person.name.casefold():
            raise forms.ValidationError(_("This is not their name as it stands above."))
        return typed
