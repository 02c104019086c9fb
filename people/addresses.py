"""E-mail addresses: which one is somebody's, and how another takes its place.

``User.email`` is the proved address, and the only one that identifies: sign-in, new passwords, invitations and what is
shown ask for nothing else. An unverified ``EmailAddress`` is a claim. It waits for its proof and counts for nothing.
"""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from people.fields import one_address
from people.models import User


class AddressTaken(Exception):
    """The address belongs to somebody else by now."""


def owner_of(email: str) -> User | None:
    """Whose address this is, in whatever letters it is written."""
    if not email or "\0" in email:
        return None
    return User.objects.filter(email=one_address(email)).first()


def has_signed_in(person: User) -> bool:
    """Whether they have a way in of their own; an account that was made from a file has none until they answer."""
    return person.last_login is not None or person.has_usable_password()


def claim_for(request: HttpRequest, person: User, email: str, by: User) -> None:
    """Let ``email`` wait to take the place of somebody's address, and tell the old one who says so.

    They prove it as one that they claimed themselves: signed in, by the link that is sent there.
    """
    EmailAddress.objects.add_new_email(request, person, email)
    get_adapter(request).send_account_notice("account/email/email_asked_for", person, {"claimed": email, "by": by})


def claim_by_directory(person: User, email: str, directory: str) -> None:
    """The same where ``directory`` says so: there is no page on which a message could stand."""
    request = context.request
    claim = EmailAddress.objects.add_new_email(request, person, email, send_verification=False)
    told = {"claimed": email, "directory": directory}

    def send() -> None:
        with context.request_context(request):
            claim.send_confirmation(request)
            get_adapter().send_account_notice("account/email/email_asked_for", person, told)

    transaction.on_commit(send, robust=True)


@transaction.atomic
def settle(person: User) -> None:
    """Let allauth's rows say what ``person.email`` says, however it was written: screen, command, import.

    The row of the address is there, proved and primary; whoever else claimed it loses the claim.
    """
    email = (person.email or "").lower()
    mine = EmailAddress.objects.filter(user=person)
    mine.exclude(email=email).filter(verified=True).delete()
    if not email:
        return
    EmailAddress.objects.filter(email=email).exclude(user=person).delete()
    mine.exclude(email=email).filter(primary=True).update(primary=False)
    row, made = mine.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    if not made and not (row.verified and row.primary):
        mine.filter(pk=row.pk).update(verified=True, primary=True)


def prove(claim: EmailAddress) -> str:
    """Let a claimed address take the place of its person's old one, which is the answer.

    Raises ``AddressTaken``, and forgets the claim, where the address is somebody else's by now.
    """
    person, before = claim.user, claim.user.email or ""
    owner = owner_of(claim.email)
    is_free = owner is None or owner.pk == person.pk
    if not (is_free and _take(person, claim.email)):
        EmailAddress.objects.filter(pk=claim.pk, verified=False).delete()
        raise AddressTaken
    claim.refresh_from_db()
    return before


def _take(person: User, email: str) -> bool:
    """Whether the address could be taken; nobody may have been quicker."""
    try:
        with transaction.atomic():
            person.email = one_address(email)
            person.save(update_fields=["email"])
            drop_claims(person)
            settle(person)
    except IntegrityError:
        return False
    return True


def drop_claims(person: User) -> None:
    """Forget the addresses that wait for their proof."""
    EmailAddress.objects.filter(user=person, verified=False).exclude(email=(person.email or "").lower()).delete()
