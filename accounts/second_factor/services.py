"""What changes somebody's second factor. Every function is one transaction."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.second_factor import notices, rule
from accounts.second_factor.models import FactorHelp
from accounts.sessions import services as sessions
from core.editors import is_hub_team
from people.models import User


class CannotHelp(Exception):
    """Why not, in a sentence."""


@transaction.atomic
def ask(person: User, by: User, reason: str) -> FactorHelp:
    """Say that somebody lost theirs. They are told; nothing is taken off before another person confirms it."""
    if person.pk == by.pk:
        raise CannotHelp(_("Somebody else of the hub team asks for you: this page is for helping others."))
    if not rule.has_one(person):
        raise CannotHelp(_("%(person)s has no second factor.") % {"person": person})
    _drop_old(person)
    try:
        with transaction.atomic():
            help_asked = FactorHelp.objects.create(person=person, asked_by=by, reason=reason)
    except IntegrityError:
        raise CannotHelp(_("This was asked already and waits for a second person.")) from None
    log(instance=person, action="accounts.factor_help_asked", user=by, data={"reason": reason})
    notices.tell_help_asked(person, by)
    return help_asked


@transaction.atomic
def confirm(pk: int, by: User) -> User:
    """The second person agrees: it is taken off, and all sessions end."""
    waiting = (
        FactorHelp.objects.select_for_update(of=("self",)).filter(pk=pk).select_related("person", "asked_by").first()
    )
    if waiting is None or waiting.confirmed_at or not FactorHelp.objects.open().filter(pk=pk).exists():
        raise CannotHelp(_("This no longer waits: it was confirmed, withdrawn, or is older than a week."))
    if by.pk in {waiting.asked_by_id, waiting.person_id}:
        raise CannotHelp(_("Somebody else of the hub team confirms this."))
    if waiting.asked_by is None or not is_hub_team(waiting.asked_by):
        raise CannotHelp(_("Whoever asked no longer belongs to the hub team. Withdraw this and ask anew."))
    waiting.confirmed_by, waiting.confirmed_at = by, timezone.now()
    waiting.save(update_fields=["confirmed_by", "confirmed_at"])
    take_off(waiting.person, by, {"asked_by": str(waiting.asked_by), "reason": waiting.reason})
    return waiting.person


@transaction.atomic
def withdraw(pk: int, by: User) -> None:
    waiting = (
        FactorHelp.objects.select_for_update(of=("self",))
        .filter(pk=pk, confirmed_at=None)
        .select_related("person")
        .first()
    )
    if waiting is None:
        raise CannotHelp(_("This no longer waits."))
    waiting.delete()
    log(instance=waiting.person, action="accounts.factor_help_withdrawn", user=by)


@transaction.atomic
def take_off(person: User, by: User | None, data: dict[str, str]) -> None:
    """Take the second factor off: the password alone lets them in, to set up another. The person is told."""
    Authenticator.objects.filter(user=person).delete()
    sessions.end_all(person)
    log(instance=person, action="accounts.factor_taken_off", user=by, data=data)
    notices.tell_taken_off(person, by)


def _drop_old(person: User) -> None:
    """What waited too long makes room for what is asked today."""
    waiting = FactorHelp.objects.filter(person=person, confirmed_at=None)
    waiting.exclude(pk__in=FactorHelp.objects.open().values("pk")).delete()
