"""What a directory does with people. Every function is one transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from scim2_models import ForbiddenException, InvalidValueException, NotFoundException, UniquenessException
from wagtail.log_actions import log

from accounts.leaving import services as leaving
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.leaving.models import Departure
from accounts.scim import group_membership
from accounts.scim.models import Directory, DirectoryPerson, DirectoryToken
from accounts.scim.resources import Address, PersonName, ScimPerson
from communities.models import Holding
from core.editors import is_editor
from core.text import is_legible, one_line
from people.addresses import claim_by_directory, owner_of
from people.fields import one_address, validate_address
from people.models import User

LONGEST = 200  # letters of a name
Change = Callable[[ScimPerson], ScimPerson]
TAKEN = "Somebody has this address or user name already."
HUB_TEAM = "This account is of somebody who runs the hub. The hub team changes it, and no directory does."


# -- what the hub says of somebody -------------------------------------------------------------------------------------
def resource_of(link: DirectoryPerson) -> ScimPerson:
    """Somebody as their directory sent them, with the account's own address and whether it is on."""
    sent, person = link.sent, link.person
    name = {key: sent[key] for key in ("formatted", "family_name", "given_name") if sent.get(key)}
    return ScimPerson(
        id=str(link.pk),
        external_id=link.external_id or None,
        user_name=link.user_name,
        name=PersonName(**name) if name else None,
        display_name=sent.get("display_name") or person.name,
        title=sent.get("title") or None,
        active=person.is_active and not person.is_over,
        emails=[Address(value=person.email, type="work", primary=True)] if sent.get("email") and person.email else None,
    )


def as_sent(link: DirectoryPerson) -> ScimPerson:
    """Somebody as their directory knows them, which is what it changes. Were it changed from what they say of
    themselves, that would count as sent, and the directory's next whole record would undo it.
    """
    sent = link.sent
    emails = [Address(value=sent["email"], type="work", primary=True)] if sent.get("email") else None
    return resource_of(link).model_copy(update={"display_name": sent.get("display_name") or None, "emails": emails})


def known_to(directory: Directory) -> QuerySet[DirectoryPerson]:
    return directory.people.filter(removed=None).select_related("person")


# -- what the directory says -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PersonValues:
    """What a resource says, in the hub's terms."""

    user_name: str
    external_id: str
    email: str
    name: str
    family_name: str
    title: str
    sent: dict[str, str]

    @classmethod
    def by(cls, resource: ScimPerson) -> "PersonValues":
        user_name = _line(resource.user_name, 255)
        if not user_name:
            raise InvalidValueException(detail="A person needs a userName.")
        parts = resource.name or PersonName()
        given, family = _line(parts.given_name), _line(parts.family_name)
        written = _line(resource.display_name) or _line(parts.formatted) or f"{given} {family}".strip()
        written_to = _written_to(resource)
        email = _checked(written_to or user_name)
        return cls(
            user_name=user_name,
            external_id=_line(resource.external_id, 255),
            email=email,
            name=next(text for text in (written, user_name.partition("@")[0], email) if is_legible(text)),
            family_name=family[:150],
            title=_line(resource.title, 160),
            sent={
                "email": written_to,
                "display_name": _line(resource.display_name),
                "formatted": _line(parts.formatted),
                "given_name": given,
                "family_name": family,
                "title": _line(resource.title, 160),
            },
        )


def _line(text: str | None, longest: int = LONGEST) -> str:
    return one_line(text or "").strip()[:longest]


def _written_to(resource: ScimPerson) -> str:
    """The primary address, or that of work, or the first; empty where none was sent."""
    emails = [each for each in resource.emails or [] if each.value]
    ranked = sorted(emails, key=lambda each: (not each.primary, (each.type or "").lower() != "work"))
    return one_address(ranked[0].value or "") if ranked else ""


