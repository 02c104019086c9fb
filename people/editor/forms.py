"""Accounts in Wagtail's editor, and one's own name there."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.choices import Kind
from people.models import User

FIELDS = (
    *("email", "name", "called", "family_name", "kind", "organisation", "job_title", "audience"),
    *("is_superuser", "groups"),
)
WIDGETS = {"groups": forms.CheckboxSelectMultiple}
TAKEN = _("Somebody has this address already, in these letters or in capitals. One address belongs to one person.")


def _kind() -> forms.ChoiceField:
    """No default: whoever makes an account says where the person belongs, because staff see what is for staff."""
    return forms.ChoiceField(
        label=_("Where they belong"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever works here sees what is for the organisation. Nobody else does."),
        error_messages={"required": _("Say whether they work here, live here or work for a partner.")},
    )


class AccountForm(UserCreationForm):
    """A new account."""

    first_name = last_name = None
    kind = _kind()
    error_messages: ClassVar = {**UserCreationForm.error_messages, "duplicate_username": TAKEN}

    class Meta(UserCreationForm.Meta):
        fields = FIELDS
        widgets = WIDGETS

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].help_text = _("Needed for whoever works for a partner.")


class AccountEditForm(UserEditForm):
    """An account that there is."""

    first_name = last_name = None
    kind = _kind()
    error_messages: ClassVar = {**UserEditForm.error_messages, "duplicate_username": TAKEN}

    class Meta(UserEditForm.Meta):
        fields = (*FIELDS, "is_active")
        widgets = WIDGETS

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False  # people of an archive have none, and can be made inactive all the same

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"] or None

    def _clean_username(self) -> None:
        """Several people have no address; that is not one address twice."""
        if self.cleaned_data.get("email"):
            super()._clean_username()


class OwnNameForm(forms.ModelForm):
    """What an editor changes of themselves in the editor."""

    class Meta:
        model = User
        fields = ("name", "called")
