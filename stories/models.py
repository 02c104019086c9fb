"""Stories: the need, what we did, what changed, the evidence, and what others can take from it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Revision
from wagtail.search import index

from communities.choices import Capability
from communities.models import ContentPage
from communities.rights import memberships_with
from core.blocks import RICH_TEXT_FEATURES
from core.drafts import NotReady
from core.fields import LineField
from core.models import HubPage, Topic, uploaded_picture
from core.text import Words, plain_text, reading_minutes
from core.topics import PageTopicsField
from core.versions import ShownWithOwner
from design import art
from design.art.views import address as picture_url
from design.panels import drawn_panel
from people.models import User
from search.panels import NearPanel
from stories.forms import StoryEditorForm
from stories.named.gate import hindrances, named_in, scrub
from stories.named.models import NamedPerson  # noqa: F401 (Django looks for models here)
from stories.named.panels import NamesPanel

PARTS = ("need", "what_we_did", "what_changed", "evidence", "reuse")


class StoryTopic(ShownWithOwner, ItemBase):
    """One topic of one story."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="story_links")
    content_object = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="topic_links")


class StoryAuthor(ShownWithOwner, Orderable):
    """Somebody who tells a story."""

    story = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="author_links")
    person = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="story_links")

    version_owner = "story"
    panels: ClassVar = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("story", "person"), name="an_author_tells_a_story_once")
        ]


class StoryIndexPage(HubPage):
    """Every story that the reader may see, newest first, by topic."""

    context_function = "stories.listings.index_context"

    is_findable = False
    max_count = 1
    subpage_types: ClassVar = ["stories.StoryPage"]
    parent_page_types: ClassVar = [settings.FRONT_PAGE]
    template = "stories/index.html"

    class Meta:
        verbose_name = _("stories")


def _rich(label: Words, help_text: Words) -> RichTextField:
    return RichTextField(label, blank=True, features=RICH_TEXT_FEATURES, help_text=help_text)


class StoryPage(ContentPage):
    """A real example."""

    context_function = "stories.listings.story_context"
    version_kind = "stories"
    written_with = (Capability.WRITE_STORIES, Capability.PUBLISH_STORIES)
    published_with = (Capability.PUBLISH_STORIES,)

    front_writing = "stories:write"
    editor_help = _(
        "Need, what you did, what changed, how you know, what others can take. Leave a part out rather than fill it."
    )
    editor_help_at = "tell-a-story"

    need = _rich(_("the need"), _("What was wrong or wanted, and for whom."))
    what_we_did = _rich(_("what we did"), _("Who did what, what it took, what did not work."))
    what_changed = _rich(_("what changed"), _("For whom, by how much."))
    evidence = _rich(_("the evidence"), _("Where the figures come from, how many people, what they do not show."))
    reuse = _rich(_("what others can take"), _("What somebody else needs to do the same."))
    body = _rich(_("the whole story"), _("Only where it is not told in the parts above."))
    quote = models.TextField(_("somebody’s words"), blank=True)
    quoted = LineField(_("whose words"), max_length=160, blank=True)
    told_on = models.DateField(_("told on"), default=timezone.localdate, db_index=True)
    speaks = models.BooleanField(
        _("said for the community"),
        default=False,
        help_text=_("Only with the right to speak for it. Readers see it; everything else is its authors’ own."),
    )
    scene = models.CharField(_("scene"), max_length=30, blank=True, help_text=_("The print that goes with it."))
    picture = uploaded_picture()
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    byline = models.CharField(max_length=400, blank=True, editable=False)
    topics = PageTopicsField(through=StoryTopic, blank=True, verbose_name=_("topics"))
    source = LineField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=1000, blank=True)
    imported_id = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)
    consent_key = models.UUIDField(default=uuid4, editable=False, db_index=True)  # whom it names: copies share it

    scene_here = ""
    """The print that goes with it in the list it stands in, where another story has its own there."""

    leaves_no_address = False
    """Whether its old address leads nowhere: it said the name of somebody who is not to be named."""

    parent_page_types: ClassVar = ["stories.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "stories/story.html"
    base_form_class = StoryEditorForm
    search_fields: ClassVar = [*HubPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels: ClassVar[Sequence[Panel]] = [
        *HubPage.content_panels,
        NearPanel(),
        NamesPanel(heading=_("Who is named")),
        FieldPanel("community"),
        FieldPanel("speaks"),
        InlinePanel("author_links", heading=_("Told by"), label=_("person")),
        MultiFieldPanel([FieldPanel(part) for part in (*PARTS, "body")], heading=_("The story")),
        FieldRowPanel([FieldPanel("quote"), FieldPanel("quoted")]),
        FieldPanel("topics"),
        FieldRowPanel([drawn_panel("scene", "story"), FieldPanel("picture"), FieldPanel("told_on")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Keep what every list shows beside the story, so that a list asks nothing more. Nobody who is not to be named
        comes back with what somebody had open meanwhile.
        """
        if kwargs.get("update_fields") is None:
            people = named_in(self, lock=True)
            scrub(self, people)
            if self._state.adding and self.live and not self.alias_of_id and any(hindrances(self, people)):
                self.live = False  # a copy goes out when it is published
            self.minutes = reading_minutes(self.text)
            self.byline = self.current_byline()
        super().save(*args, **kwargs)

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        scrub(self, named_in(self, lock=True))
        return super().save_revision(*args, **kwargs)

    @transaction.atomic
    def publish(self, revision: Revision, *args: object, **kwargs: object) -> Any:
        """Nothing goes out before everybody whom it names has answered, by whatever door."""
        people = named_in(self, lock=True)
        if people and (said := list(hindrances(revision.as_object(), people))):
            raise NotReady(said)
        return super().publish(revision, *args, **kwargs)

    def asked_before_publishing(self) -> Iterator[str]:
        """A mark that was right while it was written may be right no more when it appears."""
        speakers = memberships_with(Capability.SPEAK).filter(community=self.community_id)
        if self.speaks and not speakers.exists():
            yield gettext("Nobody may speak for the community now. Take the mark off, or ask for a grant.")
        yield from hindrances(self)

    @property
    def picture_keys(self) -> frozenset[int]:
        return frozenset({self.picture_id} if self.picture_id else ())

    @property
    def is_said_for(self) -> Any:
        """The community for which it is said, where readers may know of it."""
        return self.shown_community if self.speaks else None

    def current_byline(self) -> str:
        """The names of those who tell it, as a sentence has them."""
        names: list[Any] = [str(link.person) for link in self.author_links.all()]
        return get_text_list(names, _("and"))[:400] if names else ""

    @property
    def text(self) -> str:
        """All its words, for search and for the reading time."""
        return "\n\n".join(filter(None, (plain_text(getattr(self, part)) for part in (*PARTS, "body"))))

    @cached_property
    def parts(self) -> list[tuple[str, str, str]]:
        """The parts that are told: their names, headings and words."""
        told = [part for part in PARTS if getattr(self, part)]
        return [(part, str(label_for_field(part, type(self))), getattr(self, part)) for part in told]

    @property
    def reading_minutes(self) -> int:
        return self.minutes

    @property
    def picture_url(self) -> str:
        """The print that is drawn for it (an uploaded picture takes its place in the template)."""
        return picture_url("story", self.slug, self.print)

    @property
    def picture_alt(self) -> str:
        return art.describe("story", self.print, self.slug)

    @property
    def print(self) -> str:
        """The name of its print; nothing where its address gives it one."""
        return self.scene_here or art.known("story", self.scene)
