"""Forms of second factors: allauth's, in the hub's words, with a limit for wrong codes."""

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import codes
from core.rate_limits import limit
from people.account_forms import in_our_words
from people.addresses import owner_of
from people.models import User

CODE, APP_CODE = _("Code"), _("Code from the app")
NAME_LENGTH = 60
ALONE = "signs_in_alone"
Base: Any = forms.Form  # the mixin stands in front of allauth's forms


class LimitedCode(Base):
    """Counts wrong codes of a person: six digits are few for a machine that knows the password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=CODE)
        self.fields["code"].help_text = _("Six digits from your app, or one of your recovery codes.")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        wrong = limit("second_factor")
        if not wrong.take(self.user.pk):
            raise account_adapter().validation_error("too_many_login_attempts")
        code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP and not codes.use_up(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        wrong.forget(self.user.pk)
        return code


class CodeForm(LimitedCode, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(LimitedCode, ReauthenticateForm):
    """A code before something that could lock somebody out."""


class FirstCodeForm(ActivateTOTPForm):
    """The first code of an app that was just set up."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=APP_CODE)
        self.fields["code"].help_text = _("The six digits that it shows now.")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey, with a name to know it by."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.required, name.max_length = _("What shall we call it?"), True, NAME_LENGTH
        name.widget.attrs["maxlength"] = NAME_LENGTH
        name.help_text = _("So that you know it again: “Work laptop”, “Blue key”.")
        alone.label, alone.initial = _("I can sign in with it alone, without a password"), True
        alone.help_text = _("The device then asks for your fingerprint, face or PIN each time.")

    def clean(self) -> dict[str, Any]:
        """Keep with the passkey whether it may sign in alone: many devices would, whatever they were asked."""
        cleaned: dict[str, Any] = super().clean()
        if isinstance(cleaned.get("credential"), dict):
            cleaned["credential"][ALONE] = bool(cleaned.get("passwordless"))
        return cleaned


class PasskeyAloneForm(LoginWebAuthnForm):
    """Signing in with a passkey and nothing else."""

    def clean_credential(self) -> Authenticator:
        passkey: Authenticator = super().clean_credential()
        if not passkey.data["credential"].get(ALONE):
            raise forms.ValidationError(_("Sign in with your password first: this passkey is your second step."))
        return passkey


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].max_length = NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH


class HelpForm(forms.Form):
    """Ask that somebody's second factor be taken off."""

    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("The one that they sign in with."))
    reason = forms.CharField(
        label=_("How do you know that it is them?"),
        help_text=_("What you saw or heard: “Came to my desk with her staff card”. Whoever confirms it reads this."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_email(self) -> User:
        """The person, once somebody with the address is found."""
        owner = owner_of(str(self.cleaned_data["email"]))
        if owner is None:
            raise forms.ValidationError(_("Nobody signs in with this address. Check it."))
        return owner
