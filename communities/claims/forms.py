"""Forms of those who ask to be named, and of those who answer them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.claims.services import MOST_THINGS
from communities.grants.forms import text_field
from communities.models import CommunityPage, CommunityTopic
from communities.models.claims import LONGEST
from core.fields import WordsAnswer
from core.models import Topic
from search.lookup import Thing


class RequestClaimForm(forms.Form):
    """About what, of which community, and what shows it."""

    use_required_attribute = False

    topic = forms.ChoiceField(
        label=_("What do you know about?"),
        help_text=_("Topics of your communities. Those who look after that community answer."),
        error_messages={"required": _("Choose a topic.")},
    )
    things = forms.MultipleChoiceField(
        label=_("What you did"),
        help_text=_("Choose three at most. Each speaks for you to those who may read it, and to nobody else."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = WordsAnswer(
        label=_("In your words"),
        help_text=_("What you did, for whom, and for how long. Those who answer read it, and nobody else."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        to_ask: Sequence[tuple[CommunityPage, list[CommunityTopic]]],
        things: Sequence[Thing],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {_value(row): (community, row.tag) for community, rows in to_ask for row in rows}
        groups = [(community.title, [(_value(row), row.tag.name) for row in rows]) for community, rows in to_ask]
        self.fields["topic"].choices = [("", "–"), *groups]  # type: ignore[attr-defined]  # a field of choices
        self.fields["things"].choices = [(thing.key, thing.title) for thing in things]  # type: ignore[attr-defined]  # likewise
        if not things:
            del self.fields["things"]

    def clean_things(self) -> list[str]:
        things: list[str] = self.cleaned_data["things"]
        if len(things) > MOST_THINGS:
            raise forms.ValidationError(_("Choose three at most: those that show it best."))
        return things

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("things") or cleaned.get("words", "").strip() or self.errors):
            self.add_error("words", _("Choose something that you did, or say in words what shows it."))
        return cleaned

    @property
    def about(self) -> tuple[CommunityPage, Topic]:
        """The community that is asked, and the topic."""
        return self.asked[self.cleaned_data["topic"]]


def _value(row: CommunityTopic) -> str:
    return f"{row.content_object_id}-{row.tag_id}"


class AnswerClaimForm(forms.Form):
    """Yes or no, and why. They read the reason."""

    use_required_attribute = False
    reason = text_field(
        _("Why?"), _("They read it: what it shows, or what would."), error_messages={"required": _("Say why.")}
    )

    @property
    def is_yes(self) -> bool:
        return self.data.get("answer") == "yes"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.data.get("answer") not in {"yes", "no"}:
            self.add_error(None, _("Say whether you name them."))
        return cleaned


class WithdrawClaimForm(forms.Form):
    """Why it is withdrawn; whoever is named themselves need not say."""

    use_required_attribute = False
    reason = text_field(_("Why is it withdrawn?"), _("They read it."), error_messages={"required": _("Say why.")})

    def __init__(self, *args: Any, is_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mine:
            del self.fields["reason"]
