"""The lines of this room: address, password, second factor, single sign-on, sessions."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from accounts.overview.lines import AccountLine
from accounts.second_factor import rule
from accounts.sign_on.providers import named, offered
from people.requests import SignedInRequest


def address(request: SignedInRequest) -> AccountLine:
    return AccountLine(_("E-mail address"), request.user.email or _("None"), reverse("account_email"), _("Change it"))


def password(request: SignedInRequest) -> AccountLine:
    if request.user.has_usable_password():
        return AccountLine(_("Password"), _("Set"), reverse("account_change_password"), _("Change it"))
    return AccountLine(
        _("Password"), _("None: you sign in without"), reverse("account_reset_password"), _("Have one sent")
    )


def second_factor(request: SignedInRequest) -> AccountLine:
    types = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    passkeys = types.count(Authenticator.Type.WEBAUTHN)
    has = [_("a code app")] if Authenticator.Type.TOTP in types else []
    if passkeys:
        has.append(ngettext("one passkey", "%(n)s passkeys", passkeys) % {"n": passkeys})
    url, is_asked = reverse("mfa_index"), rule.is_asked_of(request.user)
    if has:
        said = _(" and ").join(has)
        return AccountLine(_("Second factor"), said[:1].upper() + said[1:], url, _("Look after it"))
    text = _("None yet, and it is asked of you") if is_asked else _("None yet")
    return AccountLine(_("Second factor"), text, url, _("Set one up"), is_wanting=is_asked)


def sign_on(request: SignedInRequest) -> AccountLine | None:
    """Which of the organisation's doors know this person; nothing where the hub has none."""
    if not offered():
        return None
    joined = SocialAccount.objects.filter(user=request.user).values_list("provider", flat=True)
    said = ", ".join(named(key) for key in joined) or _("Not joined yet: sign in that way once")
    return AccountLine(_("Single sign-on"), said, "", "")


def sessions(request: SignedInRequest) -> AccountLine:
    n = request.user.signed_in_sessions.count()
    said = ngettext("On one device", "On %(n)s devices", n) % {"n": n}
    return AccountLine(_("Signed in"), said, reverse("account_sessions"), _("See where"))


def held(_request: SignedInRequest) -> AccountLine:
    return AccountLine(
        _("Your personal data"), _("What each part of the hub holds, and why"), reverse("held"), _("See it")
    )
