"""What the ways in hold of people."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.from_file.models import PeopleFile
from accounts.invitations.models import Invitation
from accounts.leaving.models import Departure, HandedOver
from accounts.personal_data.models import ErasureRequest, HeldCopy
from accounts.second_factor.models import FactorHelp
from accounts.sessions.models import SignedInSession
from accounts.stays.models import OutsideStay
from core.holdings import PersonalData, told
from people.models import User

ALL = _("All of it.")


def _to(person: User) -> QuerySet[Invitation]:
    """Theirs, and those to an address that is theirs."""
    return Invitation.objects.filter(Q(person=person) | Q(email__iexact=person.email or "-"))


HELD = (
    PersonalData(
        "sessions on devices",
        _("Where you are signed in"),
        _("Each device, roughly from where, since when and when it was last seen."),
        rows=lambda person: told(
            SignedInSession.objects.filter(person=person), "device", "network", "since", "last_seen"
        ),
        covers=("accounts.SignedInSession.person",),
        goes=_("All of it. You are signed out everywhere."),
    ),
    PersonalData(
        "second factor",
        _("Your second factor"),
        _("That you have one, of which kind and since when. Its secret is kept in a form that cannot be read."),
        rows=lambda person: told(Authenticator.objects.filter(user=person), "type", "created_at", "last_used_at"),
        covers=("mfa.Authenticator.user", "accounts.FactorHelp.person"),
        goes=ALL,
    ),
    PersonalData(
        "help with second factors",
        _("Help that you gave with a second factor"),
        _("That you asked for or confirmed that somebody’s second factor is taken off."),
        rows=lambda person: (
            told(FactorHelp.objects.filter(asked_by=person), "asked_at")
            + told(FactorHelp.objects.filter(confirmed_by=person), "confirmed_at")
        ),
        covers=("accounts.FactorHelp.asked_by", "accounts.FactorHelp.confirmed_by"),
        stays=_("That it was done; no longer that it was you."),
    ),
    PersonalData(
        "single sign-on",
        _("Your organisation’s sign-on"),
        _("By which key your organisation knows you, and what it last said of you."),
        rows=lambda person: told(
            SocialAccount.objects.filter(user=person), "provider", "uid", "last_login", "extra_data"
        ),
        covers=("socialaccount.SocialAccount.user",),
        goes=ALL,
    ),
    PersonalData(
        "invitations",
        _("Invitations to you"),
        _("The address and name that somebody typed to invite you, as what, and what became of it."),
        rows=lambda person: told(
            _to(person),
            *("email", "name", "kind", "organisation", "role__name", "purpose", "since", "outcome", "ended"),
        ),
        covers=("accounts.Invitation.person",),
        goes=_("All of them."),
        erase=lambda person: _to(person).delete(),
    ),
    PersonalData(
        "inviting",
        _("Whom you invited or answer for"),
        _("That you invited somebody, vouched for an invitation, or are the sponsor of somebody from outside."),
        rows=lambda person: [
            *told(Invitation.objects.filter(invited_by=person), "since", "word"),
            *told(Invitation.objects.filter(vouched_by=person), vouched="since"),
            *told(Invitation.objects.filter(sponsor=person), sponsor_since="since"),
            *told(OutsideStay.objects.filter(sponsor=person), "review_on"),
        ],
        covers=(
            *("accounts.Invitation.invited_by", "accounts.Invitation.vouched_by", "accounts.Invitation.sponsor"),
            "accounts.OutsideStay.sponsor",
        ),
        stays=_("The invitation, no longer that it was you. The hub team names another sponsor."),
    ),
    PersonalData(
        "stay",
        _("Your stay as somebody from outside"),
        _("Why you are here, and when that is looked at again."),
        rows=lambda person: told(OutsideStay.objects.filter(person=person), "purpose", "since", "review_on", "ended"),
        covers=("accounts.OutsideStay.person",),
        goes=ALL,
    ),
    PersonalData(
        "files of people",
        _("Files of people that you brought"),
        _("That you took people in from a file. What was in it is theirs, and not in your copy."),
        rows=lambda person: told(PeopleFile.objects.filter(by=person), "name", "made"),
        covers=("accounts.PeopleFile.by",),
        goes=ALL,
    ),
    PersonalData(
        "departures",
        _("When you left and came back"),
        _("Since when your account was off, by which way, and when what you looked after was handed over."),
        rows=lambda person: told(
            Departure.objects.filter(person=person), "way", "since", "settled", came_back="returned"
        ),
        covers=("accounts.Departure.person",),
        goes=ALL,
    ),
    PersonalData(
        "handed over",
        _("What you handed over or were given"),
        _("Which things you looked after until somebody else did, and which you were given by others."),
        rows=lambda person: (
            told(HandedOver.objects.filter(of=person), "what", "key", "at")
            + told(HandedOver.objects.filter(to=person), "what", "key", given="at")
        ),
        covers=("accounts.HandedOver.of", "accounts.HandedOver.to"),
        goes=_("All of it."),
        stays=_("That they look after it now, where the thing itself says so."),
    ),
    PersonalData(
        "seeing others off",
        _("What you did when others left"),
        _("That you switched somebody’s account off, or handed over what was theirs."),
        rows=lambda person: (
            told(Departure.objects.filter(by=person), "since") + told(HandedOver.objects.filter(by=person), "at")
        ),
        covers=("accounts.Departure.by", "accounts.HandedOver.by"),
        stays=_("That it was done; no longer that it was you."),
    ),
    PersonalData(
        "copies",
        _("Copies and requests of yours"),
        _("When you asked for a copy of your personal data, for seven days, and that you asked to be erased."),
        rows=lambda person: (
            told(HeldCopy.objects.filter(person=person), "asked", "made")
            + told(ErasureRequest.objects.filter(person=person), "asked", "word")
        ),
        covers=("accounts.HeldCopy.person", "accounts.ErasureRequest.person"),
        goes=ALL,
    ),
)
