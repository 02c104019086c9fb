"""The table of e-mails that were written to people."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from core.notices import Timing
from people.models import User


class LetterFate(models.TextChoices):
    """What became of an e-mail."""

    BEGUN = "begun"  # it is being sent, or whoever did was killed
    SENT = "sent"
    SILENT = "silent"  # the mail server did not say whether it took it
    DEAD = "dead"  # nobody is at the address
    NOTHING = "nothing"  # there was nothing to tell


class Letter(models.Model):
    """One e-mail to one person, written down before it is sent: where a worker is killed in the middle, another sends
    the same one, with the same ``Message-ID``, and nobody gets a second one for the same ``window``.

    It tells of ``notices`` and, of what happened in communities, of what comes after ``after`` up to ``until``.
    """

    changes_pages = False
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    timing = models.CharField(max_length=10, choices=Timing.choices)
    window = models.CharField(max_length=40)  # "weekly 2026-11-23", or the first notice of those told at once
    fate = models.CharField(max_length=10, choices=LetterFate.choices, default=LetterFate.BEGUN)
    notices = models.JSONField(default=list)
    after = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    begun = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "window"), name="one_e_mail_for_each_window")
        ]
        indexes: ClassVar = [
            models.Index(fields=("person",), condition=models.Q(fate=LetterFate.BEGUN), name="e_mails_begun"),
            models.Index(fields=("window",), name="e_mails_of_a_window"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.window}, {self.fate}"
