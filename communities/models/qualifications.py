"""The catalogue of qualifications, and who was awarded which."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import AwardState
from communities.models.award_querysets import AwardQuerySet
from core.fields import NameField
from core.versions import PERSON, SITE, Versioned
from people.models import User

NOT_DECIDED = Q(decided_at=None, decided_name="", refusal="")
DECIDED = Q(decided_at__isnull=False) & ~Q(decided_name="")
KEPT = Q(withdrawn_at=None, withdrawn_name="", withdrawal="")
WITHDRAWN = DECIDED & Q(refusal="", withdrawn_at__isnull=False) & ~Q(withdrawn_name="") & ~Q(withdrawal="")


class Qualification(Versioned, models.Model):
    """Something that a role can demand of whoever holds it."""

    name = NameField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    what_for = models.TextField(
        _("what it is for"), max_length=400, blank=True, help_text=_("And what counts as evidence.")
    )
    months = models.PositiveSmallIntegerField(
        _("holds for how many months"),
        null=True,
        blank=True,
        help_text=_("How long it usually holds. Empty: it does not end."),
    )

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering: ClassVar = ("name",)

    def __str__(self) -> str:
        return str(self.name)


class Award(Versioned, models.Model):
    """Somebody's qualification: since when, until when, on what evidence, and who verified it.

    Nobody verifies their own; the database refuses it. ``until`` is the last day on which it counts. Its state follows
    from what is filled in and from the moment.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="awards")
    qualification = models.ForeignKey(
        Qualification, verbose_name=_("qualification"), on_delete=models.PROTECT, related_name="awards"
    )
    evidence = models.TextField(_("evidence"), max_length=1000, blank=True)
    link = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    awarded_on = models.DateField(_("awarded on"))
    until = models.DateField(_("until"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    decided_at = models.DateTimeField(_("verified or refused"), null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_name = models.CharField(max_length=255, blank=True, editable=False)
    refusal = models.CharField(_("why it was not verified"), max_length=400, blank=True)

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_name = models.CharField(max_length=255, blank=True, editable=False)
    withdrawal = models.CharField(_("why it was withdrawn"), max_length=400, blank=True)

    version_kind = "members"

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award of a qualification")
        verbose_name_plural = _("awards of qualifications")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="nobody_verifies_their_own"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("awarded_on")), name="an_award_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(evidence="", link=""), name="an_award_has_evidence"),
            models.CheckConstraint(condition=NOT_DECIDED | DECIDED, name="an_award_is_verified_by_a_named_person"),
            models.CheckConstraint(condition=KEPT | WITHDRAWN, name="a_withdrawn_award_has_a_person_and_a_reason"),
            models.UniqueConstraint(
                fields=("person", "qualification"), condition=Q(decided_at=None), name="evidence_waits_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("person", "qualification"), name="awards_of_a_person")]

    def __str__(self) -> str:
        return f"{self.qualification}: {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("qualifications:award", args=[self.pk])

    # -- what depends on it --------------------------------------------------------------------------------------------
    def version_scopes(self) -> set[str]:
        return {self.version_kind, *scopes_of([self.person_id])}

    @classmethod
    def version_scopes_of(cls, rows: QuerySet[Any], values: Mapping[str, Any]) -> set[str]:
        if {"person", "person_id"}.intersection(values):
            return {SITE}
        return {cls.version_kind, *scopes_of(rows.order_by().values_list("person_id", flat=True))}

    # -- what it says --------------------------------------------------------------------------------------------------
    def state_at(self, at: datetime) -> AwardState:
        """Where it is at that moment: the same as ``querysets.states`` says in the database."""
        if self.decided_at is None:
            return AwardState.WAITING
        if self.refusal:
            return AwardState.REFUSED
        if self.withdrawn_at is not None and self.withdrawn_at <= at:
            return AwardState.WITHDRAWN
        return AwardState.LAPSED if self.until and self.until < timezone.localdate(at) else AwardState.VERIFIED

    @property
    def state(self) -> AwardState:
        return self.state_at(timezone.now())

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None

    @property
    def counts(self) -> bool:
        return self.state is AwardState.VERIFIED

    @property
    def ended_on(self) -> date | None:
        """The last day on which it counted, where it counts no more."""
        state = self.state
        if state is AwardState.WITHDRAWN and self.withdrawn_at:
            return timezone.localdate(self.withdrawn_at)
        return self.until if state is AwardState.LAPSED else None


class ToldEnd(models.Model):
    """That people were told so many days ahead that something ends. Whoever wrote the row, by its claim, tells."""

    changes_pages = False
    until = models.DateField()
    days = models.SmallIntegerField()
    claim = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.until}: {self.days}"


class ToldAwardEnds(ToldEnd):
    thing = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("thing", "until", "days"), name="the_end_of_an_award_is_told_once")
        ]


class ToldGrantEnds(ToldEnd):
    thing = models.ForeignKey("communities.Grant", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("thing", "until", "days"), name="the_end_of_a_grant_is_told_once")
        ]


def scopes_of(people: Iterable[int]) -> set[str]:
    """What shows these people's roles: their own pages, and the members of their communities."""
    keys = set(people)
    pairs = User.objects.filter(pk__in=keys).order_by().values_list("memberships__community_id", flat=True)
    return {*(f"{PERSON}{pk}" for pk in keys), *(f"members:{pk}" for pk in pairs if pk)}
