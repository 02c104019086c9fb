"""The form of an absence."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from core.audiences import may_see
from people.away import Absence, today
from people.fields import one_address
from people.models import User

NAMED = 5  # of those who are called alike
FAR = timedelta(days=5 * 365)


class DayInput(forms.DateInput):
    """A day, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AbsenceForm(forms.ModelForm):
    """From when until when, who stands in, and a word about it."""

    instead = forms.CharField(
        label=_("Who stands in"),
        help_text=_("Their name or e-mail address. Somebody who can see your page."),
        max_length=200,
        required=False,
    )

    class Meta:
        model = Absence
        fields = ("first", "last", "word")
        widgets: ClassVar = {"first": DayInput, "last": DayInput}
        help_texts: ClassVar = {
            "last": _("You are there again on the day after. Empty: we ask you now and then whether you are back."),
            "word": _("Only for those who may see how to reach you. For example: back part-time from May."),
        }

    field_order = ("first", "last", "instead", "word")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.stand_in_id:
            self.initial.setdefault("instead", shown_name(self.instance.stand_in))

    def clean_instead(self) -> str:
        """The one person who is meant; ``stand_in`` of the absence is set then."""
        typed = str(self.cleaned_data["instead"]).strip()
        kept = self.instance.stand_in
        if not (kept and typed == shown_name(kept)):
            self.instance.stand_in = self._meant(typed) if typed else None
        return typed

    def _meant(self, typed: str) -> User:
        me = self.instance.person
        found = people_called(typed, me)
        if not found:
            raise forms.ValidationError(_("Nobody whom you can see is called so. Try their e-mail address."))
        if len(found) > 1:
            raise forms.ValidationError(
                gettext("Several people are called so. Write the e-mail address of the one you mean: %(people)s.")
                % {"people": ", ".join(f"{one} ({one.email or one.job_title})" for one in found)}
            )
        if found[0].pk == me.pk:
            raise forms.ValidationError(_("Somebody else has to stand in while you are away."))
        if not may_see(found[0], me):
            raise forms.ValidationError(
                gettext("%(person)s cannot see your page, and could not stand in.") % {"person": found[0]}
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("It ends before it begins. Choose a later day."))
        elif last and last < today():
            self.add_error("last", _("These days are over. Nobody needs to know of them any more."))
        if (latest := max(filter(None, (first, last)), default=None)) and latest > today() + FAR:
            self.add_error("first" if latest == first else "last", _("This is more than five years ahead."))
        return cleaned


def shown_name(person: User) -> str:
    """What stands in the field for somebody: what finds them, and nobody else."""
    return person.email or person.name


def people_called(typed: str, viewer: User) -> list[User]:
    """Those whom ``viewer`` may see and who have this address or this name; else those whose name holds the words."""
    shown = User.objects.shown_to(viewer).by_name()
    exact = shown.filter(Q(email=one_address(typed)) | Q(name__iexact=typed))
    return list(exact[:NAMED]) or list(shown.named(typed)[:NAMED])
