"""What happened, and how far each person has read of it.

An event is one row, however many people it concerns. What is addressed to somebody has a row for that person. What
happens in a community has none: a mark for each person and community says how far they have read and how much of it
they want to hear, and what is new follows from the two. A post to a community of 5,000 members costs one row.
"""

from datetime import time
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from core.notices import Happened, Importance, NoticeKind, Timing, notice_kind_of
from core.working_days.choices import Weekday
from notifications.choices import NoticeLevel
from notifications.letters import Letter
from notifications.querysets import HappeningQuerySet, NoticeQuerySet
from people.models import User

__all__ = ["Happening", "Letter", "Mark", "Notice", "Preferences"]


class Happening(models.Model):
    """One event. Its key is its position: higher for what came later, and never given again once it is deleted.

    It holds keys and figures. Words are made for each reader when they are asked for (``notifications.wording``).
    ``matter`` is the key of what it is about, by which notices stand together and e-mails follow each other.
    """

    changes_pages = False
    event = models.UUIDField(unique=True, default=uuid4)  # of the outbox: a delivery that comes twice is written once
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    community = models.ForeignKey(CommunityPage, null=True, on_delete=models.CASCADE, related_name="+")
    """Whose members may read of it. Empty for what is addressed to people."""
    audience_token = models.CharField(max_length=40, blank=True)  # when it happened
    importance = models.CharField(max_length=10, choices=Importance.choices)
    matter = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    is_read: bool  # where ``mark_read_by`` was asked

    objects: ClassVar[HappeningQuerySet] = HappeningQuerySet.as_manager()  # type: ignore[assignment]  # the manager has its methods

    class Meta:
        ordering: ClassVar = ("-pk",)
        indexes: ClassVar = [models.Index(fields=("community", "id"), name="happenings_of_a_community")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def subject_pk(self) -> str:
        return self.subject.partition(":")[2]

    @property
    def notice_kind(self) -> NoticeKind | None:
        return notice_kind_of(self.kind)

    def as_event(self, by: User | None = None) -> Happened:
        """What rooms know of it; ``by`` is its actor, where words are asked for."""
        return Happened(self.kind, self.subject, self.actor_id, self.data, self.at, self.audience_token, by=by)


class Notice(models.Model):
    """That an event is addressed to somebody, and whether they have read it.

    Of what happens in a community there is one only for what somebody opened by itself, ahead of their mark there.
    ``mail_due`` is when it goes out by itself as an e-mail, empty where it never does or waits for a digest;
    ``mailed_at`` is when it went out, alone or in a digest. Who has read it meanwhile gets no e-mail of it.
    """

    changes_pages = False
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(null=True)
    mail_due = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]  # likewise

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "happening"), name="an_event_is_noticed_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=("mail_due",), condition=models.Q(mailed_at=None), name="notices_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.happening_id}"


class Mark(models.Model):
    """How far somebody has read of what happens in one community, and how much of it they want to hear.

    Without a row a member hears what matters, from when they joined. Everything up to ``position`` is read; the
    position is an event's key and holds when that event is deleted. ``moved_at`` and ``before`` take one move back.
    """

    changes_pages = False
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=NoticeLevel.choices, default=NoticeLevel.MATTERS)
    position = models.BigIntegerField(default=0)
    before = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "community"), name="one_mark_in_a_community")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.community_id}: {self.level}, {self.position}"


class Preferences(models.Model):
    """How word reaches one person. Without a row all of it is as usual.

    An empty timing is that of each kind of notice (``NoticeKind.usual_timing``): at once for what is addressed to them,
    which is within minutes and what came together in one e-mail; what they asked to hear of once a day; the rest in a
    digest on Monday morning. Notices of
    security always go at once, in quiet hours, too. In quiet hours and, by default, on closed days of the working
    calendar nothing else goes out; what waited goes out when they end.
    """

    changes_pages = False
    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", primary_key=True)
    addressed = models.CharField(_("addressed to me"), max_length=10, choices=Timing.choices, blank=True)
    wanted = models.CharField(_("what I asked to hear of"), max_length=10, choices=Timing.choices, blank=True)
    matters = models.CharField(_("what matters"), max_length=10, choices=Timing.choices, blank=True)
    rest = models.CharField(_("the rest"), max_length=10, choices=Timing.choices, blank=True)
    digest_on = models.PositiveSmallIntegerField(
        _("day of the weekly e-mail"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    digest_at = models.TimeField(_("time of daily and weekly e-mails"), default=time(8))
    quiet_from = models.TimeField(_("quiet from"), default=time(19))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)  # empty: the hub's
    language = models.CharField(_("language"), max_length=15, blank=True)  # likewise
    rests_on_closed_days = models.BooleanField(_("nothing on weekends and closed days"), default=True)

    def __str__(self) -> str:
        return str(self.person_id)

    def is_quiet_at(self, clock: time) -> bool:
        """Whether this is in their quiet hours: half-open, and past midnight where they begin later than they end."""
        begin, end = self.quiet_from, self.quiet_until
        return begin <= clock < end if begin <= end else clock >= begin or clock < end

    @property
    def digests_go_at(self) -> time:
        """When daily and weekly e-mails go out: with the end of quiet hours where they would fall into these."""
        return self.quiet_until if self.is_quiet_at(self.digest_at) else self.digest_at

    def timing_of(self, kind: NoticeKind) -> Timing:
        """When this person is told of such a thing by e-mail."""
        chosen = "" if kind.is_security else getattr(self, kind.importance)
        return Timing(chosen) if chosen else kind.usual_timing
