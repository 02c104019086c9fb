"""Forms of communities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Membership
from people.models import User


class JoinForm(forms.Form):
    """What somebody says when they ask to join."""

    note = forms.CharField(
        label=_("What brings you here?"),
        help_text=_("One line, read by the members. You can leave it empty."),
        max_length=160,
        required=False,
    )


class InviteForm(forms.Form):
    """Inviting somebody who has an account."""

    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("The one that they sign in with."))

    def clean_email(self) -> str:
        """The address, once somebody with it is found; ``person`` is set then."""
        email = str(self.cleaned_data["email"])
        self.person = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(
                _("Nobody signs in with this address. Check it, or ask the hub’s team to make them an account.")
            )
        return email


class RoleForm(forms.ModelForm):
    """Giving a member another part."""

    class Meta:
        model = Membership
        fields = ("role",)
