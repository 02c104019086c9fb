"""Who from outside takes part in one conversation."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability, Stage
from communities.models import CommunityPage, Membership
from communities.rights import communities_where
from conversations.models.talk import Conversation
from core.audiences import Viewer
from core.fields import LineField
from people.choices import PersonKind
from people.models import User

READ_ON = timedelta(days=14)
"""How long guests read what was closed, so that they read how it ended."""
TALKING = (Stage.PROPOSED, Stage.PILOT, Stage.ACTIVE, Stage.PAUSED)


class GuestQuerySet(models.QuerySet[Any]):
    """Guests, each of one conversation."""

    def going_on(self) -> "GuestQuerySet":
        """Those whose stay nobody has ended, and whose last day has not passed."""
        return self.filter(ended=None, until__gte=timezone.localdate())

    def where_invited(self) -> "GuestQuerySet":
        """Those whose conversation stands where they were invited to it: neither moved nor put into another one."""
        return self.filter(conversation__community=F("community"), conversation__merged_into=None)

    def answered_for(self) -> "GuestQuerySet":
        """Those for whom somebody of the organisation answers who belongs to the community, or is its sponsor."""
        belongs = Membership.objects.active().filter(person=OuterRef("sponsor"), community=OuterRef("community"))
        here = Q(sponsor__is_active=True, sponsor__kind=PersonKind.STAFF)
        return self.filter(here, Q(community__sponsor=F("sponsor")) | Exists(belongs))

    def admitted(self) -> "GuestQuerySet":
        """Those who read it at this moment. Nothing has to be written for that to end: neither at night, nor when the
        conversation is closed or moved, nor when their sponsor leaves.
        """
        open_or_just_closed = Q(conversation__closed=None) | Q(conversation__closed__gt=timezone.now() - READ_ON)
        talks = Q(community__live=True, community__stage__in=TALKING, conversation__community=F("community"))
        outside = Q(person__is_active=True) & ~Q(person__kind=PersonKind.STAFF)
        return self.going_on().answered_for().filter(open_or_just_closed, talks, outside)

    def shown_to(self, viewer: Viewer) -> "GuestQuerySet":
        """Those whom ``viewer`` sees to: as their sponsor, or because they may invite there."""
        conversations = Conversation.objects.shown_to(viewer).order_by().values("pk")
        inviting = communities_where(viewer, Capability.INVITE_OUTSIDE).order_by().values("pk")
        mine = self.filter(Q(sponsor=viewer.pk, sponsor__isnull=False) | Q(community__in=inviting))
        return mine.filter(conversation__in=conversations).select_related("person")

    def forgettable(self) -> "GuestQuerySet":
        """Those whose stay has been over for long enough."""
        before = timezone.now() - timedelta(days=90)
        return self.filter(Q(ended__lt=before) | Q(until__lt=timezone.localdate(before)))


class Guest(models.Model):
    """Somebody from outside in one conversation: by whose invitation, who answers for them, what for and until when.

    ``person`` is nobody until an account is known to belong to the address.
    """

    changes_pages = False  # the row of the conversation is saved with it

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="guests")
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="+")
    """The one that invited them. Where the conversation is moved to another one, that has invited nobody."""
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="guest_places")
    sponsor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    purpose = LineField(_("why they are here"), max_length=200)
    until = models.DateField(_("last day"))
    since = models.DateTimeField(default=timezone.now)
    """When they were invited last."""
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    came = models.DateTimeField(null=True, blank=True, editable=False)
    """When they first opened it. Before that, nobody is told that the address has an account."""
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_for = models.DateField(null=True, blank=True, editable=False)
    """The last day about which somebody was asked by a notice."""

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("conversation", "email"), condition=Q(ended=None), name="an_address_is_a_guest_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=("person", "ended"), name="guest_places_of_a_person")]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.email}"

    @property
    def title(self) -> str:
        """What it is called to whoever sees to it."""
        return self.name

    @property
    def url(self) -> str:
        return reverse("conversations:guests", args=[self.conversation_id])

    @property
    def in_full(self) -> str:
        """Who they are and where from, for those who read with them."""
        organisation = self.person.organisation if self.person else ""
        return f"{self.name} ({organisation})" if organisation else self.name

    @property
    def name(self) -> str:
        """As others read it: the address until they came."""
        return str(self.person) if self.person and self.came else self.email
