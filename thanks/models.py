"""Thanks: one row for each time that somebody thanked somebody else."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Topic
from core.single_line import OneLineFields
from core.versions import Versioned
from people.models import User
from thanks.querysets import ThanksQuerySet

LONGEST = 1000  # letters


class Thanks(Versioned, OneLineFields):
    """Recognition that one person gives another for a thing that both can name.

    ``thing`` is the key under which search knows it ("stories.storypage:12"), empty where the words say what it was
    for. Who may read it follows the thing: whoever may not see that, sees nothing of the thanks.
    """

    giver = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="thanks_given")
    receiver = models.ForeignKey(User, on_delete=models.CASCADE, related_name="thanks_received")
    thing = models.CharField(max_length=200, blank=True)
    thing_pk = models.PositiveBigIntegerField(null=True, editable=False)
    """The number in ``thing``, so that a change of the thing finds its thanks."""
    words = models.TextField(_("your words"), max_length=LONGEST, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="thanks")
    is_open = models.BooleanField(_("openly"), default=True)
    is_shown = models.BooleanField(default=False)
    """Whether its receiver put it on their page. Nothing stands there unasked."""
    given = models.DateTimeField(default=timezone.now, db_index=True)

    version_kind = "thanks"
    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_thanks_themselves"),
            models.CheckConstraint(condition=~Q(thing="", words=""), name="thanks_are_for_something"),
            models.CheckConstraint(condition=Q(is_open=True) | Q(is_shown=False), name="what_is_private_is_not_shown"),
            models.UniqueConstraint(
                fields=("giver", "receiver", "thing"), condition=~Q(thing=""), name="one_thanks_for_a_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.receiver_id}: {self.thing or 'in words'}"

    def get_absolute_url(self) -> str:
        return f"{reverse('thanks:mine')}#thanks-{self.pk}"
