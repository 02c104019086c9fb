"""Forms of invitations."""

from datetime import date
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _, ngettext

from accounts.invitations.pasted_addresses import Addressee, read
from accounts.invitations.permissions import may_choose, may_invite
from accounts.invitations.services import Offer
from accounts.stays.forms import day_field, within_a_year
from communities.models import CommunityPage, Role, Stage
from core.dead_addresses.services import dead_among
from core.fields import validate_legible
from core.rate_limits import limit
from core.text import is_legible, one_line
from people.account_forms import RULES
from people.addresses import has_signed_in, owner_of
from people.choices import PersonKind
from people.models import User

MOST = 100


class AddressesField(forms.CharField):
    """One address or many, as they were pasted."""

    widget = forms.Textarea

    def clean(self, value: object) -> Any:
        """The addressees. What holds no address is named, so that it can be put right."""
        found, bad = read(super().clean(value))
        if bad:
            shown = ", ".join(f"“{part[:60]}”" for part in bad[:5])
            raise forms.ValidationError(_("There is no e-mail address in %(parts)s."), params={"parts": shown})
        if not found:
            raise forms.ValidationError(_("Write at least one e-mail address."))
        if len(found) > MOST:
            words = _("These are %(n)s addresses. Invite %(most)s at a time, or use a file.")
            raise forms.ValidationError(words, params={"n": len(found), "most": MOST})
        return found


