"""The way out of e-mails: one press in the mail program, or on a page, without signing in.

A look at the address changes nothing: what reads e-mails for viruses looks at every link (RFC 8058 asks for a POST).
"""

from typing import Any

from django.core import signing
from django.db import transaction

from core.notices import Importance, Timing
from notifications.mail.timing import importances_told
from notifications.models import Preferences
from people.models import User

SALT = "notifications.mail.stopping"
SALT_BACK = f"{SALT}.back"
UNDONE_WITHIN = 24 * 60 * 60  # seconds
Before = dict[str, str]  # what was chosen for each importance that was stopped


def signed(person: User, timing: Timing) -> str:
    """A word that stops the e-mails of this time to ``person``, and does nothing else."""
    return signing.dumps([person.pk, timing.value], salt=SALT)


def meant_by(word: str) -> tuple[Any, Timing]:
    """Whose e-mails a word stops, and which; BadSignature for any other word."""
    person, timing = signing.loads(word, salt=SALT)
    return person, Timing(timing)


def is_stopped(person_pk: int, timing: Timing) -> bool:
    """Whether none of them comes any more."""
    mine = Preferences.objects.filter(person=person_pk).first()
    return mine is not None and not importances_told(mine, timing)


@transaction.atomic
def stop(person_pk: int, timing: Timing) -> Before:
    """No more e-mails of this time. What is new still stands in the inbox, and notices of security still come.

    What was chosen before, for whoever takes it back.
    """
    if not User.objects.filter(pk=person_pk).exists():
        return {}
    Preferences.objects.get_or_create(person_id=person_pk)
    mine = Preferences.objects.select_for_update().get(person=person_pk)
    before = {str(importance): getattr(mine, importance) for importance in importances_told(mine, timing)}
    for importance in before:
        setattr(mine, importance, Timing.NEVER)
    mine.save()
    return before


def way_back(word: str, before: Before) -> str:
    """A word that takes back what ``word`` stopped, for a day, and does nothing else."""
    return signing.dumps([word, before], salt=SALT_BACK) if before else ""


def meant_by_way_back(word: str, back: str) -> Before:
    """What was chosen before ``word`` was pressed; nothing for any other word, or a day later."""
    try:
        stopped, before = signing.loads(back, salt=SALT_BACK, max_age=UNDONE_WITHIN)
    except signing.BadSignature:
        return {}
    known = {importance.value for importance in Importance}
    return {name: said for name, said in before.items() if name in known} if stopped == word else {}


@transaction.atomic
def take_back(person_pk: int, before: Before) -> None:
    """As it was before; what its reader chose anew meanwhile stays."""
    mine = Preferences.objects.select_for_update().filter(person=person_pk).first()
    if mine is None:
        return
    for importance, said in before.items():
        if getattr(mine, importance) == Timing.NEVER:
            setattr(mine, importance, said)
    mine.save()
