"""A reader says that something is wrong with a page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from communities.models import CommunityContent, CommunityPage
from core.audiences import EVERYONE
from core.versions import Versioned
from reports.querysets import ReportQuerySet

LONGEST = 4000  # letters


class PageReport(Versioned, models.Model):
    """What is wrong with which page, who said so, and what they were answered.

    ``title`` and ``community`` are those of the live page: the row of a page that is not live is its draft. Whoever hid
    the page keeps with the report the version that was live, the one that was to appear at a date, and the aliases that
    went with it.
    """

    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    version_kind = "reports"
    title = models.CharField(_("title"), max_length=255, blank=True)
    community = models.ForeignKey(
        CommunityPage, verbose_name=_("community"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    audience_token = models.CharField(max_length=40, editable=False, default=EVERYONE)  # of the page then
    path = models.CharField(_("address"), max_length=1000, blank=True)
    text = models.TextField(_("what is wrong"), max_length=LONGEST)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who reported it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    email = models.EmailField(_("where to answer"), blank=True)  # typed by somebody who is not signed in
    email_proved_at = models.DateTimeField(_("address proved"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True, db_index=True)
    answer = models.TextField(_("answer"), blank=True, max_length=LONGEST)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_version = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    planned_version = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    hidden_aliases = models.ManyToManyField(Page, related_name="+", editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering: ClassVar = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.path or str(_("The hub"))

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    def note_page(self, page: Page) -> None:
        """What is called what, and who looks after it, while the page is live."""
        thing = page.specific
        self.title = thing.title
        self.audience_token = getattr(thing, "audience_token", EVERYONE)
        if isinstance(thing, CommunityPage):
            self.community = thing
        elif isinstance(thing, CommunityContent):
            self.community = thing.community

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def answer_address(self) -> str:
        """Where the answer goes: the proved address of whoever reported it. Any other could be somebody else's."""
        if self.reporter is not None:
            return (self.reporter.email or "") if self.reporter.is_active else ""
        return self.email if self.email_proved_at else ""
