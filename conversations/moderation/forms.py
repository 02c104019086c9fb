"""What people fill in about a post that should not stand there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conversations.choices import ReportReason
from conversations.models.moderation import WORD
from core.fields import LineAnswer, WordsAnswer

LONGEST = 2000
SAY_WHY = _("Say why. Whoever wrote the post reads this.")


class ReportPostForm(forms.Form):
    """What is wrong."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    word = LineAnswer(
        label=_("In your words"),
        help_text=_("If it needs saying. Whoever wrote the post never reads this, nor your name."),
        max_length=WORD,
        required=False,
    )


class AppealForm(forms.Form):
    """Why a removal was wrong."""

    use_required_attribute = False

    words = WordsAnswer(
        label=_("Why it should stand there"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why. Somebody else reads it and answers.")},
    )


class ModerationDecisionForm(forms.Form):
    """A word that goes with a decision: whoever wrote the post reads it where the post is hidden or removed."""

    use_required_attribute = False
    NEEDS_WORD = ("hide", "remove", "uphold", "put_back")
    WITHOUT_WORD = ("take", "hand_back")

    word = LineAnswer(
        label=_("Reason"),
        help_text=_("Whoever wrote the post reads it. For leaving it as it is, you need none."),
        max_length=WORD,
        required=False,
    )

    def __init__(self, *args: Any, deed: str = "", is_appealed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deed = deed
        if is_appealed and deed not in self.WITHOUT_WORD:
            self.fields["word"].required = True
            self.fields["word"].error_messages["required"] = SAY_WHY
            self.fields["word"].help_text = _("Whoever wrote the post reads it.")

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip()
        if not word and self.deed in self.NEEDS_WORD:
            raise ValidationError(SAY_WHY)
        return word
