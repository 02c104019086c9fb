"""Erasing somebody: what every room says that goes does, and then the account with all that hangs on it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.personal_data.copying import held_of
from accounts.personal_data.models import ErasureRequest
from accounts.sessions import services as sessions
from core.holdings import HOLDINGS
from core.text import Words
from people.models import User


class CannotErase(Exception):
    """Somebody who cannot be erased by whoever asks; the message says why."""


def why_not(person: User, by: User) -> Words:
    """Why ``by`` cannot erase ``person``; nothing where they can."""
    if person.pk == by.pk:
        return _("Somebody else of the hub team has to erase what is held of you.")
    others = User.objects.here().filter(is_superuser=True).exclude(pk=person.pk)
    if person.is_superuser and not others.exists():
        return _("They are the last of the hub team. Let somebody else join it first.")
    return ""


@transaction.atomic
def erase(person: User, by: User) -> Sequence[tuple[str, int]]:
    """Erase somebody, and write in the log that it was done: a number, and how much of what, which is the answer."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if refusal := why_not(person, by):
        raise CannotErase(str(refusal))
    counts = [(one.holding.name, len(one.rows)) for one in held_of(person) if one.rows]
    sessions.end_all(person)
    for holding in HOLDINGS:
        if holding.erase is not None:
            holding.erase(person)
    title = f"{person._meta.verbose_name} {person.pk}"
    log(instance=person, action="accounts.erased", user=by, title=title, data={"held": dict(counts)})
    ErasureRequest.objects.filter(person=person).delete()
    person.delete()
    return counts
