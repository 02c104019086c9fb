"""The front page, and plain pages such as the accessibility statement."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields import LineField
from core.models import HubPage
from home.confirmed_steps import FirstStepMark
from people.models import User

__all__ = ["FirstStepMark", "HomePage", "PlainPage"]


class AskedBlock(blocks.StructBlock):
    """Something that people asked this week, and the words that find it."""

    text = blocks.CharBlock(label=_("shown"))
    query = blocks.CharBlock(label=_("searched for"), required=False, help_text=_("Empty: as shown."))


class HomePage(HubPage):
    """The front page: what is happening, who knows, where to go today."""

    context_function = "home.listings.front_context"

    editor_help = _("The question over the search, a few things that people asked this week, and words for newcomers.")
    editor_help_at = "as-an-editor"

    is_findable = False
    question = LineField(_("question above the search"), max_length=120, default="Ask anything, or who knows about…")
    asked_this_week = StreamField([("asked", AskedBlock())], blank=True, verbose_name=_("asked this week"))
    welcome_title = LineField(_("heading for newcomers"), max_length=120, blank=True)
    welcome_text = models.TextField(_("words for newcomers"), blank=True)
    host = models.ForeignKey(
        User,
        verbose_name=_("who shows newcomers round"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "home/front.html"
    content_panels: ClassVar[Sequence[Panel]] = [
        *HubPage.content_panels,
        FieldPanel("question"),
        FieldPanel("asked_this_week"),
        MultiFieldPanel(
            [FieldPanel("welcome_title"), FieldPanel("welcome_text"), FieldPanel("host")], heading=_("New here")
        ),
    ]

    class Meta:
        verbose_name = _("front page")


class PlainPage(HubPage):
    """A page that says something and belongs to no community: how the hub works, what it holds about people."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    context_function = "home.listings.plain_context"

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/plain.html"
    search_fields: ClassVar = [*HubPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels: ClassVar[Sequence[Panel]] = [*HubPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
