"""The forms in which a writer says who is named, and the named person answers."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audiences import Viewer
from core.fields import validate_legible
from people.models import User
from stories.named.choices import AskedBy, ConsentState
from stories.named.models import NamedPerson
from stories.named.names import find, forms_of

NOT_FOUND = _("Nobody whom you may see has that name or address. Say how they agreed, if they have no account.")
SEVERAL = _("Several people have that name. Write the address of the one you mean.")
SAYS_IT = _("This says the name. Write what to say without it: “a resident”, “a neighbour of hers”.")


class NamedForm(forms.ModelForm):
    """One person whom the story names."""

    use_required_attribute = False

    address = forms.CharField(
        label=_("Their e-mail address on the hub"),
        help_text=_("Only where several people have that name."),
        max_length=254,
        required=False,
    )

    class Meta:
        model = NamedPerson
        fields = ("name", "also", "instead", "on_picture", "way", "address", "given_on", "kept_by")
        widgets = {
            "way": forms.RadioSelect,
            "given_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        }
        help_texts = {
            "name": _("As it stands in the story."),
            "also": _(
                "Nicknames and other spellings, with commas between them. Parts of the name are found by themselves."
            ),
            "instead": _(
                "What stands there if they say no, or take it back one day: “a resident”, “one of the carers”."
            ),
            "given_on": _("Where they agreed in writing or in person."),
            "kept_by": _("Where the letter is, or who heard it."),
        }

    def __init__(self, *args: Any, reader: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["name"].required = True
        self.fields["name"].validators.append(validate_legible)
        way = cast("forms.ChoiceField", self.fields["way"])
        way.choices = AskedBy.choices
        if self.instance.pk and self.instance.answers_here:  # they answer themselves, and nobody for them
            for name in ("name", "way", "address", "given_on", "kept_by"):
                del self.fields[name]
        elif self.instance.pk:
            way.choices = [choice for choice in AskedBy.choices if choice[0] != AskedBy.HUB]
            del self.fields["address"]

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = cleaned.get("name") or self.instance.name
        if name and find(cleaned.get("instead", ""), forms_of([name], cleaned.get("also", ""))):
            self.add_error("instead", SAYS_IT)
        if "way" not in self.fields:
            return cleaned
        if cleaned.get("way") == AskedBy.HUB:
            cleaned["person"] = self._person(name, cleaned.get("address", ""))
        else:
            for field in ("given_on", "kept_by"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Say this: whoever asks later must be able to find it."))
        return cleaned

    def _person(self, name: str, address: str) -> User | None:
        people = User.objects.here().visible_to(self.reader)
        found = people.filter(email=address) if address else people.filter(name__iexact=name)
        listed: list[Any] = list(found[:2])
        if len(listed) != 1:
            self.add_error("address" if address else "name", SEVERAL if listed else NOT_FOUND)
        return listed[0] if len(listed) == 1 else None

    def typed(self) -> dict[str, Any]:
        """All that was said, with what stays as it is."""
        kept = {name: getattr(self.instance, name) for name in ("name", "way", "given_on", "kept_by")}
        return {**kept, **self.cleaned_data}


class AnswerConsentForm(forms.Form):
    """What the named person says."""

    answer = forms.ChoiceField(label=_("May this story name you?"), widget=forms.RadioSelect)
    word = forms.CharField(
        label=_("A word to whoever asked"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, named: NamedPerson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = cast("forms.ChoiceField", self.fields["answer"])
        instead = _("No. Say “%(instead)s” instead") % {"instead": named.instead}
        answer.choices = [(ConsentState.YES, _("Yes, as it stands here")), (ConsentState.NO, instead)]
        if named.on_picture:
            answer.choices.insert(1, (ConsentState.WITHOUT_PICTURE, _("Yes, but not my picture")))
