"""What every room builds on: pages with an audience, topics, pictures and files."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image, ImageQuerySet, SourceImageIOError
from wagtail.models import Page, PageViewRestriction

from core.audiences import EVERYONE, NOBODY, ORGANISATION, Audience, AudienceQuerySet, Viewer
from core.branding.models import BrandingSettings
from core.dead_addresses.models import DeadAddress
from core.desk.help import HereHelp
from core.drafts import PageWithDrafts
from core.editing import rights
from core.editing.forms import HubCopyForm, HubPageForm
from core.editing.policy import tester_for
from core.editors import edits_everything, is_hub_team
from core.fields import LineField
from core.heartbeats import Heartbeat
from core.outbox.models import Delivery
from core.querysets import HubPageManager
from core.single_line import OneLineFields
from core.topics import Topic
from core.uploads import Upload
from core.versions import ScopeChange
from core.working_days.models import ClosedDay, WorkingHours

__all__ = [
    "BrandingSettings",
    "ClosedDay",
    "DeadAddress",
    "Delivery",
    "FileQuerySet",
    "Heartbeat",
    "HubDocument",
    "HubImage",
    "HubPage",
    "HubRendition",
    "PictureQuerySet",
    "ScopeChange",
    "Topic",
    "WorkingHours",
    "upload_audience",
    "uploaded_picture",
]

LEADING_SIGNS = ("<a ", "<embed ", "'picture'", '"picture"')  # in what editors wrote
LARGEST_SOURCE = 24_000_000  # pixels: about 100 MB while the web server makes a size of a picture


NO_ROW = 0  # is the key of no row


class HubPage(OneLineFields, PageWithDrafts):
    """A page with an audience and a summary. Every page type of the hub is one."""

    summary = LineField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences: what a reader gets from this page."),
    )

    objects: ClassVar[Any] = HubPageManager()  # Wagtail's managers carry no types

    content_panels: ClassVar[Sequence[Panel]] = [
        HereHelp(),
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("summary"),
    ]
    editor_help: ClassVar[Any] = ""
    """What to know first, at the top of the editor's form, and where the guide for editors goes on."""
    editor_help_at: ClassVar[str] = ""
    front_writing: ClassVar[str] = ""
    """The name of the address, with the page's key, where whoever began a page writes on in it on the hub itself."""

    base_form_class = HubPageForm
    copy_form_class = HubCopyForm
    context_function = ""
    """Where the function stands that says what the page shows: ``"stories.listings.story_context"``, which gets the
    request and the page. A name, because listings import the models."""
    private_page_options: ClassVar[list[str]] = []  # Wagtail's own privacy settings would be a second rule

    class Meta:
        abstract = True

    def audience_in_words(self, token: str) -> str:
        """Whom ``token`` opens the page to, to go after "Visible to:"."""
        words = {EVERYONE: _("everyone"), ORGANISATION: _("the organisation"), NOBODY: _("nobody")}
        return str(words.get(token) or self.members_in_words())

    def members_in_words(self) -> str:
        return gettext("its members")

    def get_view_restrictions(self) -> Any:
        """None: the audience is the only rule, and asking for others costs two queries a page."""
        return PageViewRestriction.objects.none()

    @classmethod
    def draft_closed_to(cls, _viewer: Viewer, tokens: frozenset[str]) -> Q:
        """A draft for members is closed to whoever is none, though the live page may be open to them."""
        own = cls.own_draft(tokens)
        return Q(has_unpublished_changes=True) & Q(latest_revision__content__audience=Audience.MEMBERS) & ~own

    @classmethod
    def own_draft(cls, tokens: frozenset[str]) -> Q:
        """Pages whose members hold one of ``tokens``: none where no community stands behind the page."""
        return Q(pk__isnull=NOBODY not in tokens)

    def permissions_for_user(self, user: Viewer) -> Any:
        """Wagtail's, or none at all where the page is closed to this editor."""
        return tester_for(user, self)

    def get_workflow(self) -> Any:
        """Of what somebody looks after: theirs. Where a page stands says nothing of whose it is."""
        if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
            return None
        return rights.workflow(self) or super().get_workflow()

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    @property
    def has_links(self) -> bool:
        """Whether its text may lead anywhere or shows an upload: who reads then decides what it says."""
        fields = [field for field in self._meta.concrete_fields if isinstance(field, RichTextField | StreamField)]
        texts = (str(getattr(value, "raw_data", value)) for value in (getattr(self, one.attname) for one in fields))
        return any(sign in text for text in texts for sign in LEADING_SIGNS)

    @property
    def parent_url(self) -> str:
        """The address of the page above, read off this page's own."""
        return str(self.url or "/").rstrip("/").rpartition("/")[0] + "/"

    index_is_live = True
    """Whether the page above can be read; a page that was moved beneath a draft stands there alone."""

    @property
    def trail(self) -> list[dict[str, str]]:
        """The way here: the front page, and the index that this page stands in."""
        steps = [{"title": str(_("Today")), "url": "/"}]
        if self.parent_url != "/" and self.index_is_live:
            steps.append({"title": str(self.index_title), "url": self.parent_url})
        return steps

    @property
    def trail_with_self(self) -> list[dict[str, str]]:
        """The way to a page below this one."""
        return [*self.trail, {"title": self.title, "url": str(self.url)}]

    @property
    def index_title(self) -> Any:
        """What the index that this page stands in is called."""
        return type(self)._meta.verbose_name_plural.capitalize()  # type: ignore[union-attr]  # Django sets it

    @property
    def front_address(self) -> str:
        """Where it is written on the hub itself; empty where it is only in the editor."""
        return reverse(self.front_writing, args=[self.pk]) if self.front_writing and self.pk else ""

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        edits_all = edits_everything(request.user)
        writes = (not edits_all or self.front_address) and rights.writes(request.user, self)
        on_the_front = writes or is_hub_team(request.user)
        addresses = {
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.pk]) if self.pk and (edits_all or writes) else "",
            "write_url": self.front_address if on_the_front else "",
        }
        shown = import_string(self.context_function)(request, self) if self.context_function else {}
        return {**super().get_context(request, *args, **kwargs), **addresses, **shown}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """What is new has no row yet. Django asks nothing about a page without a key, and finds nothing of no row's."""
        if self.pk is None:
            self.pk = NO_ROW
        return super().serve_preview(request, mode_name)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page in one step where its whole address is known, instead of level by level.

        Wagtail asks two queries for each level of the tree. Pages keep their whole address, so one look-up finds the
        live page at it; whatever that misses goes Wagtail's own way.
        """
        if len(path_components) > 1:
            index = "/".join(path_components[:-1])
            indexes = Page.objects.live().filter(slug=path_components[-2], url_path=f"{self.url_path}{index}/")
            named = Page.objects.live().filter(slug=path_components[-1])
            address = f"{self.url_path}{index}/{path_components[-1]}/"
            page = named.filter(url_path=address).annotate(index_is_live=Exists(indexes)).first()
            if page is not None:
                return page.specific.route(request, [])
        return super().route(request, path_components)


def uploaded_picture() -> "models.ForeignKey[HubImage | None, HubImage | None]":
    """A picture that somebody uploaded, in the place of a drawn one."""
    return models.ForeignKey(
        "core.HubImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Those who may not see it are shown the drawing."),
    )


def upload_audience() -> models.CharField[str, str]:
    """Who may see an upload. In the collection of a community it is never more public than the community."""
    choices = [choice for choice in Audience.choices if choice[0] != Audience.MEMBERS]
    return models.CharField(_("who may see it"), max_length=16, choices=choices, default=Audience.ORGANISATION)


class PictureQuerySet(AudienceQuerySet, ImageQuerySet):
    """Uploaded pictures, with the one rule for who may see them."""


class FileQuerySet(AudienceQuerySet, DocumentQuerySet):
    """Uploaded files, with the one rule for who may see them."""


class HubImage(Upload, AbstractImage):
    """An uploaded picture. Who may see it is asked when its file is fetched."""

    audience = upload_audience()
    only_decorates = models.BooleanField(
        _("only decorates"),
        default=False,
        help_text=_("It says nothing that the words beside it do not say. It then needs no description."),
    )

    objects = PictureQuerySet.as_manager()
    is_findable = False  # found through the page that shows it
    version_kind = "uploads"
    is_shown_when_new = False

    admin_form_fields = (*Image.admin_form_fields, "only_decorates", "audience")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = (("choose_image", "Can choose image"),)

    @property
    def is_described(self) -> bool:
        """Whether somebody said what it shows, or that this does not matter."""
        return self.only_decorates or bool(self.description)

    @property
    def default_alt_text(self) -> str:
        """Never the title, which is mostly the name of a file."""
        return "" if self.only_decorates else str(self.description)

    def get_willow_image(self) -> Any:
        """The picture to make a size of. One that did not come through the form may be too large for this process."""
        if self.width * self.height > LARGEST_SOURCE:
            raise SourceImageIOError(f"{self.file.name} has too many pixels to make sizes of it.")
        return super().get_willow_image()


class HubRendition(AbstractRendition):
    """One size of a picture."""

    changes_pages = False  # made when a page first shows it
    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_per_size")
        ]


class HubDocument(Upload, AbstractDocument):
    """An uploaded file. Who may see it is asked when it is fetched."""

    audience = upload_audience()
    version_kind = "uploads"
    is_shown_when_new = False

    objects = FileQuerySet.as_manager()

    admin_form_fields = (*Document.admin_form_fields, "audience")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = (("choose_document", "Can choose document"),)
