"""What people fill in to set up a poll, and to vote."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.choices import Method, Voters
from conversations.models import Option, Poll
from core.fields import LineAnswer

MOST, FEWEST = 8, 2
SECRET, OPEN = "secret", "open"
SECRECY = (
    (SECRET, _("Secret: nobody learns who chose what, and the result is shown once it is closed")),
    (OPEN, _("Open: everybody sees who chose what")),
)


class PollForm(forms.Form):
    """A new poll. Options that are left empty are dropped."""

    use_required_attribute = False

    question = LineAnswer(
        label=_("Question"), max_length=200, error_messages={"required": _("Say what people choose between.")}
    )
    method = forms.ChoiceField(
        label=_("How people vote"),
        choices=Method.choices,
        widget=forms.RadioSelect,
        initial=Method.SINGLE,
        error_messages={"required": _("Choose how people vote.")},
    )
    secrecy = forms.ChoiceField(
        label=_("Who sees it"),
        choices=SECRECY,
        widget=forms.RadioSelect,
        initial=SECRET,
        error_messages={"required": _("Choose who sees what people chose.")},
    )
    voters = forms.ChoiceField(
        label=_("Who votes"),
        choices=Voters.choices,
        widget=forms.RadioSelect,
        initial=Voters.MEMBERS,
        error_messages={"required": _("Choose who votes.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Without one, it is open until you close it."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST + 1):
            label = _("Option %(number)d") % {"number": number}
            self.fields[f"option_{number}"] = LineAnswer(
                label=label,
                max_length=120,
                required=number <= FEWEST,
                error_messages={"required": _("A poll needs two options at least.")},
            )
        options = [f"option_{number}" for number in range(1, MOST + 1)]
        self.order_fields(["question", *options, "method", "secrecy", "voters", "last_day"])

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        seen: set[str] = set()
        for number in range(1, MOST + 1):
            text = str(said.get(f"option_{number}") or "").strip().casefold()
            if text and text in seen:
                self.add_error(f"option_{number}", _("This option is there already."))
            seen.add(text)
        return said

    @property
    def options(self) -> list[str]:
        """Those that were filled in."""
        return [text for number in range(1, MOST + 1) if (text := self.cleaned_data.get(f"option_{number}"))]


class VoteForm(forms.Form):
    """A vote, by the method of its poll."""

    use_required_attribute = False

    def __init__(self, *args: Any, poll: Poll, options: list[Option], chosen: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.options = poll, options
        if poll.method == Method.RANKED:
            self._rank(chosen)
            return
        choices = [(str(option.pk), option.text) for option in options]
        start = [str(key) for key in chosen]
        error = {"required": _("Choose at least one."), "invalid_choice": _("Choose among these.")}
        if poll.method == Method.SINGLE:
            self.fields["choice"] = forms.ChoiceField(
                label=_("Choose one"),
                choices=choices,
                widget=forms.RadioSelect,
                initial=start[0] if start else None,
                error_messages=error,
            )
        else:
            self.fields["choice"] = forms.MultipleChoiceField(
                label=_("Choose as many as you like"),
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                initial=start,
                error_messages=error,
            )

    def _rank(self, chosen: list[int]) -> None:
        places = [("", _("not placed")), *((str(n), f"{n}") for n in range(1, len(self.options) + 1))]
        for option in self.options:
            start = chosen.index(option.pk) + 1 if option.pk in chosen else ""
            self.fields[f"place_{option.pk}"] = forms.ChoiceField(
                label=option.text, choices=places, required=False, initial=str(start), widget=forms.Select
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.poll.method == Method.RANKED:
            places = sorted(int(place) for place in said.values() if place)
            if not places:
                raise ValidationError(_("Give at least one of them a place."))
            if len(set(places)) < len(places):
                raise ValidationError(_("Give each place to one of them only."))
        return said

    @property
    def choices(self) -> list[int]:
        """Keys of what was chosen, the preferred one first."""
        if self.poll.method == Method.RANKED:
            placed = [
                (int(place), int(name.removeprefix("place_"))) for name, place in self.cleaned_data.items() if place
            ]
            return [key for _place, key in sorted(placed)]
        choice = self.cleaned_data["choice"]
        return [int(key) for key in (choice if isinstance(choice, list) else [choice])]
