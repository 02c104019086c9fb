"""The way out of e-mails: one press in the mail program, or on a page, without signing in.

A look at the address changes nothing: what reads e-mails for viruses looks at every link (RFC 8058 asks for a POST).
"""

from typing import Any

from django.core import signing
from django.db import transaction

from core.notices import Timing
from notifications.mail.timing import importances_told
from notifications.models import Preferences
from people.models import User

SALT = "notifications.mail.stopping"


def signed(person: User, timing: Timing) -> str:
    """A word that stops the e-mails of this time to ``person``, and does nothing else."""
    return signing.dumps([person.pk, timing.value], salt=SALT)


def meant_by(word: str) -> tuple[Any, Timing]:
    """Whose e-mails a word stops, and which; BadSignature for any other word."""
    person, timing = signing.loads(word, salt=SALT)
    return person, Timing(timing)


@transaction.atomic
def stop(person_pk: int, timing: Timing) -> None:
    """No more e-mails of this time. What is new still stands in the inbox, and notices of security still come."""
    if not User.objects.filter(pk=person_pk).exists():
        return
    Preferences.objects.get_or_create(person_id=person_pk)
    mine = Preferences.objects.select_for_update().get(person=person_pk)
    for importance in importances_told(mine, timing):
        setattr(mine, importance, Timing.NEVER)
    mine.save()
