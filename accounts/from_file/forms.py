"""The form that takes a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.from_file.reading import MOST_BYTES, NotATable, read
from people.choices import PersonKind

MOST_LINES = 1000  # more would keep others of the database waiting too long


class FileForm(forms.Form):
    """A table of people."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV file with a line for each person. In Excel: Save as, CSV UTF-8."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        allow_empty_file=True,
    )
    kind = forms.ChoiceField(
        label=_("Where do those belong of whom the file does not say it?"),
        choices=[("", _("The file says it of everybody")), *PersonKind.choices],
        required=False,
    )
    invites = forms.BooleanField(
        label=_("Invite new people at once"),
        help_text=_(
            "Each gets a link by e-mail. Without it they have an account, and no way in until you invite them."
        ),
        required=False,
    )

    def clean_file(self) -> Any:
        """The file's bytes, once they can be read as a table."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 megabytes."))
        content = file.read()
        try:
            read(content, MOST_LINES)
        except NotATable as error:
            raise forms.ValidationError(str(error)) from error
        self.cleaned_data["name"] = file.name[:200]
        return content
