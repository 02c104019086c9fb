"""The form in which somebody tells a story: the template of the house."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.content_writing.photographs import PhotographForm
from communities.models import CommunityPage
from core.audiences import Audience
from core.topics import from_text
from core.writing.drafts import audiences_within
from stories.models import PARTS, StoryPage
from stories.writing.fields import NAMES, NEEDED, YES

LONGEST = 40_000  # letters of one part


def _part(name: str) -> forms.CharField:
    field: Any = StoryPage._meta.get_field(name)
    label = str(field.verbose_name)
    words = forms.Textarea(attrs={"rows": 4})
    title = label[:1].upper() + label[1:]
    return forms.CharField(label=title, help_text=field.help_text, max_length=LONGEST, required=False, widget=words)


class StoryForm(PhotographForm):
    """All of it may be left open in a draft. What readers need is marked so, and asked for before others read it."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), help_text=_("What happened, in a line."), max_length=200, required=False)
    summary = forms.CharField(
        label=_("In a sentence or two"),
        help_text=_("Lists and search show it."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    quote = forms.CharField(
        label=_("Somebody’s words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    quoted = forms.CharField(label=_("Whose words"), help_text=_("Ask them first."), max_length=160, required=False)
    goes = forms.BooleanField(label=_("Take the photograph out"), required=False)
    topics = forms.CharField(
        label=_("Topics"),
        help_text=_("With commas between them."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect)
    speaks = forms.BooleanField(
        label=_("Said for the community"),
        help_text=_("Readers see it so. Without it, it is your own word."),
        required=False,
    )
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        community: CommunityPage,
        story: StoryPage | None = None,
        may_speak: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.story, self.community = story, community
        self.fields |= {name: _part(name) for name in PARTS}
        cast("forms.ChoiceField", self.fields["audience"]).choices = audiences_within(community.audience)
        if story is None or story.picture_id is None:
            del self.fields["goes"]
        if not may_speak:
            del self.fields["speaks"]
        if not self.is_bound:
            self.mark_what_is_needed()

    def mark_what_is_needed(self) -> None:
        for name in NEEDED:
            if name in self.fields:
                self.fields[name].required = True

    def clean_topics(self) -> str:
        text = str(self.cleaned_data["topics"])
        from_text(text)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.mark_what_is_needed()
        return cleaned

    def keeps_photograph(self) -> bool:
        return self.story is not None and self.story.picture_id is not None and not self.cleaned_data.get("goes")

    def typed(self) -> dict[str, str]:
        """What somebody typed, field by field, as text."""
        plain = {name: str(self.cleaned_data.get(name, "")) for name in NAMES}
        return {**plain, "speaks": YES if self.cleaned_data.get("speaks") else ""}
