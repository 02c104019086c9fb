"""Forms of the hub team about directories."""

import re
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from accounts.scim.choices import TokenScope
from accounts.scim.models import Directory
from communities.models import CommunityPage, Role

DOMAIN = re.compile(r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$")
LASTS = ((90, _("90 days")), (180, _("Half a year")), (365, _("A year")), (730, _("Two years")))


class DirectoryForm(forms.ModelForm):
    """What a directory is called, and whose people it has."""

    named_domains = forms.CharField(
        label=_("Domains of its addresses"),
        help_text=_(
            "One in a line, such as withermere.gov.uk. Accounts that are here already with such an address are taken "
            "over. Empty: it touches only the accounts that it makes."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Directory
        fields = ("name", "kind", "organisation")
        widgets: ClassVar = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [choice for choice in Directory._meta.get_field("kind").get_choices() if choice[0]]
        self.initial.setdefault("named_domains", "\n".join(self.instance.domains))

    def clean_named_domains(self) -> list[str]:
        """In the form in which addresses are kept."""
        found = []
        for written in self.cleaned_data["named_domains"].replace(",", " ").split():
            domain = written.strip().lstrip("@").lower()
            try:
                domain = domain.encode("idna").decode("ascii")
            except UnicodeError:
                domain = ""
            if not DOMAIN.match(domain):
                raise forms.ValidationError(gettext("“%(domain)s” is no domain.") % {"domain": written})
            found.append(domain)
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        self.instance.domains = cleaned.get("named_domains", self.instance.domains)
        return cleaned


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("For example: Entra, from May."))
    scope = forms.ChoiceField(label=_("It may"), choices=TokenScope.choices, initial=TokenScope.ALL)
    days = forms.TypedChoiceField(label=_("It is good for"), choices=LASTS, coerce=int, initial=365)


class MappingForm(forms.Form):
    """Where a group leads."""

    community = forms.ModelChoiceField(label=_("Community"), queryset=CommunityPage.objects.none())
    role = forms.ModelChoiceField(
        label=_("As"), queryset=Role.objects.all(), to_field_name="slug", required=False, empty_label=_("Member")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[CommunityPage]", self.fields["community"])
        field.queryset = CommunityPage.objects.live().only("title", "slug").order_by("title")
