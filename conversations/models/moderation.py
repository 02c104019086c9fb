"""Posts that somebody reported or that were removed, and what was decided about each."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.choices import AppealDecision, ModerationOutcome, ReportReason
from conversations.models.talk import Post
from core.fields import LineField
from core.single_line import OneLineFields
from people.models import User

WORD = 300  # letters of what goes with a decision


class Case(OneLineFields, models.Model):
    """What those who moderate decide about one post: from the first report, or from the removal, to the answer to an
    appeal. A post has one open case at most.
    """

    changes_pages = False  # what is shown of it stands in the row of its post

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="cases")
    opened = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=12, choices=ModerationOutcome.choices, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    word = LineField(_("word"), max_length=WORD, blank=True)
    appealed = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(_("appeal"), blank=True)
    answer = models.CharField(max_length=12, choices=AppealDecision.choices, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answering_word = LineField(_("answer"), max_length=WORD, blank=True)

    class Meta:
        ordering = ("opened", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("post",), condition=Q(outcome=""), name="one_open_case_for_each_post"),
            models.CheckConstraint(condition=Q(answer="") | Q(appealed__isnull=False), name="an_appeal_is_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.outcome or 'open'}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:case", args=[self.pk])

    @property
    def is_appealed(self) -> bool:
        """Whether an appeal waits for its answer."""
        return self.appealed is not None and not self.answer

    @property
    def is_waiting(self) -> bool:
        return not self.outcome or self.is_appealed

    @property
    def waiting_since(self) -> datetime:
        return self.appealed if self.appealed and not self.answer else self.opened


class Report(OneLineFields, models.Model):
    """What one person says is wrong with one post. Its author never reads who said it."""

    changes_pages = False

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=ReportReason.choices)
    word = LineField(_("in your words"), max_length=WORD, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("post", "by"), name="a_post_is_reported_once_by_each")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.reason}"
