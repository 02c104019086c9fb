"""Forms of accounts: allauth's, in the hub's words and by its rules."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _

from people import addresses
from people.fields import one_address


class SignInForm(LoginForm):
    """Allauth's form in the hub's words: labels stay where they are read, and the way to a new password stands once on
    the page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewAddressForm(AddEmailForm):
    """The address that shall take the place of the old one, once it is proved.

    That somebody else has it is not said here: their own mail tells them, and the proof is refused.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        email = one_address(self.cleaned_data["email"])
        if email == self.user.email:
            raise get_adapter().validation_error("duplicate_email")
        return email


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks for the address that somebody signs in with; the mail goes there, and never to an address that was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("The one that you sign in with.")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        owner = addresses.owner_of(email)
        self.users = [owner] if owner is not None and owner.is_active else []
        return str(self.users[0].email) if self.users else email
