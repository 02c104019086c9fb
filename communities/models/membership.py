"""One person in one community."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from communities.choices import State
from communities.models.membership_querysets import MembershipQuerySet, invited_since
from communities.models.pages import CommunityPage
from communities.models.roles import Holding, Role
from core.fields import LineField
from core.versions import PERSON, SITE, Versioned, keys_named
from people.models import User


class Membership(Versioned, models.Model):
    """One person in one community, from when until when, in which part.

    Only an active one holds a place and opens anything. A person whose account is switched off is *away* in each of
    their communities, and ``resumes`` says what they come back to.
    """

    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    note = LineField(_("in their own words"), max_length=160, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    joined = models.DateTimeField(_("a member since"), null=True, blank=True, editable=False)
    """When they became a member, which may be long after they asked or were invited; nothing for who never was one."""
    until = models.DateTimeField(_("until"), null=True, blank=True)
    resumes = models.CharField(_("comes back as"), max_length=10, choices=State.choices, blank=True, editable=False)
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = LineField(_("what they were answered"), max_length=300, blank=True)
    reason = models.CharField(_("why they were removed"), max_length=400, blank=True)
    known_as = models.CharField(max_length=255, blank=True, editable=False)
    """What the community was called when the membership ended: its new names are for members."""
    reason_read = models.DateTimeField(_("read by them"), null=True, blank=True)

    version_kind = "members"
    was_removed = False  # filled in by ``last_of``: whether others ended one of the person's memberships here

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("community", "person"), condition=~Q(state="ended"), name="one_membership_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="ended") ^ Q(until__isnull=True), name="ended_memberships_have_an_end"
            ),
            models.CheckConstraint(
                condition=Q(state="paused") ^ Q(resumes=""), name="who_is_away_comes_back_as_something"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(joined__isnull=False), name="members_joined_at_some_moment"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("person", "state"), name="memberships_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.community}"

    def save(self, **kwargs: Any) -> None:
        """Whoever is a member became one at some moment."""
        if self.note_joined() and kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "joined"}
        super().save(**kwargs)

    def note_joined(self) -> bool:
        """Whether this was new: a membership that is made as a member's is one since it says so, another since now."""
        if not self.is_active or self.joined is not None:
            return False
        self.joined = self.since if self._state.adding else timezone.now()
        return True

    @property
    def version_scope(self) -> str:
        return f"members:{self.community_id}"

    def version_scopes(self) -> set[str]:
        return {*super().version_scopes(), f"{PERSON}{self.person_id}"}

    @classmethod
    def version_scopes_of(cls, rows: QuerySet[Any], values: Mapping[str, Any]) -> set[str]:
        pairs = list(rows.order_by().values_list("community_id", "person_id"))
        after = keys_named(values, "community", "community_id")
        if after is None:
            return {SITE}
        these = {f"members:{pk}" for pk in (*(community for community, _person in pairs), *after)}
        return these | {f"{PERSON}{pk}" for _community, pk in pairs} | super().version_scopes_of(rows, values)

    @property
    def is_active(self) -> bool:
        return self.state == State.ACTIVE

    # -- roles ---------------------------------------------------------------------------------------------------------
    @property
    def roles(self) -> list[Role]:
        """The roles that are in effect, highest first. Lists fetch them with ``with_roles``."""
        return [holding.role for holding in self.roles_in_effect()]

    def roles_in_effect(self) -> "list[Holding]":
        held = self.__dict__.get("roles_now")
        return list(Holding.objects.in_effect().filter(membership=self.pk).shown()) if held is None else held

    @property
    def role_names(self) -> str:
        """What stands beside the person's name; nothing where they are a member and no more."""
        return ", ".join(str(role) for role in self.roles)

    @property
    def mark(self) -> str:
        """The same in long lists, which know only the highest of the roles."""
        known = self.__dict__
        return known["top_role"] or "" if "top_role" in known and "roles_now" not in known else self.role_names

    @property
    def has_roles(self) -> bool:
        """Whether they hold, held or were offered any: nothing follows for whoever was always a member and no more."""
        known: bool | None = self.__dict__.get("holds")
        return Holding.objects.filter(membership=self.pk).exists() if known is None else known

    @property
    def is_steward(self) -> bool:
        """Whether a role that they hold lets them manage the community."""
        if not self.is_active:
            return False
        known: bool | None = self.__dict__.get("manages")  # filled in by ``marked``
        return any(role.is_stewarding for role in self.roles) if known is None else known

    def forget_roles(self) -> None:
        """They have changed."""
        for known in ("roles_now", "manages"):
            self.__dict__.pop(known, None)

    @property
    def ended_name(self) -> str:
        """What the community is called to whoever was removed."""
        return self.known_as or gettext("a community")

    @property
    def has_expired(self) -> bool:
        """Whether this is an invitation that was not answered in time."""
        return self.state == State.INVITED and self.since < invited_since()
