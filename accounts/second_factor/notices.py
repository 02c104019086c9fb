"""What somebody hears about their second factor. Nobody can switch these off."""

from allauth.account.adapter import get_adapter
from django.db import transaction

from accounts.security_notices import HELP_ASKED, TAKEN_OFF, tell
from people.models import User


def tell_help_asked(person: User, by: User) -> None:
    tell(HELP_ASKED, person, by)
    _tell("accounts/email/factor_help_asked", person, {"by": by})


def tell_taken_off(person: User, by: User | None) -> None:
    tell(TAKEN_OFF, person, by)
    _tell("accounts/email/factor_taken_off", person, {})


def _tell(template: str, person: User, context: dict[str, object]) -> None:
    transaction.on_commit(lambda: get_adapter().send_account_notice(template, person, context))
