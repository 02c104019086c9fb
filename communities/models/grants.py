"""A grant: what the organisation allows a community."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from communities.choices import Capability, GrantState
from communities.models.pages import CommunityPage
from communities.models.roles import Role
from core import versions
from core.alters_data import alters_data
from core.audiences import Viewer, community_token
from core.editors import is_hub_team
from core.fields import LineField
from core.versions import SITE, Versioned, keys_named
from people.models import User

NO_DECISION = Q(decided_at=None, decided_on=None, decided_name="", authority="", starts=None, until=None, refusal="")
DECIDED = Q(decided_at__isnull=False, decided_on__isnull=False) & ~Q(decided_name="") & ~Q(authority="")
GRANTED = DECIDED & Q(starts__isnull=False, refusal="")
REFUSED = DECIDED & Q(starts=None, until=None) & ~Q(refusal="")
KEPT = Q(withdrawn_at=None, withdrawn_name="", withdrawal="")
WITHDRAWN = GRANTED & Q(withdrawn_at__isnull=False) & ~Q(withdrawn_name="") & ~Q(withdrawal="")


def states(at: datetime) -> Mapping[GrantState, Q]:
    """What each state means at a moment. Every grant is in one of them; the model says the same of one row."""
    granted = Q(starts__isnull=False)
    kept = granted & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))
    over = Q(until__isnull=False, until__lte=at)
    return {
        GrantState.ASKED: Q(decided_at=None),
        GrantState.REFUSED: Q(decided_at__isnull=False, starts=None),
        GrantState.WITHDRAWN: granted & Q(withdrawn_at__isnull=False, withdrawn_at__lte=at),
        GrantState.ENDED: kept & over,
        GrantState.AHEAD: kept & ~over & Q(starts__gt=at),
        GrantState.IN_FORCE: kept & ~over & Q(starts__lte=at),
    }


class GrantQuerySet(models.QuerySet[Any]):
    """What was asked for, granted, refused and withdrawn."""

    @alters_data
    @transaction.atomic
    def update(self, **values: object) -> int:
        """Pages show grants."""
        versions.rows_changed(self, values)
        return super().update(**values)

    def in_state(self, state: GrantState, at: datetime | None = None) -> "GrantQuerySet":
        return self.filter(states(at or timezone.now())[state])

    def in_force(self, at: datetime | None = None) -> "GrantQuerySet":
        """Those that allow something at this moment. No night has to pass first."""
        return self.in_state(GrantState.IN_FORCE, at)

    def shown_to(self, viewer: Viewer) -> "GrantQuerySet":
        """The grants of communities that ``viewer`` may see. The hub team, which decides, sees all of them."""
        shown = CommunityPage.objects.live() if is_hub_team(viewer) else CommunityPage.objects.shown_to(viewer)
        return self.filter(community__in=shown)

    def in_order(self, at: datetime | None = None) -> "GrantQuerySet":
        """By state, as ``GrantState`` has them, what was decided last first."""
        known = states(at or timezone.now())
        place = Case(*(When(known[state], then=Value(n)) for n, state in enumerate(GrantState)), default=Value(99))
        return self.annotate(place=place).order_by("place", models.F("decided_at").desc(nulls_first=True), "-pk")


class Grant(Versioned, models.Model):
    """One capability of one community: asked for, granted or refused, and perhaps withdrawn.

    Its state follows from what is filled in and from the moment (``state_at``). ``until`` is the first moment at which
    it allows nothing any more.
    """

    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(
        Role, verbose_name=_("who"), null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    """Those who may do it; without one every member may."""
    capability = models.CharField(_("what"), max_length=20, choices=Capability.choices)
    asset = LineField(_("which asset"), max_length=120, blank=True)
    conditions = models.CharField(_("conditions"), max_length=400, blank=True)

    asked_at = models.DateTimeField(_("asked for on"), null=True, blank=True)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    purpose = models.CharField(_("what for"), max_length=400, blank=True)

    authority = LineField(_("decided by"), max_length=160, blank=True)
    reference = LineField(_("reference"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("recorded"), null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_name = models.CharField(max_length=255, blank=True, editable=False)
    starts = models.DateTimeField(_("from"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    refusal = models.CharField(_("why not"), max_length=400, blank=True)

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_name = models.CharField(max_length=255, blank=True, editable=False)
    withdrawal = models.CharField(_("why it was withdrawn"), max_length=400, blank=True)

    version_kind = "grants"

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts")), name="a_grant_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=(NO_DECISION & Q(asked_at__isnull=False)) | GRANTED | REFUSED,
                name="a_decision_has_a_day_a_person_and_an_authority",
            ),
            models.CheckConstraint(condition=KEPT | WITHDRAWN, name="a_withdrawal_has_a_day_a_person_and_a_reason"),
            models.CheckConstraint(
                condition=Q(capability=Capability.USE_ASSET) ^ Q(asset=""), name="only_an_asset_is_named"
            ),
            models.UniqueConstraint(
                "community",
                "capability",
                "asset",
                Coalesce("role", 0),
                condition=Q(decided_at=None),
                name="asked_for_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("community", "capability"), name="grants_of_a_community")]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("rights:grant", args=[self.pk])

    # -- what depends on it --------------------------------------------------------------------------------------------
    @property
    def version_scope(self) -> str:
        return community_token(self.community_id)

    @classmethod
    def version_scopes_of(cls, rows: QuerySet[Any], values: Mapping[str, Any]) -> set[str]:
        after = keys_named(values, "community", "community_id")
        if after is None:
            return {SITE}
        keys = {*rows.order_by().values_list("community_id", flat=True).distinct(), *after}
        return {community_token(pk) for pk in keys} | super().version_scopes_of(rows, values)

    # -- what it says --------------------------------------------------------------------------------------------------
    @property
    def what(self) -> str:
        label = str(Capability(self.capability).label)
        return f"{label}: {self.asset}" if self.asset else label

    @property
    def holders(self) -> str:
        """Who may do it."""
        return str(self.role) if self.role else gettext("Every member")

    def state_at(self, at: datetime) -> GrantState:
        """Where it is at that moment: the same as ``querysets.states`` says in the database."""
        if self.decided_at is None:
            return GrantState.ASKED
        if self.starts is None:
            return GrantState.REFUSED
        if self.withdrawn_at is not None and self.withdrawn_at <= at:
            return GrantState.WITHDRAWN
        if self.until is not None and self.until <= at:
            return GrantState.ENDED
        return GrantState.AHEAD if self.starts > at else GrantState.IN_FORCE

    @property
    def state(self) -> GrantState:
        return self.state_at(timezone.now())

    @property
    def is_asked(self) -> bool:
        return self.decided_at is None

    @property
    def can_be_ended(self) -> bool:
        """Whether there is something to withdraw or to extend."""
        return self.state in {GrantState.IN_FORCE, GrantState.AHEAD}

    @property
    def last_day(self) -> date | None:
        """The last day on which it allows something; nothing where it has no end."""
        return timezone.localdate(self.until - timedelta(microseconds=1)) if self.until else None

    @property
    def first_day(self) -> date | None:
        return timezone.localdate(self.starts) if self.starts else None

    @property
    def on_what_authority(self) -> str:
        """Who decided it, on which day, under which reference, as one line."""
        day = date_format(self.decided_on, "j F Y") if self.decided_on else ""
        return ", ".join(part for part in (self.authority, day, self.reference) if part)
