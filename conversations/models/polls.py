"""Polls in conversations. In a secret one, who voted and what was voted stand apart: decision 0044 says how."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.choices import Method, Voters
from conversations.models.talk import Conversation
from core.fields import LineField
from core.single_line import OneLineFields
from people.models import User


class Poll(OneLineFields, models.Model):
    """A question with options, one in a conversation at most."""

    changes_pages = False  # it is shown outside of what is kept

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="poll")
    question = LineField(_("question"), max_length=200)
    method = models.CharField(_("how people vote"), max_length=10, choices=Method.choices, default=Method.SINGLE)
    is_secret = models.BooleanField(_("secret"), default=True)
    voters = models.CharField(_("who votes"), max_length=10, choices=Voters.choices, default=Voters.MEMBERS)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.question

    @property
    def is_over(self) -> bool:
        """Whether nobody votes any more. Its last day is one of voting."""
        return bool(self.closed or (self.last_day and self.last_day < timezone.localdate()))


class Option(OneLineFields, models.Model):
    """Something that can be chosen."""

    changes_pages = False

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = LineField(_("option"), max_length=120)

    class Meta:
        ordering = ("poll", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=("poll", "position"), name="options_have_an_order")]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """What somebody chose in an open poll: keys of options, in their order."""

    changes_pages = False

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    choices = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("poll", "person"), name="one_open_vote_each")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.person_id}"


class Turnout(models.Model):
    """That somebody voted in a secret poll; nothing else of it."""

    changes_pages = False

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="turnout")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("poll", "person"), name="one_turnout_each")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.person_id}"


class Ballot(models.Model):
    """What was chosen in a secret poll, by nobody that the database knows. It has no time, and its order means nothing:
    all ballots of a poll are written anew, shuffled, with each vote.
    """

    changes_pages = False

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    mark = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 (unique where there is one)
    """By which its voter, and nobody who has the database alone, finds it again; none once the poll is closed."""
    choices = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("poll", "mark"), name="one_ballot_each")]

    def __str__(self) -> str:
        return f"{self.poll_id}"
