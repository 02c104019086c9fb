"""Forms of communities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.addresses import owner_of


class JoinForm(forms.Form):
    """What somebody says when they ask to join."""

    note = forms.CharField(
        label=_("What brings you here?"),
        help_text=_("One line, read by the members. You can leave it empty."),
        max_length=160,
        required=False,
    )


class AppointForm(forms.Form):
    """The hub team names a facilitator."""

    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("The one that they sign in with."))

    def clean_email(self) -> str:
        """The address, once somebody with it is found; ``person`` is set then."""
        email = str(self.cleaned_data["email"])
        owner = owner_of(email)
        if owner is None or not owner.is_active:
            raise forms.ValidationError(_("Nobody signs in with this address. Check it, or make an account first."))
        self.person = owner
        return email


class RemoveMemberForm(forms.Form):
    """Ending somebody else's membership."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("They read this on the hub and by e-mail. It stays in the log."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    without = forms.BooleanField(
        label=_("Yes, leave the community with fewer than two who look after it. The hub team is told."), required=False
    )

    def __init__(self, *args: object, asks_twice: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever a form takes
        if not asks_twice:
            del self.fields["without"]
