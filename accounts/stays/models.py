"""Somebody from outside, and why they are here."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.stays.querysets import StayQuerySet
from core.fields import LineField
from core.versions import Versioned
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


def scope_of(sponsor_pk: int) -> str:
    """What changes with the stays of those for whom one person answers."""
    return f"stays:{sponsor_pk}"


class OutsideStay(Versioned, models.Model):
    """Why somebody who does not work here has an account, who of the organisation answers for them, and when that is
    looked at again. There is one from the first day; without a sponsor the hub team answers.
    """

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="stay")
    sponsor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    purpose = LineField(_("why they are here"), max_length=200)
    since = models.DateField(_("since"), default=timezone.localdate)
    review_on = models.DateField(_("looked at again on"), db_index=True)
    asked_for = models.DateField(null=True, blank=True, editable=False)
    """For which day of review somebody was asked by a notice."""
    ended = models.DateField(_("ended"), null=True, blank=True)

    version_kind = "stays"
    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay of somebody from outside")
        verbose_name_plural = _("stays of people from outside")
        ordering: ClassVar = ["review_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"

    @property
    def title(self) -> str:
        """What it is called to whoever sees to it."""
        return str(self.person)

    @property
    def url(self) -> str:
        return reverse("stay", args=[self.pk])

    def version_scopes(self) -> set[str]:
        return {"stays", scope_of(self.sponsor_id)} if self.sponsor_id else {"stays"}

    @classmethod
    def version_scopes_of(cls, rows: "QuerySet[Any]", values: "Mapping[str, object]") -> set[str]:
        sponsors = {*rows.order_by().values_list("sponsor_id", flat=True), values.get("sponsor_id")}
        return {"stays", *(scope_of(pk) for pk in sponsors if pk)}
