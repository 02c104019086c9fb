"""Querysets of people."""

from typing import Any

from django.contrib.auth.models import UserManager
from django.db import models, transaction

from core.alters_data import alters_data
from core.audiences import AudienceQuerySet, Viewer
from core.text import is_legible
from people.choices import PersonKind
from people.fields import one_address
from people.names import plain_words
from people.presence import people_going, presence_changed

FOUND_BY = frozenset({"name", "called", "family_name", "job_title", "location"})


class PersonQuerySet(AudienceQuerySet):
    """People, with the one rule for who may see them."""

    def here(self) -> "PersonQuerySet":
        """Those whose accounts are on."""
        return self.filter(is_active=True)

    def shown_to(self, viewer: Viewer) -> "PersonQuerySet":
        """People who are here and whose page ``viewer`` may see: what the directory starts from."""
        return self.filter(is_active=True).visible_to(viewer)  # type: ignore[return-value]  # it stays of this class

    def mark_visible_to(self, viewer: Viewer) -> "PersonQuerySet":
        """A name that stays where somebody wrote something is no link once their page is gone."""
        is_here = models.Q(is_active=True) & self._rule(viewer)
        return self.annotate(is_visible=models.ExpressionWrapper(is_here, models.BooleanField()))

    def named(self, words: str) -> "PersonQuerySet":
        """Those whose name, job title or place holds every one of ``words`` (six at most), accents and signs aside."""
        asked = plain_words(words)[:6]
        if words.strip() and not asked:
            return self.none()
        found = self
        for word in asked:
            found = found.filter(words_to_find__contains=word)
        return found

    def by_name(self) -> "PersonQuerySet":
        """In the order of a telephone book."""
        return self.order_by("sort_name", "pk")

    @alters_data
    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        """All of it or nothing, with the people's rows locked first."""
        these = self.model._base_manager.using(self.db).filter(pk__in=list(self.values_list("pk", flat=True)))
        locked = these.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
        people_going.send(self.model, people=list(locked))
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's mark

    @alters_data
    @transaction.atomic
    def update(self, **fields: object) -> int:
        """What follows from a name or from an account that is switched off or on follows here as in ``save()``."""
        if "is_active" not in fields:
            return self._update_with_names(**fields)
        before = dict(self.values_list("pk", "is_active"))
        changed = self._update_with_names(**fields)
        after = dict(self.model._default_manager.filter(pk__in=before).values_list("pk", "is_active"))
        if people := [pk for pk, is_here in after.items() if is_here != before[pk]]:
            presence_changed.send(self.model, people=people)
        return changed

    def _update_with_names(self, **fields: object) -> int:
        """What a name is found and sorted by follows it."""
        if FOUND_BY.isdisjoint(fields):
            return super().update(**fields)
        keys = list(self.values_list("pk", flat=True))
        changed = super().update(**fields)
        for person in self.model._default_manager.using(self.db).filter(pk__in=keys):
            following = {"sort_name": person.own_sort_name(), "words_to_find": person.own_words_to_find()}
            type(self)(self.model, using=self.db).filter(pk=person.pk).update(**following)
        return changed


class PersonManager(UserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made by Django
    """Makes people: they sign in with an e-mail address, and one without can be given an address later."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return one_address(email or "")

    def _create_user(self, email: str | None, password: str | None, **fields: Any) -> models.Model:
        if not is_legible(fields.get("name", "")) or fields.get("kind") not in PersonKind.values:
            raise ValueError("A person needs a name, and a kind that says where they belong.")
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> Any:
        """A person; without a password they cannot sign in until they set one."""
        return self._create_user(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Somebody of the small team that runs the hub: of the organisation, unless ``kind`` says otherwise."""
        fields.setdefault("kind", PersonKind.STAFF)
        fields.setdefault("name", email.split("@", maxsplit=1)[0].replace(".", " ").title())
        return self._create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})
