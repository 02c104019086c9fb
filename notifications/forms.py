"""What one chooses about e-mails."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.notices import USUALLY, Importance, Timing
from notifications.models import Preferences


class PreferencesForm(forms.ModelForm):
    """How word reaches one by e-mail."""

    class Meta:
        model = Preferences
        fields = (*Importance.values, "digest_on", "digest_at", "quiet_from", "quiet_until", "rests_on_closed_days")
        help_texts: ClassVar = {
            "addressed": _("Somebody asks you something, or decided something about you."),
            "matters": _("New stories, guidance and dates of your communities."),
            "rest": _("Of communities of which you want to hear everything."),
            "digest_at": _("In the time of the hub."),
            "quiet_from": _("In these hours nothing goes out but notices of security."),
        }
        widgets: ClassVar = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("digest_at", "quiet_from", "quiet_until")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for importance in Importance:
            chosen = getattr(self.instance, importance) or USUALLY[importance]
            self.fields[importance] = forms.ChoiceField(
                label=importance.label,
                help_text=self.fields[importance].help_text,
                choices=Timing.choices,
                initial=chosen,
            )
            self.initial[importance] = chosen

    def clean(self) -> dict[str, Any]:
        """What is usual is left open: a kind of notice may know better."""
        cleaned = super().clean() or self.cleaned_data
        for importance in Importance:
            if cleaned.get(importance) == USUALLY[importance]:
                cleaned[importance] = ""
        return cleaned
