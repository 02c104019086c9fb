"""What people fill in to name a delegate, and to say in whose name they write."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from conversations.choices import Kind
from conversations.delegates.rights import Principal
from conversations.delegates.services import may_take_part
from conversations.models.delegates import LONGEST
from people.absence.forms import DayInput, people_called
from people.models import User

SUGGESTED = timedelta(days=182)


# -- naming somebody ---------------------------------------------------------------------------------------------------
class NameForm(forms.Form):
    """Who, from when until when, and whether announcements, too."""

    use_required_attribute = False

    who = forms.CharField(
        label=_("Who writes for you"),
        help_text=_("The name or e-mail address of somebody who works here."),
        max_length=200,
        error_messages={"required": _("Say who.")},
    )
    since = forms.DateField(
        label=_("From"), widget=DayInput, error_messages={"required": _("Choose from when they write for you.")}
    )
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Within a year. Both of you are reminded two weeks before, and told when it is over."),
        widget=DayInput,
        error_messages={"required": _("Choose the last day on which they write for you.")},
    )
    announces = forms.BooleanField(label=_("They may also announce, where you speak for a community"), required=False)

    def __init__(self, *args: Any, principal: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.principal = principal
        today = timezone.localdate()
        self.initial = {"since": today, "until": today + SUGGESTED, **self.initial}

    def clean_who(self) -> User:
        """The one person who is meant."""
        typed = str(self.cleaned_data["who"]).strip()
        found = people_called(typed, self.principal)
        if not found:
            raise ValidationError(_("Nobody whom you can see is called so. Try their e-mail address."))
        if len(found) > 1:
            raise ValidationError(
                gettext("Several people are called so. Write the e-mail address of the one you mean: %(people)s.")
                % {"people": ", ".join(f"{one} ({one.email or one.job_title})" for one in found)}
            )
        if found[0].pk == self.principal.pk:
            raise ValidationError(_("Nobody is their own delegate. Name somebody else."))
        if not may_take_part(found[0]):
            raise ValidationError(_("Only people who work here write for each other. Name somebody who does."))
        return found[0]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not timezone.localdate() <= until <= timezone.localdate() + LONGEST:
            raise ValidationError(_("Choose a last day within a year from today."))
        return until

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It ends before it begins. Choose a later day."))
        return cleaned


# -- writing -----------------------------------------------------------------------------------------------------------
MYSELF = "me"


class BehalfField(forms.ChoiceField):
    """In whose name one writes: the key of that person, or nothing for oneself.

    A choice that does not hold any more is an error. What was meant to be said for another never goes out as one's own
    words without a word.
    """

    default_error_messages = {  # as Django has it
        "invalid_choice": _("You cannot write here in that name now. Choose in whose name you write.")
    }

    def __init__(self, **kwargs: Any) -> None:
        choices = [(MYSELF, _("Myself"))]
        label = _("In whose name you write")
        super().__init__(label=label, choices=choices, required=False, widget=forms.RadioSelect, **kwargs)

    def offer(self, people: Sequence[Principal]) -> None:
        named = [(str(one.principal.pk), gettext("For %(name)s") % {"name": one.principal}) for one in people]
        self.choices = [(MYSELF, gettext("Myself")), *named]

    def clean(self, value: object) -> int | None:
        chosen = super().clean(value)
        return None if chosen in {"", MYSELF} else int(chosen)


def kept_behalf(data: Mapping[str, Any]) -> str:
    """In whose name somebody was writing, as a draft keeps it: a key, or nothing for oneself."""
    chosen = str(data.get("behalf", ""))
    return chosen if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else ""


class BehalfForm(forms.Form):
    """A form in which one may write for another. ``for_whom`` are those for whom one may write there."""

    behalf = BehalfField()

    def __init__(self, *args: Any, for_whom: Sequence[Principal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_names(for_whom)
        self.initial["behalf"] = self.initial.get("behalf") or MYSELF

    @property
    def _field(self) -> BehalfField:
        return cast("BehalfField", self.fields["behalf"])

    def offer_names(self, people: Sequence[Principal]) -> None:
        """Let one choose among these, too."""
        self.for_whom = people
        self._field.offer(people)

    @property
    def asks_behalf(self) -> bool:
        """Whether there is anything to choose, or to choose anew."""
        return bool(self.for_whom) or str(self["behalf"].value() or MYSELF) != MYSELF

    @property
    def is_lost(self) -> bool:
        """Whether what was typed before was for somebody for whom one cannot write here now: nothing is chosen."""
        chosen = str(self["behalf"].value() or MYSELF)
        return not self.is_bound and chosen not in {MYSELF, *(str(one.principal.pk) for one in self.for_whom)}

    def fits_kind(self, kind: str, own: Sequence[Kind]) -> None:
        """Whether one begins something of this kind in the name that was chosen; ``own`` is what one begins oneself."""
        chosen = self.cleaned_data.get("behalf")
        theirs = next((one.begins for one in self.for_whom if one.principal.pk == chosen), own)
        if kind and kind not in theirs:
            self.add_error(
                "behalf", _("In this name you cannot begin that here. Choose another name, or another kind.")
            )
