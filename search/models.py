"""The queue to the index, words that mean the same, what was searched for, and searches that somebody keeps."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.secret_urls import new_number, signed
from indexing.text_analysis import words
from search.query import LONGEST, Query


class IndexQueue(models.Model):
    """A thing whose document may have changed.

    The row is written in the same transaction as the change itself, so that neither can be lost without the
    other; it goes once the index has taken the change.
    """

    changes_pages = False

    key = models.CharField(max_length=200, unique=True)
    model = models.CharField(max_length=100)
    object_pk = models.CharField(max_length=100)
    claimant = models.UUIDField(null=True)  # who brings it to the index just now
    claimed = models.DateTimeField(null=True)
    stamp = models.UUIDField()  # new with each change: a row that changed again while it was drained stays
    queued = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key


class Synonyms(models.Model):
    """Expressions that mean the same: who searches for one finds what is written with the others.

    They widen the question, not the index, so that a change works at once and with every engine.
    """

    expressions = models.CharField(
        _("words that mean the same"),
        max_length=500,
        help_text=_("With commas between them: ASB, anti-social behaviour, nuisance neighbours"),
    )

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering: ClassVar = ["expressions"]

    def __str__(self) -> str:
        return self.expressions

    @property
    def alternatives(self) -> list[str]:
        """The expressions, each once, as search reads them: folded words with blanks between them."""
        folded = (" ".join(words(each)) for each in self.expressions.split(","))
        return list(dict.fromkeys(filter(None, folded)))

    def clean(self) -> None:
        super().clean()
        if len(self.alternatives) < 2:
            said = _("Give at least two expressions with a comma between them: ASB, anti-social behaviour.")
            raise ValidationError({"expressions": said})


class Asked(models.Model):
    """How often something was searched for, by nobody in particular: what found nothing is work to do.

    There is no person here and no time of day, and what was asked fewer than ``FEWEST`` times is shown to nobody.
    """

    FEWEST: ClassVar = 5
    changes_pages = False

    text = models.CharField(_("searched for"), max_length=200, unique=True)
    times = models.PositiveIntegerField(_("times"), default=0)
    empty = models.PositiveIntegerField(_("found nothing"), default=0)
    opened = models.PositiveIntegerField(_("opened a result"), default=0)
    last_asked = models.DateField(_("last"), default=timezone.localdate, db_index=True)

    class Meta:
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")

    def __str__(self) -> str:
        return self.text


new_feed_key = new_number  # its name in an older migration
FEED = "feed"


class SavedSearch(models.Model):
    """A question that somebody asks again and again, and what they know of its answers.

    ``known`` holds the keys of what was found when they last looked, ``told`` of what e-mails told since: whatever is
    in neither is new to them, however old it is. Before the first answer ``known`` is nothing, and nothing is new.
    """

    changes_pages = False

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("owner")
    )
    text = models.CharField(_("question"), max_length=LONGEST, blank=True)
    filters = models.JSONField(_("chosen"), default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)  # of the question and what was chosen beside it
    feed_number = models.CharField(max_length=40, unique=True, editable=False, default=new_number)
    alerts = models.BooleanField(_("e-mail when something is new"), default=False)  # on where somebody asked for it
    known = models.JSONField(null=True, editable=False)
    told = models.JSONField(default=list, editable=False)
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


class AlertMail(models.Model):
    """When somebody was last sent news of their searches, and whether they want any. One row for each who saved one."""

    changes_pages = False

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alert_mail")
    sent = models.DateTimeField(null=True)
    stopped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.sent}"
