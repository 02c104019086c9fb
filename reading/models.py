"""What is kept of one person's reading: theirs alone, in no list of anybody else, and gone with their account."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OfOnePerson(models.Model):
    """Something that one person did with one thing. ``key`` is the thing's, as search knows it."""

    changes_pages = False
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Saved(OfOnePerson):
    """A thing that somebody put aside for later."""

    MOST: ClassVar = 500  # of one person
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ("-since", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "key"), name="a_thing_is_saved_once")]


class Opened(OfOnePerson):
    """A thing that somebody read: when last, and how often."""

    MOST: ClassVar = 200  # of one person, the newest
    times = models.PositiveIntegerField(default=1)
    last = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering: ClassVar = ("-last", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "key"), name="a_thing_is_read_in_one_row")]


class Dismissed(OfOnePerson):
    """A thing that somebody does not want to be shown, for a year."""

    MOST: ClassVar = 100  # of one person, the newest
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ("-since", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "key"), name="a_thing_is_dismissed_once")]


class Reader(models.Model):
    """One person's reading as a whole: whether it is kept, and what was found for them last.

    Whoever saved, read or dismissed something has a row. It is also what deeds of one person wait at for each other.
    """

    changes_pages = False
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    keeps = models.BooleanField(_("keep what I read"), null=True)  # nothing: as the hub does it
    picks: "models.JSONField[Any, list[dict[str, str]]]" = models.JSONField(default=list)  # best first
    day = models.DateField(null=True)  # that the picks were found on
    changed = models.DateTimeField(null=True)  # when something was done since: it is to be found anew, also today
    shown: "models.JSONField[Any, list[str] | None]" = models.JSONField(null=True)  # keys of what stood there since
    before: "models.JSONField[Any, list[str] | None]" = models.JSONField(null=True)  # and on the day before that
    rights = models.CharField(max_length=32, blank=True)  # with which they were found: others have other reasons
    asked = models.DateTimeField(null=True)  # when somebody last set out to find some
    stamp = models.PositiveIntegerField(default=0)  # rises with whatever changes what is shown

    def __str__(self) -> str:
        return str(self.person_id)
