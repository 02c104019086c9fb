"""The form in which a community writes about itself."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from communities.writing.fields import NAMES, as_text, put
from core.single_line import OneLineAnswers
from core.topics import from_text
from design.forms import DrawnChoice, drawn

LONGEST = 60_000  # letters
DAY = {"type": "date"}


class CommunityWordsForm(OneLineAnswers):
    """Words, pictures and mandate. ``page`` is what the form was filled from."""

    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What it is for, in one sentence."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("One or two sentences, for lists and for search: what somebody gets from this community."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=_("In its own words"),
        help_text=_(
            "An empty line begins a new paragraph. Put ## before a heading, - before each line of a list, "
            "** round **bold** words, and write [words](https://…) for a link."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    topics = forms.CharField(
        label=_("Topics"),
        help_text=_("With commas between them."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    emblem = forms.ChoiceField(
        label=_("Emblem"), required=False, widget=DrawnChoice("emblem", _("Choose another emblem"))
    )
    cover = forms.ChoiceField(
        label=_("Picture across the page"), required=False, widget=DrawnChoice("cover", _("Choose another picture"))
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=160, required=False)
    decided_on = forms.DateField(label=_("Decided on"), required=False, widget=forms.DateInput(DAY, "%Y-%m-%d"))
    reference = forms.CharField(label=_("Reference"), max_length=60, required=False)
    review_on = forms.DateField(label=_("Looked at again on"), required=False, widget=forms.DateInput(DAY, "%Y-%m-%d"))
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: CommunityPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for name, none in (("emblem", _("Whichever its address gives")), ("cover", _("None"))):
            field: Any = self.fields[name]
            field.choices = drawn(name, none)
            field.widget.seed = page.slug

    def clean_topics(self) -> str:
        text = str(self.cleaned_data["topics"])
        from_text(text)
        return text

    def clean_decided_on(self) -> date | None:
        """What is published here is read at once: nothing is decided that lies ahead."""
        day: date | None = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Choose the day of the decision: today or earlier."))
        return day

    def clean(self) -> dict[str, Any]:
        """Whatever the page itself would refuse is refused here, beside its field."""
        cleaned = super().clean()
        if cleaned.get("decided_on") and not cleaned.get("decided_by"):
            self.add_error("decided_by", _("Say who decided it on that day, such as “Cabinet”."))
        if self.errors:
            return cleaned
        try:
            put(self.page, {name: text for name, text in self.typed().items() if name != "topics"})
            self.page.full_clean()
        except ValidationError as errors:
            self._say(errors)
        return cleaned

    def _say(self, errors: ValidationError) -> None:
        if not hasattr(errors, "error_dict"):
            self.add_error("body", errors)
            return
        for name, said in errors.error_dict.items():
            self.add_error(name if name in self.fields else None, said)

    def typed(self) -> dict[str, str]:
        """What somebody typed, field by field, as text."""
        return {name: as_text(self.cleaned_data[name]) for name in NAMES}
