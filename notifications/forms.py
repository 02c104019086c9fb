"""What one chooses about e-mails."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.notices import USUALLY, Importance, Timing
from notifications.models import Preferences

CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zones() -> list[tuple[str, Any]]:
    """The hub's, and all places whose clock one may live by."""
    known = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in CONTINENTS)
    of_the_hub = _("That of the hub: %(zone)s") % {"zone": settings.TIME_ZONE}
    return [("", of_the_hub), *((zone, zone.replace("_", " ")) for zone in known)]


def languages() -> list[tuple[str, Any]]:
    """The hub's, and all that it is offered in."""
    names = dict(settings.LANGUAGES)
    of_the_hub = _("That of the hub: %(language)s") % {
        "language": names.get(settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)
    }
    return [("", of_the_hub), *((code, name) for code, name in names.items() if code != settings.LANGUAGE_CODE)]


class PreferencesForm(forms.ModelForm):
    """How word reaches one by e-mail."""

    language = forms.ChoiceField(
        label=_("Language of e-mails"),
        choices=languages,
        required=False,
        help_text=_("Pages of the hub stay in the hub’s own language."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, required=False)

    class Meta:
        model = Preferences
        fields = (
            *Importance.values,
            "digest_on",
            "digest_at",
            "quiet_from",
            "quiet_until",
            "rests_on_closed_days",
            "language",
            "time_zone",
        )
        help_texts: ClassVar = {
            "addressed": _("Somebody asks you something, or decided something about you."),
            "wanted": _("What is new in your saved searches."),
            "matters": _("New stories, guidance and dates of your communities."),
            "rest": _("Of communities of which you want to hear everything."),
            "digest_at": _("By the clock where you are, and outside your quiet hours."),
            "quiet_from": _("In these hours nothing goes out but notices of security."),
        }
        widgets: ClassVar = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("digest_at", "quiet_from", "quiet_until")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(languages()) == 1:
            del self.fields["language"]
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
        self._keep_digests_out_of_quiet_hours(cleaned)
        return cleaned

    def _keep_digests_out_of_quiet_hours(self, cleaned: dict[str, Any]) -> None:
        """Who chooses an hour at which nothing goes out would wait in vain."""
        digest_at, begin, end = (cleaned.get(name) for name in ("digest_at", "quiet_from", "quiet_until"))
        if digest_at is None or begin is None or end is None:
            return
        if not Preferences(quiet_from=begin, quiet_until=end).is_quiet_at(digest_at):
            return
        hours = {"quiet_from": begin.strftime("%H:%M"), "quiet_until": end.strftime("%H:%M")}
        said = _("Your quiet hours are from %(quiet_from)s to %(quiet_until)s. Choose a time outside of them.")
        self.add_error("digest_at", said % hours)
