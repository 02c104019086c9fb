"""What the forms of pages that communities look after have in common."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage, ContentPage
from core.single_line import OneLineAnswers
from core.topics import from_text
from core.writing.drafts import Bring, audiences_within, nothing_else
from people.models import User

LONGEST = 40_000  # letters of one text


class ContentForm(OneLineAnswers):
    """All of it may be left open in a draft. What readers need is marked so, and asked for before others read it."""

    use_required_attribute = False
    needed: ClassVar[Sequence[str]] = ("title", "summary")
    names: ClassVar[Sequence[str]] = ()
    """The fields that the page has."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    summary = forms.CharField(
        label=_("In a sentence or two"),
        help_text=_("Lists and search show it."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    topics = forms.CharField(
        label=_("Topics"),
        help_text=_("With commas between them."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    audience = forms.ChoiceField(label=_("Who may read it"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: CommunityPage, draft: ContentPage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.draft = community, draft
        cast("forms.ChoiceField", self.fields["audience"]).choices = audiences_within(community.audience)
        if not self.is_bound:
            self.mark_what_is_needed()

    def mark_what_is_needed(self) -> None:
        for name in self.needed:
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

    def typed(self) -> dict[str, str]:
        """What somebody typed, field by field, as text."""
        return {name: as_text(self.cleaned_data[name]) for name in self.names if name in self.cleaned_data}

    def bring(self, _by: User) -> Bring:
        """What somebody brings beside what they type."""
        return nothing_else

    def again(self, _by: User) -> dict[str, str]:
        """What the form that asks again holds of what somebody brought, so that it is not lost."""
        return {}

    def in_words(self, name: str, text: str) -> str:
        """What stands in a field of a page, as somebody reads it beside their own."""
        choices = getattr(self.fields[name], "choices", ())
        return next((str(label) for value, label in choices if str(value) == text), text)


def as_text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
