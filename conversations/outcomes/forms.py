"""What people fill in to say what comes of an idea."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.choices import IdeaStage
from conversations.excerpts import excerpt
from conversations.models import Post
from core.fields import WordsAnswer

EXCERPT = 160  # letters


class StageForm(forms.Form):
    """A stage, a word on it, and the posts that led to it."""

    use_required_attribute = False

    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=IdeaStage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it stands.")},
    )
    word = WordsAnswer(
        label=_("Why, in your own words"),
        help_text=_("Everybody who took part reads this, with your name."),
        max_length=1000,
        error_messages={"required": _("Say why. Everybody who took part reads this.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    said = forms.MultipleChoiceField(
        label=_("What was said that led to it"),
        help_text=_("It is quoted over your word."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["said"]).choices = [(str(post.pk), _line(post)) for post in posts]

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip()
        if not word:
            raise ValidationError(_("Say why. Everybody who took part reads this."))
        return word


def _line(post: Post) -> str:
    words = excerpt(post.html, EXCERPT)
    return f"{post.by_line}: {words}" if post.by_line else words


class ClosingDayForm(forms.Form):
    """Until when a consultation asks."""

    use_required_attribute = False

    day = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose until when you ask.")},
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later one."))
        return day
