"""The form of a surgery: what it is, for whom and where. When it is held is asked afterwards."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from core.topics import from_text
from core.writing.drafts import audiences_within
from surgeries.choices import ForWhom
from surgeries.writing.fields import NAMES, NEEDED

LONGEST = 40_000  # letters


class SurgeryForm(forms.Form):
    """All of it may be left open in a draft. What readers need is marked so, and asked for before it is published."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    summary = forms.CharField(
        label=_("In a sentence or two"),
        help_text=_("What somebody can come with. Lists and search show it."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    description = forms.CharField(
        label=_("What happens there"),
        help_text=_("An empty line begins a new paragraph. Put - before each line of a list, ** round **bold** words."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    for_whom = forms.ChoiceField(label=_("For whom"), choices=ForWhom.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=250, required=False)
    online_url = forms.URLField(label=_("Address online"), max_length=1000, required=False, assume_scheme="https")
    what_to_bring = forms.CharField(label=_("What to bring"), max_length=250, required=False)
    topics = forms.CharField(
        label=_("Topics"),
        help_text=_("With commas between them."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    audience = forms.ChoiceField(label=_("Who may see it"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: CommunityPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["audience"]).choices = audiences_within(community.audience)
        if not self.is_bound:
            self.mark_what_is_needed()

    def mark_what_is_needed(self) -> None:
        for name in NEEDED:
            self.fields[name].required = True

    def clean_topics(self) -> str:
        text = str(self.cleaned_data["topics"])
        from_text(text)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.mark_what_is_needed()
        return cleaned

    def typed(self) -> dict[str, str]:
        """What somebody typed, field by field, as text."""
        return {name: str(self.cleaned_data[name]) for name in NAMES if name in self.cleaned_data}
