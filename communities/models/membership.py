"""One person in one community."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.pages import CommunityPage
from communities.querysets import MembershipQuerySet
from hub.fields import LineField
from people.models import User


class State(models.TextChoices):
    """Where a membership is."""

    ASKED = "asked", _("Asked to join")
    ACTIVE = "active", _("Member")
    WAITING = "waiting", _("Waiting for a place")
    ENDED = "ended", _("Left")


class Role(models.TextChoices):
    """The part that somebody has. In this order they stand in lists."""

    FACILITATOR = "facilitator", _("Facilitator")
    MEMBER = "member", _("Member")


class Membership(models.Model):
    """One person in one community, from when until when, in which part."""

    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.MEMBER)
    note = LineField(_("in their own words"), max_length=160, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

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
        ]
        indexes: ClassVar = [models.Index(fields=("person", "state"), name="memberships_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.community}"

    @property
    def is_active(self) -> bool:
        return self.state == State.ACTIVE

    @property
    def is_facilitator(self) -> bool:
        return self.is_active and self.role == Role.FACILITATOR

    def welcome(self) -> str:
        """What the person reads after asking to join."""
        words = {
            State.ACTIVE: _("You’re in. %(community)s is now among your communities."),
            State.ASKED: _("You asked to join %(community)s. A facilitator will answer."),
            State.WAITING: _("%(community)s is full. You are on the waiting list and come in when a place is free."),
        }
        return str(words[State(self.state)]) % {"community": self.community.title}
