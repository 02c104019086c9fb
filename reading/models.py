"""What is kept of one person's reading: theirs alone, in no list of anybody else, and gone with their account."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.secret_urls import new_number, signed
from search.query import LONGEST, Query


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
    asked = models.DateTimeField(null=True)  # when some were last asked for
    stamp = models.PositiveIntegerField(default=0)  # rises with whatever changes what is shown

    def __str__(self) -> str:
        return str(self.person_id)


FEED = "feed"


class SavedSearch(models.Model):
    """A question that somebody asks again and again, and what they know of its answers.

    ``known`` holds the keys of what was found when they last looked, ``told`` of what they were told since: whatever is
    in neither is new to them, however old it is. Before the first answer ``known`` is nothing, and nothing is new.
    ``news`` is what of it they were told and have not seen, the newest first: notices speak of that.
    """

    changes_pages = False

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("owner")
    )
    text = models.CharField(_("question"), max_length=LONGEST, blank=True)
    filters = models.JSONField(_("chosen"), default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)  # of the question and what was chosen beside it
    feed_number = models.CharField(max_length=40, unique=True, editable=False, default=new_number)
    alerts = models.BooleanField(_("tell when something is new"), default=False)  # on where somebody asked for it
    known = models.JSONField(null=True, editable=False)
    told = models.JSONField(default=list, editable=False)
    news = models.JSONField(default=list, editable=False)
    saved = models.DateTimeField(_("saved"), default=timezone.now)
    removed = models.DateTimeField(_("removed"), null=True, editable=False)  # kept a while, to be brought back

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering: ClassVar = ["-saved", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("owner", "fingerprint"), name="a_search_is_saved_once")
        ]

    def __str__(self) -> str:
        return self.text or self.fingerprint

    @property
    def key(self) -> str:
        """The secret in the address of its feed."""
        return signed(self.feed_number, FEED)

    @property
    def query(self) -> Query:
        return Query.of(self.text, self.filters)


class SearchOwner(models.Model):
    """Whoever saved a search: what they do at once waits here for each other. ``looked`` says when the hub last looked
    for news for them.
    """

    changes_pages = False

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="search_owner")
    looked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.looked}"