class InviteForm(forms.Form):
    """Inviting people into a community, by those who facilitate it. It says nothing about who has an account."""

    addresses = AddressesField(
        label=_("Their e-mail addresses"),
        help_text=_("One or many: paste them as they are, with or without names."),
        max_length=20_000,
        error_messages={"required": _("Write at least one e-mail address.")},
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ModelChoiceField(
        label=_("As"), queryset=Role.objects.all(), to_field_name="slug", required=False, empty_label=_("Member")
    )
    kind = forms.ChoiceField(
        label=_("Where do they belong?"),
        help_text=_("It counts for whoever has no account yet."),
        choices=PersonKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they work here, live here or work for a partner.")},
    )
    organisation = forms.CharField(
        label=_("Which organisation?"),
        max_length=250,
        error_messages={"required": _("Name the organisation that they work for.")},
    )
    purpose = forms.CharField(
        label=_("Why are they here?"),
        help_text=_("One line. They read it, too."),
        max_length=200,
        error_messages={"required": _("Say why they come: it stands beside their account from the first day.")},
    )
    review_on = day_field(error_messages={"required": _("Say when this is to be looked at again.")})
    word = forms.CharField(
        label=_("A word from you"),
        help_text=_("They read it in the e-mail."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order: tuple[str, ...] = ("addresses", "role", "kind", "organisation", "purpose", "review_on", "word")
    sponsor: User | None = None
    use_required_attribute = False  # what is needed of somebody from outside is hidden for whoever works here

    def __init__(self, *args: Any, by: User, community: CommunityPage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.into = by, community
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [choice for choice in PersonKind.choices if may_choose(by, choice[0], community)]
        if community is not None and not may_invite(by, community):
            del self.fields["role"]  # they name nobody in roles
        chosen = self.data.get("kind") if self.is_bound else ""
        self.fields["organisation"].required = chosen in {"", PersonKind.PARTNER}
        for name in ("purpose", "review_on"):
            self.fields[name].required = chosen != PersonKind.STAFF

    def clean_review_on(self) -> date | None:
        """Asked of people from outside alone; the day that the form offered says nothing of whoever works here."""
        day: date | None = self.cleaned_data["review_on"]
        return within_a_year(day) if day and self.data.get("kind") != PersonKind.STAFF else day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "kind" not in values:  # what that asks for is not known yet
            self.errors.pop("purpose", None)
        if values.get("kind") in {PersonKind.RESIDENT, PersonKind.PARTNER}:
            self.sponsor = self.find_sponsor()
        if "addresses" in values:
            self._refuse_dead_addresses(values["addresses"])
        if not self.errors:
            self._keep_within_limits(values["addresses"])
        return values

    def find_sponsor(self) -> User | None:
        """Who of the organisation answers for people from outside: whoever invites them, or else the community's own
        sponsor.
        """
        return self.by if self.by.is_insider else self.find_sponsor_of_community()

    def find_sponsor_of_community(self) -> User | None:
        sponsor = self.into.sponsor if self.into is not None else None
        if sponsor is None or not (sponsor.is_active and sponsor.is_insider):
            self.add_error(
                None, _("Nobody who works here answers for this community. Ask the hub team to invite them.")
            )
        return sponsor

    def _refuse_dead_addresses(self, addressees: list[Addressee]) -> None:
        """A mail server said that nobody is there: an invitation would wait for an answer that never comes."""
        dead = dead_among([one.email for one in addressees])
        if dead:
            words = _("No e-mail reaches %(addresses)s. Look for a slip in the spelling, or take it out.")
            self.add_error("addresses", forms.ValidationError(words, params={"addresses": ", ".join(sorted(dead)[:5])}))

    def _keep_within_limits(self, addressees: list[Addressee]) -> None:
        """Nobody is written to over and over, whether or not they have an account."""
        pestered = [one for one in addressees if not may_write_to(one.email)]
        if pestered:
            shown = ", ".join(one.email for one in pestered[:5])
            words = _("%(addresses)s was written to often enough today. Take it out, or try again tomorrow.")
            self.add_error("addresses", forms.ValidationError(words, params={"addresses": shown}))

    def offer(self) -> Offer:
        """What the form says."""
        said = self.cleaned_data
        kind = said["kind"]
        is_outside = kind != PersonKind.STAFF
        return Offer(
            kind=kind,
            community=self.into or said.get("community"),
            role=said.get("role"),
            organisation=one_line(said["organisation"]) if kind == PersonKind.PARTNER else "",
            word=said["word"].strip(),
            sponsor=self.sponsor if is_outside else None,
            purpose=one_line(said["purpose"]) if is_outside else "",
            review_on=said["review_on"] if is_outside else None,
        )


class HubInviteForm(InviteForm):
    """Inviting people to the hub, by those who run it."""

    community = forms.ModelChoiceField(
        label=_("Into which community?"),
        help_text=_("You can leave it open: they look round and choose."),
        queryset=CommunityPage.objects.none(),
        required=False,
    )
    sponsor_email = forms.EmailField(
        label=_("Who answers for them?"),
        help_text=_("The address of somebody who works here. Empty: you do."),
        required=False,
    )
    field_order = (
        *("addresses", "kind", "organisation", "purpose", "sponsor_email", "review_on"),
        *("community", "role", "word"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        chosen = cast("forms.ModelChoiceField[CommunityPage]", self.fields["community"])
        chosen.queryset = CommunityPage.objects.shown_to(by).exclude(stage=Stage.CLOSED).order_by("title")
        chosen.empty_label = str(_("None yet"))

    def find_sponsor(self) -> User | None:
        email = self.cleaned_data.get("sponsor_email")
        if not email:
            return self.by if self.by.is_insider else None
        owner = owner_of(email)
        if owner is None or not (owner.is_active and owner.is_insider):
            self.add_error("sponsor_email", _("Nobody who works here signs in with this address."))
        return owner

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors:
            self._refuse_whoever_left(values["addresses"])
        if not self.errors and values.get("community") is None:
            self._refuse_whoever_is_here(values["addresses"])
        return values

    def _refuse_whoever_left(self, addressees: list[Addressee]) -> None:
        """Nothing is sent to a closed account. The hub team may know of it, and opens it elsewhere."""
        emails = [one.email for one in addressees]
        gone = User.objects.filter(email__in=emails, is_active=False).values_list("email", flat=True)
        if gone:
            words = _(
                "The account of %(who)s is switched off. Switch it on at “People who leave”, or take the address out."
            )
            said = {"who": ", ".join(sorted(map(str, gone))[:5])}
            self.add_error("addresses", forms.ValidationError(words, params=said))

    def _refuse_whoever_is_here(self, addressees: list[Addressee]) -> None:
        """The hub team may know who has an account: there is nothing to invite them to."""
        emails = [one.email for one in addressees]
        here = [person.email or "" for person in User.objects.filter(email__in=emails) if has_signed_in(person)]
        if here:
            words = ngettext(
                "%(who)s has an account already. Take the address out, or choose a community.",
                "%(who)s have accounts already. Take the addresses out, or choose a community.",
                len(here),
            )
            self.add_error("addresses", words % {"who": ", ".join(sorted(here)[:5])})


def may_write_to(email: str) -> bool:
    """Count an e-mail to the address; False where there were enough of them today."""
    return limit("invited_addresses").take(sha256(email.encode()).hexdigest())


class AcceptInvitationForm(forms.Form):
    """Whoever says yes chooses a name and a password."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As you want to be called."),
        max_length=200,
        validators=[validate_legible],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1 = forms.CharField(
        label=_("A password"),
        help_text=RULES,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not is_legible(name):
            raise forms.ValidationError(_("Write at least one letter or number."))
        return name

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, again = values.get("password1"), values.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("The two passwords are not the same. Type the same one twice."))
        if first:
            try:
                validate_password(first, User(email=self.email, name=values.get("name", "")))
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return values
