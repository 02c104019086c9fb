"""Who signs in with what."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.db.models import Model

from core.editors import KNOWN, is_editor, is_let_in_by_a_group
from people import addresses
from people.models import User

ENTRY = "wagtailadmin.access_admin"


class WithEditors(ModelBackend):
    """Reads the account of a request together with whether it edits everything, which every page asks."""

    def get_user(self, user_id: int) -> User | None:
        account = User.objects.annotate(**{KNOWN: is_let_in_by_a_group()}).filter(pk=user_id).first()
        return account if account is not None and self.user_can_authenticate(account) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        """Into the editor come also those whom no group lets in: whoever writes for a community."""
        return (perm == ENTRY and obj is None and is_editor(user_obj)) or super().has_perm(user_obj, perm, obj)

    def user_can_authenticate(self, user: Any) -> bool:
        """Nobody after their last day, whether or not the account has been switched off since."""
        return super().user_can_authenticate(user) and not user.is_over


class ByProvedAddress(WithEditors, AuthenticationBackend):
    """Signs in with the account's own address; allauth's also took addresses that somebody had merely claimed."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        return self._check_password(addresses.owner_of(email), password)
