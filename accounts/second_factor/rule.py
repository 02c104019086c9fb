"""Of whom a second factor is asked, and whether somebody has given one in this session."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from communities.models import Membership
from core.audiences import Audience, Viewer
from core.editors import edits_everything, is_editor, is_hub_team, is_staff
from people.models import User

MAIN_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What can be set up by itself; recovery codes stand in for one of these."""
KNOWN_FOR = 60  # seconds: asked at every page, so not asked of the database at every page


def runs_the_hub(person: User) -> bool:
    return is_hub_team(person) or is_staff(person)


def facilitates_in_private(person: User) -> bool:
    """Whether they look after a community that only its members see."""

    def ask() -> bool:
        private = Membership.objects.stewards().filter(community__audience=Audience.MEMBERS)
        return private.filter(person=person).exists()

    return bool(cache.get_or_set(_key("facilitates_in_private", person), ask, KNOWN_FOR))


def enters_the_editor(person: User) -> bool:
    """Whether they enter the editor: whoever writes for a community, too."""
    if edits_everything(person):
        return True
    return bool(cache.get_or_set(_key("enters_the_editor", person), lambda: is_editor(person), KNOWN_FOR))


def _key(question: str, person: Viewer) -> str:
    return f"accounts.{question}.{person.pk}"


def ask_anew(person: Viewer) -> None:
    """Forget what is known of ``person``, who may have got a role or a grant a second ago."""
    cache.delete_many([_key(question, person) for question in ("facilitates_in_private", "enters_the_editor")])


RULES: dict[str, Callable[[User], bool]] = {
    "hub_team": runs_the_hub,
    "editors": enters_the_editor,
    "private_facilitators": facilitates_in_private,
    "staff": lambda person: person.is_insider,
    "everybody": lambda _person: True,
}
"""The names that ``SECOND_FACTOR_FOR`` may hold."""


def is_asked_of(person: Viewer) -> bool:
    """Whether ``person`` may do nothing in the hub before they have given a second factor."""
    return isinstance(person, User) and any(RULES[name](person) for name in settings.SECOND_FACTOR_FOR)


def has_given(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed, with a second factor: here, or at a provider that asks for one.

    The session says it, not the account: somebody who was signed in before the rule, or in some other way, has not.
    """
    trusted = trusted_providers()
    records = get_authentication_records(request, request.user)
    return any(
        one.get("method") == "mfa" or (one.get("method") == "socialaccount" and one.get("provider") in trusted)
        for one in records
    )


def trusted_providers() -> set[str]:
    """Those that ask for a second factor themselves, as the operator says."""
    return {app["provider_id"] for app in settings.SIGN_ON if app["settings"]["has_second_factor"]}


def gives_it_at(person: Viewer) -> str | None:
    """The provider that asks them for one, where they are known to such a one."""
    known = SocialAccount.objects.filter(user_id=person.pk, provider__in=trusted_providers()).first()
    return str(known.provider) if known else None


def has_one(person: Viewer) -> bool:
    """Whether they have set one up."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=MAIN_TYPES).exists()


def is_last(authenticator: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without it."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=MAIN_TYPES)
    return not others.exclude(pk=authenticator.pk).exists()
