"""Whom somebody invited, and what became of it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.querysets import InvitationQuerySet
from communities.models import CommunityPage, Role
from communities.models.membership_querysets import INVITED_FOR, invited_since
from core.fields import LineField
from core.versions import Versioned
from people.choices import PersonKind
from people.models import User


class Invitation(Versioned, models.Model):
    """What somebody typed to invite a person: an address, whether or not anybody signs in with it.

    Facilitators read a list of these, so that it says nothing about who has an account. Whoever has one is asked in the
    hub, by an invited membership beside it; everybody else gets a link by e-mail, of which only a digest is kept.
    """

    email = models.EmailField(_("e-mail address"))
    name = LineField(_("name"), max_length=200, blank=True)
    kind = models.CharField(_("where they belong"), max_length=10, choices=PersonKind.choices)
    organisation = LineField(_("organisation"), max_length=250, blank=True)
    community = models.ForeignKey(
        CommunityPage, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("role"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    into = models.CharField(max_length=60, blank=True, editable=False)
    """The key of one thing that they are invited to and to nothing else; a room above says who may."""
    word = models.TextField(_("a word to them"), max_length=600, blank=True)
    sponsor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    purpose = LineField(_("why they are here"), max_length=200, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    vouched_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who of the hub team sent it on, and so answers for it instead of whoever invited."""
    since = models.DateTimeField(_("since"), default=timezone.now)
    outcome = models.CharField(max_length=10, choices=InvitationOutcome.choices, default=InvitationOutcome.OPEN)
    ended = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_held = models.BooleanField(default=False)
    declined = models.DateTimeField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    link_until = models.DateTimeField(null=True, blank=True)

    version_kind = "invitations"
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("community", "email"), condition=Q(outcome="open"), name="an_address_is_invited_once"
            ),
            models.UniqueConstraint(
                fields=("email", "into"),
                condition=Q(outcome="open", community__isnull=True),
                name="an_address_is_invited_once_to_the_hub",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open") ^ Q(ended__isnull=False), name="an_invitation_that_is_over_has_an_end"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("-since", "-id"), name="invitations_newest_first")]

    def __str__(self) -> str:
        return f"{self.email} – {self.community or _('the hub')}"

    @property
    def role_name(self) -> str:
        """As what they are invited."""
        return str(self.role or _("Member"))

    @property
    def until(self) -> datetime:
        """Until when it can be answered; the link in an e-mail is good for a shorter time, and can be sent again."""
        return self.since + INVITED_FOR

    @property
    def is_open(self) -> bool:
        return self.outcome == InvitationOutcome.OPEN and self.since >= invited_since()

    @property
    def has_link(self) -> bool:
        """Whether a link is on its way that opens something now."""
        return bool(self.token_digest and self.link_until and self.link_until > timezone.now())

    @property
    def answers_for_it(self) -> User | None:
        return self.vouched_by or self.invited_by
