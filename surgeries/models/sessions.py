"""Sessions: one date of a surgery, and who helps there."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from core.audiences import Visible
from core.blocks import RICH_TEXT_FEATURES
from core.fields import LineField
from core.single_line import OneLineFields
from core.text import plain_text
from core.versions import ShownWithOwner
from people.away import away_on, is_read_widely
from people.models import User
from surgeries.choices import ForWhom, Status
from surgeries.models.pages import SurgeryPage
from surgeries.models.patterns import Pattern
from surgeries.querysets import SessionQuerySet

TOLD_TO_CALENDARS = ("starts", "ends", "title", "summary", "place", "online_url", "status", "note")
"""What a calendar shows of a session; a change of any of these is announced to it, as one of its mentors is."""
TOLD_TO_GOERS = ("starts", "ends", "place", "online_url", "status")
"""What changes where somebody goes, and when: those who would go there are told."""


class Session(Visible, OneLineFields, ClusterableModel):
    """One date of a surgery."""

    surgery = models.ForeignKey(
        SurgeryPage, verbose_name=_("surgery"), on_delete=models.CASCADE, related_name="sessions"
    )
    title = LineField(_("title"), max_length=255, blank=True, help_text=_("Empty: the surgery’s."))
    summary = LineField(_("summary"), max_length=600, blank=True)
    body = RichTextField(_("what it is about"), blank=True, features=RICH_TEXT_FEATURES)
    starts = models.DateTimeField(_("starts"), db_index=True)
    ends = models.DateTimeField(_("ends"), db_index=True)
    place = LineField(_("place"), max_length=250, blank=True)
    online_url = models.URLField(_("address online"), max_length=1000, blank=True)
    mentors = models.ManyToManyField(
        User, verbose_name=_("mentors"), blank=True, through="surgeries.SessionMentor", related_name="mentored_sessions"
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: walk in."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    note = LineField(_("note"), max_length=250, blank=True, help_text=_("Why it is cancelled or moved, in one line."))
    moved_from = models.DateTimeField(_("moved from"), null=True, blank=True, editable=False)
    pattern = models.ForeignKey(
        Pattern, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="dates"
    )
    pattern_date = models.DateField(null=True, editable=False)  # the day of its pattern, wherever it was moved to
    withdrawn = models.BooleanField(default=False, editable=False)  # cancelled, because its pattern lost the day
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed = models.DateTimeField(auto_now=True)
    imported_id = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)

    audience_follows_from: ClassVar[frozenset[str]] = frozenset({"surgery", "surgery_id"})
    left_series: int | None = None
    """The series that it was taken from by this ``save()``, for ``surgeries.signals``."""
    is_changed = False  # so that people go elsewhere, or at another time: likewise
    is_told = True  # one by one: where a pattern moves many dates, its stewards hear of it once

    version_kind = "surgeries"
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("starts", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_session_ends_after_it_starts"),
            models.UniqueConstraint(fields=("pattern", "pattern_date"), name="a_pattern_makes_a_date_once"),
        ]

    def __str__(self) -> str:
        return f"{self.heading}, {timezone.localtime(self.starts):%d.%m.%Y %H:%M}"

    @property
    def version_scope(self) -> str:
        return str(self.surgery.version_scope)

    @classmethod
    def version_scopes_of(cls, rows: QuerySet[Any], values: Mapping[str, Any]) -> set[str]:
        series = SurgeryPage.objects.filter(pk__in=rows.order_by().values("surgery"))
        return SurgeryPage.version_scopes_of(series, {}) | super().version_scopes_of(rows, values)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever changes a date, in the editor or elsewhere: calendars hear of it, and the old time is remembered."""
        fields = kwargs.get("update_fields")
        if fields is None or not self.all_audience_follows_from().isdisjoint(fields):
            self.read_audience_bounds()  # locks the series before its date, as whoever changes the series does
        written = [name for name in TOLD_TO_CALENDARS if fields is None or name in fields]
        self._announce(written)
        if fields is not None and written:
            kwargs["update_fields"] = {*fields, "sequence", "moved_from", "changed"}
        if self.left_series:
            self.pattern = self.pattern_date = None
            if fields is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "pattern", "pattern_date"}
        super().save(*args, **kwargs)

    def _announce(self, written: Sequence[str]) -> None:
        """Count up what calendars know of this session (RFC 5545, 3.8.7.4) where it is no longer so.

        From its row, locked: this object may be older, and the number never falls.
        """
        row = Session.objects.select_for_update(of=("self",), no_key=True).filter(pk=self.pk)
        known = row.values("surgery_id", "sequence", "moved_from", *TOLD_TO_CALENDARS).first() if self.pk else None
        if known is None:
            return
        if known["surgery_id"] != self.surgery_id:
            self.left_series = known["surgery_id"]
        self.sequence = known["sequence"]
        if all(getattr(self, name) == known[name] for name in written):
            return
        self.sequence += 1
        going = set(TOLD_TO_GOERS).intersection(written)
        self.is_changed = any(getattr(self, name) != known[name] for name in going) and self.ends > timezone.now()
        if "starts" in written and self.starts != known["starts"]:
            first = known["moved_from"] or known["starts"]
            self.moved_from = first if first != self.starts else None

    def read_audience_bounds(self) -> None:
        """The token of the series as its row has it."""
        row = SurgeryPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=self.surgery_id)
        self.surgery.audience_token = row.values_list("audience_token", flat=True).get()

    def own_audience_token(self) -> str:
        """The series', always: a date of a thing is seen by those who may see the thing."""
        return self.surgery.audience_token

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("A session ends after it starts. Choose a later time.")})

    def get_absolute_url(self) -> str:
        return reverse("surgeries:session", args=[self.pk])

    @property
    def url(self) -> str:
        return self.get_absolute_url()

    @property
    def ics_url(self) -> str:
        return reverse("surgeries:session_ics", args=[self.pk])

    @property
    def heading(self) -> str:
        return self.title or self.surgery.title

    @property
    def where(self) -> str:
        """The place, or that it is online."""
        return self.place or self.surgery.place or (str(_("Online")) if self.is_online else "")

    @property
    def link(self) -> str:
        return self.online_url or self.surgery.online_url

    @property
    def is_online(self) -> bool:
        return bool(self.link) and not (self.place or self.surgery.place)

    @property
    def is_cancelled(self) -> bool:
        return self.status == Status.CANCELLED

    @property
    def is_withdrawn(self) -> bool:
        """Cancelled because its pattern lost the day, and not for a reason of its own."""
        return self.withdrawn and self.is_cancelled

    @property
    def is_open_now(self) -> bool:
        return not self.is_cancelled and self.starts <= timezone.now() < self.ends

    @property
    def is_past(self) -> bool:
        return self.ends <= timezone.now()

    @property
    def audience(self) -> str:
        """Who may see it, as the series says."""
        return self.surgery.audience

    @property
    def for_whom(self) -> str:
        return self.surgery.for_whom

    def get_for_whom_display(self) -> str:
        return str(ForWhom(self.surgery.for_whom).label)

    @property
    def mentors_away(self) -> list[User]:
        """Those of its mentors (``for_listing``) who are away on that day, as far as whoever reads may know of it."""
        day = timezone.localdate(self.starts)
        mentors: list[User] = [] if self.is_past else getattr(self, "mentor_list", [])
        return [one for one in mentors if is_read_widely(one.audience_token) and away_on(one.pk, day)]

    @property
    def has_words(self) -> bool:
        """Whether it says something of its own, so that it is found beside its series."""
        return bool(self.title or self.summary or self.body)

    @property
    def text(self) -> str:
        """All its words, for search."""
        return "\n\n".join(filter(None, (plain_text(self.body), plain_text(self.surgery.description))))


class SessionMentor(ShownWithOwner, Orderable):
    """Somebody who helps at a session."""

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="mentor_links")
    person = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="mentor_links")

    version_owner = "session"
    panels: ClassVar = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=("session", "person"), name="a_mentor_is_named_once")]
