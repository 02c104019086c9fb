"""Who comes in through a provider: somebody who is known, somebody who is joined by a proved address, somebody new."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from accounts.sign_on import notices, rules
from accounts.sign_on.providers import said_of
from accounts.sign_on.rules import Claims, Said
from core.text import is_legible, one_line
from people import addresses
from people.fields import one_address, validate_address
from people.models import User

NAME_LENGTH = 200


class SignOnRefused(Exception):
    """Not let in. ``why`` names the words of ``templates/accounts/sign_on_refused.html``."""

    def __init__(self, why: str, email: str = "") -> None:
        super().__init__(why)
        self.why, self.email = why, email


@dataclass(frozen=True, slots=True)
class Admission:
    """As what somebody new is let in."""

    kind: str
    organisation: str = ""


Admit = Callable[[str], Admission | None]
"""Says of a proved address whether something else than the rules lets it in, such as an invitation."""


def admit(key: str, uid: str, claims: Claims, otherwise: Admit) -> SocialAccount:
    """The joined account of whoever the provider calls ``uid``; raises ``SignOnRefused``.

    Two first requests of one person may race: the later one finds what the earlier one made.
    """
    try:
        return _admit(key, uid, claims, otherwise)
    except IntegrityError:
        return _admit(key, uid, claims, otherwise)


@transaction.atomic
def _admit(key: str, uid: str, claims: Claims, otherwise: Admit) -> SocialAccount:
    if known := SocialAccount.objects.filter(provider=key, uid=uid).select_related("user").first():
        return known
    said = said_of(key)
    email = proved_address(said, claims)
    owner = addresses.owner_of(email)
    if owner is not None:
        return _join(key, uid, _kept(email, claims), User.objects.select_for_update(of=("self",)).get(pk=owner.pk))
    kind = rules.kind_for(said, email, claims)
    admission = Admission(kind, said["organisation"] if kind == "partner" else "") if kind else otherwise(email)
    if admission is None:
        raise SignOnRefused("nobody", email)
    return _make(key, uid, email, claims, admission)


def proved_address(said: Said, claims: Claims) -> str:
    """The address in its one form, if the provider proved it and may; raises ``SignOnRefused``."""
    told = claims.get("email")
    if not isinstance(told, str) or not told.strip():
        raise SignOnRefused("without_address")
    email = one_address(told.strip())
    try:
        validate_address(email)
    except ValidationError:
        raise SignOnRefused("without_address") from None
    if not rules.is_proved(said, claims):
        raise SignOnRefused("unproved", email)
    if not rules.may_speak_for(said, email):
        raise SignOnRefused("not_theirs", email)
    return email


def _kept(email: str, claims: Claims) -> dict[str, str]:
    """What is kept of whoever the provider knows: the address that it proved, and which provider that was."""
    return {"email": email, "iss": str(claims.get("iss") or "")}


def _join(key: str, uid: str, kept: dict[str, str], person: User) -> SocialAccount:
    """An account that there is, by its proved address. It may be known to this provider as one person only:
    organisations give the address of somebody who left to somebody new.
    """
    if not person.is_active or person.is_over:
        raise SignOnRefused("closed", kept["email"])
    if SocialAccount.objects.filter(provider=key, user=person).exists():
        raise SignOnRefused("other_person", kept["email"])
    account = SocialAccount.objects.create(provider=key, uid=uid, user=person, extra_data=kept)
    log(instance=person, action="accounts.joined_sign_on", user=person, data={"provider": key})
    notices.tell_joined(person, key)
    return account


def _make(key: str, uid: str, email: str, claims: Claims, admission: Admission) -> SocialAccount:
    person: User = User.objects.create_user(
        email, None, name=name_of(claims, email), kind=admission.kind, organisation=admission.organisation
    )
    addresses.settle(person)
    log(instance=person, action="accounts.came_by_sign_on", user=person, data={"provider": key, "kind": person.kind})
    return SocialAccount.objects.create(provider=key, uid=uid, user=person, extra_data=_kept(email, claims))


def name_of(claims: Claims, email: str) -> str:
    """What the provider calls them; the address without its domain where that is nothing."""
    both = " ".join(str(claims.get(part) or "") for part in ("given_name", "family_name"))
    for told in (claims.get("name"), both):
        name = one_line(told)[:NAME_LENGTH].strip() if isinstance(told, str) else ""
        if is_legible(name) and "@" not in name:
            return name
    return email.partition("@")[0].replace(".", " ").title() or email
