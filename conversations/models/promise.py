"""The promise of an answer: what a community promises, and where each question stands with it."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from communities.models import CommunityPage
from conversations.choices import Clock, Ended, Reached
from conversations.models.by_line import both_names
from conversations.models.talk import Conversation, Post
from conversations.querysets import PromiseQuerySet
from core.versions import ShownWithOwner
from core.working_days.choices import HOME_REGIONS
from people.models import User

LONGEST = 30  # working days
WAITING = "promises"
"""The scope of what waits for people because of questions: it changes more rarely than what is said."""
_DAYS = [MinValueValidator(1), MaxValueValidator(LONGEST)]


@register_setting(icon="time")
class PromisedDays(BaseGenericSetting):
    """What the organisation promises to whoever asks. A community may promise more, and never less."""

    changes_pages = False  # each question keeps the days that were promised when it was asked

    acknowledge_within = models.PositiveSmallIntegerField(
        _("a question is acknowledged within"), default=1, validators=_DAYS, help_text=_("Working days.")
    )
    answer_within = models.PositiveSmallIntegerField(
        _("and answered within"), default=3, validators=_DAYS, help_text=_("Working days.")
    )

    panels = (FieldRowPanel([FieldPanel("acknowledge_within"), FieldPanel("answer_within")]),)

    class Meta:
        verbose_name = _("promise to answer")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledge_within__gte=1, acknowledge_within__lte=F("answer_within")),
                name="acknowledged_before_answered",
            )
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        if self.acknowledge_within and self.answer_within and self.acknowledge_within > self.answer_within:
            raise ValidationError(
                {"answer_within": _("An answer takes no less time than a word that somebody saw it.")}
            )


class CommunityPromise(models.Model):
    """What one community promises, and who keeps it. What is empty is as the organisation has it."""

    changes_pages = False  # who looks after questions is asked anew for each page

    community = models.OneToOneField(CommunityPage, on_delete=models.CASCADE, related_name="promise")
    region = models.CharField(_("bank holidays of"), max_length=20, choices=HOME_REGIONS, blank=True)
    acknowledge_within = models.PositiveSmallIntegerField(
        _("acknowledged within"), null=True, blank=True, validators=_DAYS
    )
    answer_within = models.PositiveSmallIntegerField(_("answered within"), null=True, blank=True, validators=_DAYS)
    keeper = models.ForeignKey(
        User, verbose_name=_("who keeps it"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    backup = models.ForeignKey(
        User, verbose_name=_("who stands in"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(keeper=F("backup")), name="a_backup_is_somebody_else")
        ]

    def __str__(self) -> str:
        return f"{self.community_id}: {self.keeper_id}, {self.backup_id}"


class Promise(ShownWithOwner, models.Model):
    """Where one question stands: what was promised to whoever asked, by when, and what came of it.

    The days are stored when it is asked, and counted again when the calendar, its waits or its region change.
    """

    version_owner = "conversation"

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="promise")
    asked = models.DateTimeField()
    acknowledge_within = models.PositiveSmallIntegerField()
    answer_within = models.PositiveSmallIntegerField()

    counted_for = models.PositiveIntegerField(null=True)  # the community whose calendar it was
    acknowledge_from = models.DateField()  # half of the time is over: it is the keeper's
    acknowledge_by = models.DateTimeField()  # the first moment that is too late
    answer_from = models.DateField(null=True)  # nothing while it waits for whoever asked
    answer_by = models.DateTimeField(null=True)
    closed_days = models.JSONField(default=list)  # that lie between: [date, name, whether it is a bank holiday]

    acknowledged = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    acknowledged_with = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    """Nothing where somebody said by a press that they look into it."""
    waiting_since = models.DateTimeField(null=True)
    waiting_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ended=None) ^ ~Q(ended_as=""), name="an_ended_promise_says_how"),
            models.CheckConstraint(condition=Q(waiting_since=None) | Q(ended=None), name="nothing_waits_after_the_end"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["acknowledge_from"], condition=Q(ended=None), name="promises_to_keep"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}, {self.ended_as or self.answer_by}"

    def version_scopes(self) -> set[str]:
        return {*super().version_scopes(), WAITING}

    @property
    def is_open(self) -> bool:
        return self.ended is None

    @property
    def acknowledged_by_line(self) -> str:
        """The name of whoever said the first word; both names where they said it for another."""
        post, who = self.acknowledged_with, self.acknowledged_by
        if post is not None and post.is_for_another:
            return both_names(who, post.principal)
        return str(who) if who else ""

    @property
    def is_waiting(self) -> bool:
        """Whether somebody asked back, and the clock of the answer stands still."""
        return self.waiting_since is not None

    def is_running(self, clock: Clock) -> bool:
        if not self.is_open:
            return False
        return self.acknowledged is None if clock == Clock.ACKNOWLEDGE else self.answer_by is not None

    def reached(self, clock: Clock, now: datetime) -> Reached:
        """How far the time of one clock has gone, as long as it runs."""
        if not self.is_running(clock):
            return Reached.NOTHING
        first, by = self._times(clock)
        today = _local_day(now)
        if by is not None and now >= by:
            return Reached.LATE
        if by is not None and _local_day(by - timedelta(microseconds=1)) <= today:
            return Reached.DUE
        return Reached.HALF if first is not None and first <= today else Reached.NOTHING

    def _times(self, clock: Clock) -> tuple[date | None, datetime | None]:
        if clock == Clock.ACKNOWLEDGE:
            return self.acknowledge_from, self.acknowledge_by
        return self.answer_from, self.answer_by

    def furthest(self, now: datetime) -> Reached:
        return max(self.reached(clock, now) for clock in Clock)


def _local_day(moment: datetime) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


class Wait(models.Model):
    """A time in which the clock of an answer did not run: it waited for whoever asked, or was taken for answered."""

    changes_pages = False

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="waits")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_wait_ends_after_it_began")
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}, {self.since:%d.%m.%Y} – {self.until:%d.%m.%Y}"


class Reminded(models.Model):
    """That those whom it concerns were told how far the time of a question has gone: once each."""

    changes_pages = False

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="reminded")
    clock = models.CharField(max_length=12, choices=Clock.choices)
    reached = models.PositiveSmallIntegerField(choices=Reached.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("promise", "clock", "reached"), name="one_reminder_of_each_kind")
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.clock}, {self.reached}"
