"""The catalogue of roles, what each asks in writing, and who holds which."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import FACILITATOR, Capability
from communities.models.capabilities_field import CapabilitiesField
from communities.models.qualifications import Qualification
from communities.models.role_querysets import HoldingQuerySet, RoleQuerySet
from core.fields import NameField
from core.versions import ShownWithOwner, Versioned
from people.models import User


class Role(Versioned, models.Model):
    """A named part that people have in communities. Whoever is a member and no more holds none."""

    name = NameField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, editable=False)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=50, help_text=_("The place in lists: 10 stands before 20. It says nothing about seniority.")
    )
    what_for = models.TextField(_("what it is for"), max_length=400, blank=True)
    capabilities = CapabilitiesField(
        _("what it allows"), help_text=_("In each community in which somebody holds it, for as long as they do.")
    )

    qualifications = models.ManyToManyField(
        Qualification,
        verbose_name=_("what it demands"),
        blank=True,
        related_name="roles",
        help_text=_("Whoever holds the role without one of these, verified and not ended, has it suspended at once."),
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering: ClassVar = ("rank", "name")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_stewarding(self) -> bool:
        """Whether it lets its holders manage the community."""
        return Capability.MANAGE_MEMBERS in self.capabilities

    @property
    def is_standing(self) -> bool:
        """Whether every hub has it, so that it stays."""
        return self.slug == FACILITATOR


class Responsibilities(models.Model):
    """What a role asks of people, in writing: one version of it. What was accepted once is never written over."""

    changes_pages = False
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="responsibilities")
    number = models.PositiveIntegerField()
    text = models.TextField(_("responsibilities"), max_length=5000)
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("responsibilities")
        verbose_name_plural = _("responsibilities")
        ordering: ClassVar = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("role", "number"), name="each_version_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.number}"


class Holding(ShownWithOwner, models.Model):
    """Somebody holds a role in a community, from when until when, and what they said to what it asks of them.

    On a membership that is no active one, such as that of somebody who is invited, it waits and opens nothing.
    """

    version_kind = "members"
    version_owner = "membership"
    membership = models.ForeignKey("communities.Membership", on_delete=models.CASCADE, related_name="holdings")
    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="holdings")
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    answered = models.ForeignKey(Responsibilities, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The version of what the role asks that they answered last."""
    answered_at = models.DateTimeField(null=True, blank=True)
    accepts = models.BooleanField(default=False)
    reason = models.CharField(_("why not"), max_length=400, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder of a role")
        verbose_name_plural = _("holders of roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("membership", "role"), condition=Q(until=None), name="a_role_is_held_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_role_ends_after_it_began"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("membership", "until"), name="roles_of_a_membership")]

    def __str__(self) -> str:
        return f"{self.role}: {self.membership_id}"

    @property
    def is_declined(self) -> bool:
        """Whether they said no to what it asks: it opens nothing until they accept."""
        return self.answered_at is not None and not self.accepts


class EarlierAnswer(models.Model):
    """What somebody had said to an older version of what a role asks, or before they thought again."""

    changes_pages = False
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="earlier_answers")
    version = models.ForeignKey(Responsibilities, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    accepts = models.BooleanField()
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("earlier answer")
        verbose_name_plural = _("earlier answers")
        indexes: ClassVar = [models.Index(fields=("holding", "at"), name="earlier_answers_of_a_holding")]

    def __str__(self) -> str:
        return f"{self.holding_id}: {self.at}"
