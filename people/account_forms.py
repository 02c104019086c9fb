"""Forms of accounts: allauth's, in the hub's words and by its rules."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.text import Words
from people import addresses
from people.fields import one_address

PASSWORD, PRESENT = _("Password"), _("Current password")
RULES = _("Twelve characters at least, and none of the passwords that everybody tries.")


def in_our_words(form: forms.BaseForm, **labels: Words) -> None:
    """Labels that stay where they are read, no second label inside the field, and the way to a new password once."""
    for name, label in labels.items():
        form.fields[name].label = str(label)
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if field.label in (PASSWORD, PRESENT):
            field.help_text = ""


class SignInForm(LoginForm):
    """Allauth's form in the hub's words: labels stay where they are read, and the way to a new password stands once on
    the page.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, login=_("E-mail address"), password=PASSWORD)

    def clean(self) -> dict[str, object]:
        """The password may be right, and of no use: the operator sends some kinds of people to their organisation."""
        cleaned: dict[str, object] = super().clean()
        person = getattr(self, "user", None)
        if person is not None and settings.SIGN_ON and person.kind in settings.SIGN_ON_ONLY:
            self.user = None
            raise forms.ValidationError(
                _("Sign in with %(provider)s: passwords are switched off for you."),
                params={"provider": settings.SIGN_ON[0]["name"]},
            )
        return cleaned


class PasswordAgainForm(ReauthenticateForm):
    """The password, before something that could lock somebody out."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password=PASSWORD)


class NewPasswordForm(ChangePasswordForm):
    """Another password, with the present one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, oldpassword=PRESENT, password1=_("New password"), password2=_("New password again"))
        self.fields["password1"].help_text = RULES


class PasswordByMailForm(ResetPasswordKeyForm):
    """A new password, after the link of an e-mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password1=_("New password"), password2=_("New password again"))
        self.fields["password1"].help_text = RULES


class NewAddressForm(AddEmailForm):
    """The address that shall take the place of the old one, once it is proved.

    That somebody else has it is not said here: their own mail tells them, and the proof is refused.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
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

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("The one that you sign in with.")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        owner = addresses.owner_of(email)
        self.users = [owner] if owner is not None and owner.is_active else []
        return str(self.users[0].email) if self.users else email
