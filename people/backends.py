"""Who signs in with what."""

from allauth.account.auth_backends import AuthenticationBackend

from people import addresses
from people.models import User


class ByProvedAddress(AuthenticationBackend):
    """Signs in with the account's own address; allauth's also took addresses that somebody had merely claimed."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        return self._check_password(addresses.owner_of(email), password)
