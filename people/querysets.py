"""Querysets of people."""

from typing import Any

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string

from hub.audiences import AudienceQuerySet


class PersonQuerySet(AudienceQuerySet):
    """People, with the one rule for who may see them."""

    def shown_to(self, viewer: Any) -> "PersonQuerySet":
        """People who are here and whose page ``viewer`` may see: what the directory starts from."""
        return self.filter(is_active=True).visible_to(viewer)  # type: ignore[return-value]

    def named(self, words: str) -> "PersonQuerySet":
        """Those whose name, role or place holds every one of ``words`` (six at most)."""
        found = self
        for word in words.replace("\0", "").split()[:6]:
            found = found.filter(Q(name__icontains=word) | Q(role__icontains=word) | Q(location__icontains=word))
        return found

    def by_name(self) -> "PersonQuerySet":
        """In the order of a telephone book."""
        return self.order_by("last_name", "first_name", "pk")


class PersonManager(UserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes people: they sign in with an e-mail address, and one without can be given an address later."""

    def _create_user(self, email: str | None, password: str | None, **fields: Any) -> models.Model:
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> Any:
        """A person; without a password they cannot sign in until they set one."""
        return self._create_user(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Somebody of the small team that runs the hub."""
        fields.setdefault("name", email.split("@", maxsplit=1)[0].replace(".", " ").title())
        return self._create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


def new_calendar_key() -> str:
    """A secret address for one person's calendar feed."""
    return get_random_string(32)
