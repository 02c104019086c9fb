"""The days that are closed, and when the hub works."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.fields import NameField
from core.single_line import OneLineFields
from core.working_days.choices import HOME_REGIONS, Region

GOV_UK = "GOV.UK"


class ClosedDay(OneLineFields):
    """A day on which nobody is expected to work: a bank holiday, or one on which this body is closed."""

    changes_pages = False

    date = models.DateField(_("date"))
    region = models.CharField(_("where"), max_length=20, choices=Region.choices, default=Region.EVERYWHERE, blank=True)
    name = NameField(_("name"), max_length=100)
    we_work = models.BooleanField(
        _("we work on this day"),
        default=False,
        help_text=_("It then counts as a working day. A bank holiday that is deleted comes back with the next import."),
    )
    source = models.CharField(_("source"), max_length=60, blank=True, editable=False)  # empty: the hub team
    as_of = models.DateField(_("as of"), null=True, editable=False)  # of the newest list of its source that had it

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering: ClassVar = ["date", "region"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("date", "region"),
                name="a_day_is_closed_once",
                violation_error_message=_("This day is in the list for this region already: change it there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.date:%d.%m.%Y}"

    @property
    def from_where(self) -> str:
        return self.source or str(_("the hub team"))

    @classmethod
    def of(cls, region: str) -> "QuerySet[ClosedDay]":
        """The days that are closed in ``region``."""
        return cls.objects.filter(region__in=(region, Region.EVERYWHERE), we_work=False)

    @classmethod
    def newest_list(cls) -> dt.date | None:
        """Of when the newest list of bank holidays is that was imported."""
        newest: dt.date | None = cls.objects.aggregate(newest=models.Max("as_of"))["newest"]
        return newest


@register_setting(icon="time")
class WorkingHours(BaseGenericSetting):
    """Where the hub is and when it works. Days are what the clocks count; hours say when e-mails go out."""

    changes_pages = False

    region = models.CharField(
        _("bank holidays of"), max_length=20, choices=HOME_REGIONS, default=Region.ENGLAND_AND_WALES
    )
    opens = models.TimeField(_("working hours begin"), default=dt.time(8))
    closes = models.TimeField(_("working hours end"), default=dt.time(18))

    panels = (FieldPanel("region"), FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]))

    class Meta:
        verbose_name = _("working days and hours")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="working_hours_begin_before_they_end")
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValidationError({"closes": _("Working hours must end after they begin, on the same day.")})
