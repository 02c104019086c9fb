"""Guidance: what a community knows and keeps true."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.search import index

from communities.choices import Capability
from communities.models import ContentPage
from core.audiences import tokens_of
from core.blocks import BodyBlock, pictures_in
from core.fields import LineField
from core.models import HubPage, Topic
from core.text import stream_text
from core.topics import PageTopicsField
from core.versions import ShownWithOwner
from knowledge.files.models import FileText  # noqa: F401 (Django looks for models here)
from people.models import User
from search.panels import NearPanel

CHECK_EVERY = timedelta(days=365)
"""How long guidance is good for where nobody said otherwise."""


class GuidanceTopic(ShownWithOwner, ItemBase):
    """One topic of one page of guidance."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="guidance_links")
    content_object = ParentalKey("knowledge.GuidancePage", on_delete=models.CASCADE, related_name="topic_links")


class GuidanceIndexPage(HubPage):
    """All the guidance that the reader may see, and what is due for another look."""

    context_function = "knowledge.listings.index_context"

    is_findable = False
    max_count = 1
    subpage_types: ClassVar = ["knowledge.GuidancePage"]
    parent_page_types: ClassVar = [settings.FRONT_PAGE]
    template = "knowledge/index.html"

    class Meta:
        verbose_name = _("guidance")


class GuidancePage(ContentPage):
    """A page of shared knowledge: who looks after it, who checked it and when, when it is due again."""

    context_function = "knowledge.listings.guidance_context"
    version_kind = "knowledge"
    written_with = (Capability.GUIDANCE,)
    published_with = (Capability.GUIDANCE,)
    front_writing = "knowledge:write"

    editor_help = _("Say who checked it and when it is due again: whoever looks after it is asked on that day.")
    editor_help_at = "as-an-editor"

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    keeper = models.ForeignKey(
        User,
        verbose_name=_("kept by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="kept_guidance",
        help_text=_("Who is asked when it is due, beside the facilitators. Empty: whoever checked it last."),
    )
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="checked_guidance",
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    due_on = models.DateField(_("due for another look on"), null=True, blank=True, db_index=True)
    written_on = models.DateField(_("written on"), default=timezone.localdate)
    topics = PageTopicsField(through=GuidanceTopic, blank=True, verbose_name=_("topics"))
    authors = models.ManyToManyField(User, verbose_name=_("written by"), blank=True, related_name="guidance")
    source = LineField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=1000, blank=True)
    imported_id = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)

    parent_page_types: ClassVar = ["knowledge.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/guidance.html"
    search_fields: ClassVar = [*HubPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels: ClassVar[Sequence[Panel]] = [
        *HubPage.content_panels,
        NearPanel(),
        FieldPanel("body"),
        FieldPanel("topics"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("community"), FieldPanel("keeper")]),
                FieldRowPanel([FieldPanel("checked_by"), FieldPanel("checked_on"), FieldPanel("due_on")]),
            ],
            heading=_("Looked after by"),
        ),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
    ]

    class Meta:
        verbose_name = _("guidance")
        verbose_name_plural = _("guidance")

    def clean(self) -> None:
        super().clean()
        if self.checked_on and self.due_on and self.due_on < self.checked_on:
            raise ValidationError({"due_on": _("It falls due after it was checked. Choose a later day.")})

    @property
    def text(self) -> str:
        """All its words, for search."""
        return stream_text(self.body, tokens_of(self))

    @property
    def picture_keys(self) -> frozenset[int]:
        return pictures_in(self.body.raw_data)

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def next_due(self) -> date:
        """The day that a check done today would make it due again: after as long as last time."""
        spell = self.due_on - self.checked_on if self.due_on and self.checked_on else CHECK_EVERY
        return timezone.localdate() + max(spell, timedelta(days=30))


class ToldDue(models.Model):
    """That whoever looks after a page was told of the day on which it fell due."""

    changes_pages = False
    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    claim = models.UUIDField(default=uuid4, editable=False)  # of whoever wrote the row, and so tells of it

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("page", "due_on"), name="a_due_day_is_told_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.due_on}"
