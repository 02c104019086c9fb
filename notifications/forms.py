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
            usual = _("As usual: %(timing)s") % {"timing": Timing(USUALLY[importance]).label.lower()}
            field = self.fields[importance]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (for the type)
            field.choices = [("", usual), *Timing.choices]
