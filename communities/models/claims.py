"""People who asked to be named as somebody who knows about a topic, and what their community said to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import ClaimState
from communities.models.claim_querysets import ClaimQuerySet
from communities.models.pages import CommunityPage
from communities.models.qualifications import ToldEnd
from core.models import Topic
from people.models import User

LONGEST = 1000  # letters
NOT_ANSWERED = Q(decided_at=None, decided_name="", reason="", until=None)
ANSWERED = Q(decided_at__isnull=False) & ~Q(decided_name="") & ~Q(reason="")
NOT_WITHDRAWN = Q(withdrawn_at=None, withdrawn_name="", withdrawal="")
WITHDRAWN = ANSWERED & Q(until__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_name="")


class Claim(models.Model):
    """Somebody asks to be named as knowing about a topic of a community of theirs; its stewards say yes or no, and why.

    Nobody answers their own; the database refuses it. ``until`` is the last day on which a yes counts: it is looked at
    again by then. A no has none. Its state follows from what is filled in and from the moment.
    """

    changes_pages = False  # what they speak for is asked of search; those whom an answer concerns are told

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="claims")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="claims")
    words = models.TextField(_("what shows it"), max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_name = models.CharField(max_length=255, blank=True, editable=False)
    reason = models.CharField(_("the reason"), max_length=400, blank=True)
    until = models.DateField(_("looked at again by"), null=True, blank=True)

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_name = models.CharField(max_length=255, blank=True, editable=False)
    withdrawal = models.CharField(_("why it was withdrawn"), max_length=400, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("naming of somebody who knows")
        verbose_name_plural = _("namings of people who know")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="nobody_names_themselves"
            ),
            models.CheckConstraint(condition=NOT_ANSWERED | ANSWERED, name="a_claim_is_answered_with_a_reason"),
            models.CheckConstraint(condition=NOT_WITHDRAWN | WITHDRAWN, name="only_a_yes_is_withdrawn_by_somebody"),
            models.UniqueConstraint(
                fields=("person", "community", "topic"), condition=Q(decided_at=None), name="a_claim_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} knows about {self.topic_id}"

    def get_absolute_url(self) -> str:
        return reverse("claims:claim", args=[self.pk])

    @property
    def state(self) -> ClaimState:
        """Where it is now: ``ClaimQuerySet.counting`` asks the same of the database."""
        if self.decided_at is None:
            return ClaimState.WAITING
        if self.until is None:
            return ClaimState.REFUSED
        if self.withdrawn_at is not None:
            return ClaimState.WITHDRAWN
        return ClaimState.LAPSED if self.until < timezone.localdate() else ClaimState.NAMED

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None

    @property
    def counts(self) -> bool:
        return self.state is ClaimState.NAMED

    @property
    def can_be_renewed(self) -> bool:
        return self.state in {ClaimState.NAMED, ClaimState.LAPSED}


class ClaimEvidence(models.Model):
    """One thing that shows it: a thing of the hub by the key under which search knows it, or, without one, the words.

    Each speaks for the person to those who may see it, and to nobody else. That is why each is a row of its own.
    """

    changes_pages = False

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="shown")
    thing = models.CharField(max_length=200, blank=True)
    thing_pk = models.PositiveBigIntegerField(null=True, editable=False)
    """The number in ``thing``, so that a change of the thing finds it."""

    class Meta:
        verbose_name = _("evidence of somebody who knows")
        verbose_name_plural = _("evidence of people who know")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("claim", "thing"), name="each_thing_shows_a_claim_once")
        ]

    def __str__(self) -> str:
        return self.thing or "in words"


class ToldClaimEnds(ToldEnd):
    thing = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("thing", "until", "days"), name="the_end_of_a_claim_is_told_once")
        ]
