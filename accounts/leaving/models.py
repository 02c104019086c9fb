"""Who left, and what was handed over to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.leaving.choices import SwitchedBy
from people.models import User


class Departure(models.Model):
    """Somebody's account is off: since when, by whom, by which way. It is open until the hand-over is ``settled``."""

    changes_pages = False
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="departures")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(_("way"), max_length=10, choices=SwitchedBy.choices, default=SwitchedBy.OTHER)
    since = models.DateTimeField(_("since"), default=timezone.now)
    returned = models.DateTimeField(_("came back"), null=True, blank=True)
    settled = models.DateTimeField(_("handed over"), null=True, blank=True)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person",), condition=Q(returned=None), name="one_leaves_once_at_a_time")
        ]
        indexes: ClassVar = [models.Index(fields=("settled", "since"), name="departures_to_settle")]

    def __str__(self) -> str:
        return str(self.person)


class HandedOver(models.Model):
    """One thing that somebody looked after and that ``to`` looks after now; without ``to`` it is the hub team.

    ``what`` is the name in ``people.handover.HANDOVERS`` and ``key`` the thing's; its title is read when it is shown.
    What nobody was named for ``fell`` to them.
    """

    changes_pages = False
    of = models.ForeignKey(User, on_delete=models.CASCADE, related_name="handed_over")
    what = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    to = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="received")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    fell = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("thing handed over")
        verbose_name_plural = _("things handed over")
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.key
