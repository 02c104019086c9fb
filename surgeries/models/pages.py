"""Surgeries: series of drop-ins."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, Panel
from wagtail.fields import RichTextField

from communities.choices import Capability
from communities.models import ContentPage
from core.blocks import RICH_TEXT_FEATURES
from core.fields import LineField
from core.models import HubPage, Topic
from core.topics import PageTopicsField
from core.versions import ShownWithOwner
from search.panels import NearPanel
from surgeries.choices import ForWhom

TOLD_OF_SERIES = ("title", "summary", "place", "online_url")
"""What a calendar shows of a session that says nothing of its own."""


class SurgeryTopic(ShownWithOwner, ItemBase):
    """One topic of one surgery."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="surgery_links")
    content_object = ParentalKey("surgeries.SurgeryPage", on_delete=models.CASCADE, related_name="topic_links")


class SurgeryIndexPage(HubPage):
    """The schedule: who helps whom, where and when."""

    context_function = "surgeries.listings.schedule_context"

    is_findable = False
    max_count = 1
    subpage_types: ClassVar = ["surgeries.SurgeryPage"]
    parent_page_types: ClassVar = [settings.FRONT_PAGE]
    template = "surgeries/schedule.html"

    class Meta:
        verbose_name = _("surgeries")


class SurgeryPage(ContentPage):
    """A series of drop-ins."""

    context_function = "surgeries.listings.surgery_context"
    version_kind = "surgeries"
    written_with = (Capability.SURGERIES,)
    published_with = (Capability.SURGERIES,)
    front_writing = "surgeries:write"

    editor_help = _("A surgery is a series. Its dates are made on its own page on the hub, by a pattern or one by one.")
    editor_help_at = "as-an-editor"

    description = RichTextField(_("description"), blank=True, features=RICH_TEXT_FEATURES)
    for_whom = models.CharField(_("for whom"), max_length=10, choices=ForWhom.choices, default=ForWhom.BOTH)
    place = LineField(_("place"), max_length=250, blank=True)
    online_url = models.URLField(_("address online"), max_length=1000, blank=True)
    what_to_bring = LineField(_("what to bring"), max_length=250, blank=True)
    topics = PageTopicsField(through=SurgeryTopic, blank=True, verbose_name=_("topics"))
    imported_id = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)

    parent_page_types: ClassVar = ["surgeries.SurgeryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "surgeries/surgery.html"
    content_panels: ClassVar[Sequence[Panel]] = [
        *HubPage.content_panels,
        HelpPanel(template="surgeries/series/in_editor.html"),
        NearPanel(),
        FieldPanel("community"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("for_whom"), FieldPanel("what_to_bring")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("online_url")]),
        FieldPanel("topics"),
    ]

    class Meta:
        verbose_name = _("surgery")
        verbose_name_plural = _("surgeries")
