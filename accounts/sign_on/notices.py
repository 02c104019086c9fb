"""What somebody hears about their sign-on. Nobody can switch it off."""

from allauth.account.adapter import get_adapter
from django.db import transaction

from accounts.security_notices import JOINED, tell
from accounts.sign_on.providers import named
from people.models import User


def tell_joined(person: User, key: str) -> None:
    tell(JOINED, person)
    told = {"provider": named(key)}
    transaction.on_commit(lambda: get_adapter().send_account_notice("accounts/email/sign_on_joined", person, told))
