"""Accounts in Wagtail's editor, and one's own name there.

What somebody may do, and how they sign in, is said by those who run the hub. Whoever else may edit accounts there
writes names and kinds, and gets no way into another's account by it.
"""

from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.users.forms import UserCreationForm, UserEditForm

from core.editors import is_hub_team
from people import addresses
from people.choices import PersonKind
from people.models import User
from people.permissions import ALONE, alone_in_running_the_hub

FIELDS = (
    *("email", "name", "called", "family_name", "kind", "organisation", "job_title", "audience"),
    *("is_superuser", "groups"),
)
OF_THE_HUB_TEAM = ("is_superuser", "groups")
PASSWORDS = ("password1", "password2")
WIDGETS = {"groups": forms.CheckboxSelectMultiple}
TAKEN = _("Somebody has this address already, in these letters or in capitals. One address belongs to one person.")


def _kind() -> forms.ChoiceField:
    """No default: whoever makes an account says where the person belongs, because staff see what is for staff."""
    return forms.ChoiceField(
        label=_("Where they belong"),
        choices=PersonKind.choices,
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

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].help_text = _("Needed for whoever works for a partner.")
        if not is_hub_team(request.user):
            _close(self, *OF_THE_HUB_TEAM)


class AccountEditForm(UserEditForm):
    """An account that there is. A new address waits until its person proves it; the old one is told."""

    first_name = last_name = None
    kind = _kind()
    error_messages: ClassVar = {**UserEditForm.error_messages, "duplicate_username": TAKEN}
    claimed = ""

    class Meta(UserEditForm.Meta):
        fields = (*FIELDS, "is_active")
        widgets = WIDGETS

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.before = request, self.instance.email
        email = self.fields["email"]
        email.required = False  # people of an archive have none, and can be made inactive all the same
        email.help_text = _("They get a link at a new address, and sign in with the old one until they open it.")
        if not is_hub_team(request.user):
            _close(self, *OF_THE_HUB_TEAM, "email")
            for name in PASSWORDS:
                del self.fields[name]
            email.help_text = _("They change it themselves on their account’s page, or the hub team does.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("is_superuser", "is_active"):
            if name in self.fields and not cleaned.get(name) and alone_in_running_the_hub([self.instance]):
                self.add_error(name, ALONE)
        return cleaned

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"] or None

    def _clean_username(self) -> None:
        """Several people have no address; that is not one address twice."""
        if self.cleaned_data.get("email"):
            super()._clean_username()

    def _post_clean(self) -> None:
        """Whoever has a way in keeps it. Nobody has signed in to any other account, so that there is nobody to ask."""
        super()._post_clean()
        typed = self.instance.email
        if typed and self.before and typed != self.before and addresses.has_signed_in(self.instance):
            self.claimed, self.instance.email = typed, self.before

    def save(self, commit: bool = True) -> User:
        self.cleaned_data.setdefault("password1", None)
        person: User = super().save(commit)
        if self.claimed:
            addresses.claim_for(self.request, person, self.claimed, by=cast("User", self.request.user))
            log(instance=person, action="people.address_claimed", user=self.request.user)
        return person


def _close(form: forms.BaseForm, *names: str) -> None:
    """Shown as it is, whatever is sent."""
    for name in names:
        if name in form.fields:  # whoever edits themselves has no box for the hub team
            form.fields[name].disabled = True


class OwnNameForm(forms.ModelForm):
    """What an editor changes of themselves in the editor."""

    class Meta:
        model = User
        fields = ("name", "called")