def _checked(written: str) -> str:
    """The address that somebody signs in with: without any, the user name where it is one."""
    email = one_address(written)
    try:
        validate_address(email)
    except ValidationError as error:
        detail = f"“{email}” is no e-mail address. Send the address of work, or an address as userName."
        raise InvalidValueException(detail=detail) from error
    return email


# -- making ------------------------------------------------------------------------------------------------------------
def create(token: DirectoryToken, resource: ScimPerson) -> DirectoryPerson:
    """Make an account, or take over the one that has this address, where the operator named its domain."""
    said = PersonValues.by(resource)
    try:
        with transaction.atomic():
            link = _made(token, said, is_on=resource.active is not False)
            if resource.active is not None:
                _switch(token, link, resource.active)
            return link
    except IntegrityError as error:
        raise UniquenessException(detail=TAKEN) from error


def _made(token: DirectoryToken, said: PersonValues, *, is_on: bool) -> DirectoryPerson:
    directory, owner = token.directory, owner_of(said.email)
    before = directory.people.filter(user_name__iexact=said.user_name).select_related("person").first()
    before = before or (directory.people.filter(person=owner).first() if owner else None)
    if before is not None:
        return _again(token, before, said)
    if owner is None:
        person = User.objects.create_user(
            email=said.email,
            name=said.name,
            family_name=said.family_name,
            job_title=said.title,
            kind=directory.kind,
            organisation=directory.organisation,
            is_active=is_on,
        )
    else:
        person = owner
        _refuse_what_is_not_theirs(directory, person)
    link = DirectoryPerson.objects.create(
        directory=directory,
        person=person,
        user_name=said.user_name,
        external_id=said.external_id,
        sent=said.sent,
        made=owner is None,
    )
    _log(token, person, "made" if owner is None else "joined")
    return link


def _refuse_what_is_not_theirs(directory: Directory, person: User) -> None:
    if person.is_superuser:
        raise UniquenessException(detail=HUB_TEAM)
    if not directory.owns(person.email or ""):
        detail = f"{TAKEN} The hub team names the domains whose accounts this directory may take over."
        raise UniquenessException(detail=detail)


def _again(token: DirectoryToken, link: DirectoryPerson, said: PersonValues) -> DirectoryPerson:
    """Somebody whom the directory had removed. Another person who got their address does not get their account."""
    if link.removed is None:
        raise UniquenessException(detail=TAKEN)
    if link.external_id and said.external_id and link.external_id != said.external_id:
        detail = "Somebody else had this address before. The hub team frees it by changing the old account's address."
        raise UniquenessException(detail=detail)
    link.removed = None
    _take_over(token, link, said)
    return link


# -- changing ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def change(token: DirectoryToken, link: DirectoryPerson, how: Change) -> DirectoryPerson:
    """Take over what ``how`` changes of somebody, and nothing else."""
    rows = DirectoryPerson.objects.select_for_update(of=("self",)).select_related("person", "directory")
    now = rows.filter(pk=link.pk, removed=None).first()
    if now is None:
        raise NotFoundException(detail="The person was removed at the same moment.")
    link, before = now, as_sent(now)
    after = how(before.model_copy(deep=True))
    try:
        with transaction.atomic():
            _take_over(token, link, PersonValues.by(after))
    except IntegrityError as error:
        raise UniquenessException(detail=TAKEN) from error
    if after.active is not None and after.active is not before.active:
        _switch(token, link, after.active)
    return link


def _take_over(token: DirectoryToken, link: DirectoryPerson, said: PersonValues) -> None:
    """What differs from what the directory said last."""
    person, values = link.person, _changes(link, said)
    if values and person.is_superuser:
        raise ForbiddenException(detail=HUB_TEAM)
    if "email" in values and not (link.made or link.directory.owns(said.email)):
        raise InvalidValueException(detail="This account keeps an address of the domains that the hub team named.")
    if "email" in values and _holds_rights(person):
        _let_address_wait(token, person, values.pop("email"))
    link.user_name, link.external_id, link.sent = said.user_name, said.external_id, said.sent
    link.changed = timezone.now()
    link.save()
    if values:
        for name, value in values.items():
            setattr(person, name, value)
        person.save(update_fields=list(values))
        _log(token, person, "changed", fields=sorted(values))


