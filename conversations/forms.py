"""What people fill in to talk."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from conversations.choices import Kind
from conversations.delegates.forms import BehalfForm, kept_behalf
from conversations.mentions.candidates import begun_in
from conversations.topics.fields import TopicsForm
from core.audiences import Viewer, may_see
from core.fields import LineAnswer, WordsAnswer
from core.writing.drafts import audiences_within

LONGEST = 40_000  # letters of one post
WRITE_SOMETHING = {
    "required": _("Write something first."),
    "max_length": _(
        "This has %(show_value)d letters, and a post takes %(limit_value)d. Shorten it, or attach the rest as a file."
    ),
}
HOW = _(
    "An empty line begins a new paragraph. Put - before each line of a list, two stars round bold words. "
    "@ and a name tells somebody."
)


class SentOnceForm(forms.Form):
    """Something that is said once: its key goes with the form, so that pressing twice sends it once."""

    use_required_attribute = False

    text = WordsAnswer(
        label=_("Your words"),
        help_text=HOW,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE_SOMETHING,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    began = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    """The mark of the draft with which it was opened: ``conversations.services.drafts``."""

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A key of its own for each form that is opened."""
        if field_name == "key" and "key" not in self.initial:
            self.initial["key"] = uuid.uuid4()
        return super().get_initial_for_field(field, field_name)


class ReplyForm(BehalfForm, SentOnceForm):
    """An answer. ``seen`` is the last post that stood on the page, ``to`` the one that is answered."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    to = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)


class BeginForm(BehalfForm, TopicsForm, SentOnceForm):
    """A new conversation."""

    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it is.")}
    )
    title = LineAnswer(
        label=_("Title"),
        help_text=_("In a line, so that others find it."),
        max_length=200,
        error_messages={"required": _("Say in a line what it is about.")},
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may read it.")},
    )
    closing_day = forms.DateField(
        label=_("Last day for answers"),
        help_text=_("Of a consultation: then you say what comes of it. Without a day it asks for three weeks."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("kind", "behalf", "title", "text", "topics", "audience", "closing_day")

    def __init__(self, *args: Any, community: CommunityPage, begins: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = begins
        begins = [kind for kind in Kind if kind in {*begins, *(each for one in self.for_whom for each in one.begins)}]
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(each.value, each.label) for each in begins]
        self.community, self.audiences = community, audiences_within(community.audience)
        cast("forms.ChoiceField", self.fields["audience"]).choices = self.audiences
        self.suggest(community)
        if Kind.CONSULTATION not in begins:
            del self.fields["closing_day"]

    def offer(self, viewer: Viewer) -> None:
        """And only such readers as ``viewer`` would be among."""
        super().offer(viewer)
        field = cast("forms.ChoiceField", self.fields["audience"])
        field.choices = [one for one in self.audiences if may_see(viewer, begun_in(self.community, one[0]))]

    def clean_closing_day(self) -> date | None:
        day: date | None = self.cleaned_data["closing_day"]
        if day and day < timezone.localdate() and self.cleaned_data.get("kind") == Kind.CONSULTATION:
            raise ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "behalf" not in self.errors:
            self.fits_kind(str(cleaned.get("kind", "")), self.own)
        return cleaned

    def typed(self) -> dict[str, str]:
        typed = {name: str(self.data.get(name, "")) for name in self.field_order if name in self.fields}
        return {**typed, "behalf": kept_behalf(self.data)}


class EditForm(forms.Form):
    """Other words for one's own."""

    use_required_attribute = False

    text = WordsAnswer(
        label=_("Your words"),
        help_text=HOW,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE_SOMETHING,
    )


class CloseForm(forms.Form):
    """How it ended, for everybody who reads it."""

    use_required_attribute = False

    word = LineAnswer(
        label=_("How it ended"),
        help_text=_("Everybody who may read the conversation reads this."),
        max_length=300,
        error_messages={"required": _("Say how it ended. It stands over the conversation.")},
    )


class RemovePostForm(forms.Form):
    """Why somebody else's words are taken away; one's own need no reason."""

    use_required_attribute = False

    reason = LineAnswer(label=_("Reason"), help_text=_("Its author reads it."), max_length=300, required=False)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_own = is_own
        if is_own:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"]).strip()
        if not reason and not self.is_own:
            raise ValidationError(_("Say why. Whoever wrote it reads this."))
        return reason
