"""Tokens of directories: made, found, withdrawn."""

import hmac
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.scim.models import Directory, DirectoryToken
from people.models import User

MARK = "fms_"  # by which scanners of leaked secrets know one
SHOWN = 9  # letters
NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def make(directory: Directory, name: str, scope: str, days: int, by: User) -> str:
    """A new token, which is shown once and kept nowhere."""
    secret = MARK + token_urlsafe(32)
    ends = timezone.now() + timedelta(days=days)
    token = DirectoryToken.objects.create(
        directory=directory,
        name=name,
        scope=scope,
        ends=ends,
        digest=digest_of(secret),
        start=secret[:SHOWN],
        made_by=by,
    )
    _log(token, "made", by)
    return secret


@transaction.atomic
def withdraw(token: DirectoryToken, by: User) -> None:
    """It opens nothing from now on."""
    if token.withdrawn is None:
        token.withdrawn = timezone.now()
        token.save(update_fields=["withdrawn"])
        _log(token, "withdrawn", by)


def find(secret: str) -> DirectoryToken | None:
    """The token that was sent, as long as it is good. It is looked for by its digest, so that the time that this takes
    says nothing of what is kept.
    """
    digest = digest_of(secret)
    token = DirectoryToken.objects.select_related("directory").filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest) or not token.is_good:
        return None
    return token


def note_use(token: DirectoryToken) -> None:
    """When it was used last, to within five minutes."""
    now = timezone.now()
    if token.last_used is None or now - token.last_used > NOTED_EVERY:
        DirectoryToken.objects.filter(pk=token.pk).update(last_used=now)


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _log(token: DirectoryToken, deed: str, by: User) -> None:
    data = {"name": token.name, "start": token.start, "scope": token.scope, "ends": token.ends.isoformat()}
    log(instance=token.directory, action=f"accounts.token_{deed}", user=by, data=data)