def _holds_rights(person: User) -> bool:
    """Whether somebody has more than every member has, or will again when their account is on."""
    roles = Holding.objects.kept().filter(membership__person=person)
    return person.is_staff or is_editor(person) or person.groups.exists() or roles.exists()


def _let_address_wait(token: DirectoryToken, person: User, email: str) -> None:
    """Whoever holds a token must not come into such an account by a new password: the address counts once its person,
    signed in, opens the link that goes there. Of an account that is off it stays.
    """
    if owner_of(email) is not None:
        raise UniquenessException(detail=TAKEN)
    _log(token, person, "address_waits")
    if person.is_active:
        claim_by_directory(person, email, str(token.directory))


def _changes(link: DirectoryPerson, said: PersonValues) -> dict[str, str]:
    """Columns of the account, with what they are to hold."""
    person, was = link.person, link.sent
    said_anew = {key for key, text in said.sent.items() if text != was.get(key, "")}
    values: dict[str, str] = {}
    is_renamed = not said.sent["email"] and said.user_name.lower() != link.user_name.lower()
    if "email" in said_anew or is_renamed:
        values["email"] = said.email
    if said_anew & {"display_name", "formatted", "given_name", "family_name"}:
        values["name"] = _called(said, was)
    if "family_name" in said_anew:
        values["family_name"] = said.family_name
    if "title" in said_anew:
        values["job_title"] = said.title
    return {name: value for name, value in values.items() if getattr(person, name) != value}


def _called(said: PersonValues, was: dict[str, str]) -> str:
    """The name that changed: the one that is shown before the whole, and that before its parts."""
    for key in ("display_name", "formatted"):
        if said.sent[key] and said.sent[key] != was.get(key, ""):
            return said.sent[key]
    parts = f"{said.sent['given_name']} {said.sent['family_name']}".strip()
    return parts if is_legible(parts) else said.name


# -- on and off --------------------------------------------------------------------------------------------------------
def _switch(token: DirectoryToken, link: DirectoryPerson, on: bool) -> None:
    """A directory says again and again that somebody is on: whom the hub team switched off stays off all the same."""
    person = link.person
    if on is person.is_active:
        return
    deed = SwitchContext(SwitchedBy.DIRECTORY, note=_note(token))
    if not on:
        _switch_off(person, deed)
    elif _is_theirs_to_bring_back(link):
        leaving.bring_back(person, deed)
    group_membership.follow([person.pk])


def _switch_off(person: User, deed: SwitchContext) -> None:
    if person.is_superuser:
        raise ForbiddenException(detail=HUB_TEAM)
    try:
        leaving.switch_off(person, deed)
    except leaving.CannotSwitchOff as refusal:
        raise ForbiddenException(detail=str(refusal)) from refusal


def _is_theirs_to_bring_back(link: DirectoryPerson) -> bool:
    departure = Departure.objects.filter(person=link.person, returned=None).first()
    return link.made if departure is None else departure.way == SwitchedBy.DIRECTORY


@transaction.atomic
def remove(token: DirectoryToken, link: DirectoryPerson) -> None:
    """The directory knows them no more: the account is off, and nobody is deleted."""
    if link.person.is_active:
        _switch_off(link.person, SwitchContext(SwitchedBy.DIRECTORY, note=_note(token)))
    link.removed = timezone.now()
    link.save(update_fields=["removed"])
    link.group_links.all().delete()
    _log(token, link.person, "removed")
    group_membership.follow([link.person_id])


def _note(token: DirectoryToken) -> str:
    return f"{token.directory}, {token.start}…"


def _log(token: DirectoryToken, person: User, deed: str, **data: object) -> None:
    """A directory is no person: the entry names it and its token."""
    log(instance=person, action=f"accounts.directory_{deed}", data={"directory": _note(token), **data})
