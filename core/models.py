"""What every room builds on: pages with an audience, topics, pictures and files."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy as _
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Image, ImageQuerySet, SourceImageIOError
from wagtail.models import Page, PageViewRestriction

from core.audiences import EVERYONE, NOBODY, ORGANISATION, Audience, AudienceModel, AudienceQuerySet
from core.drafts import PageWithDrafts
from core.editing.forms import HubPageForm
from core.editors import is_editor
from core.fields import LineField
from core.querysets import HubPageManager
from core.single_line import OneLineFields
from core.text import one_line
from core.topics import LONGEST, LONGEST_KEY, topic_key

LARGEST_SOURCE = 24_000_000  # pixels: about 100 MB while the web server makes a size of a picture


class TopicManager(models.Manager["Topic"]):
    """Topics by their names, however they are written."""

    def get_by_natural_key(self, name: str) -> "Topic":
        return self.get(key=topic_key(name))

    def called(self, name: str) -> "Topic":
        """The topic of this name, which is made where there is none."""
        if len(one_line(name)) > LONGEST:
            raise ValidationError(_("A topic has %(most)d letters at most.") % {"most": LONGEST})
        return self.get_or_create(key=topic_key(name), defaults={"name": name, "was_typed": True})[0]


class TopicKeyField(LineField):
    """Follows from the name, however the row is saved."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        model_instance.key = topic_key(model_instance.name)
        return str(model_instance.key)


class Topic(TagBase):
    """What something is about and what somebody knows: one vocabulary for pages and for people.

    ``key`` is the name in the form in which names are compared, so that one topic stays one in every database.
    """

    name = LineField(_("name"), unique=True, max_length=LONGEST)
    key = TopicKeyField(max_length=LONGEST_KEY, unique=True, editable=False)
    summary = LineField(_("summary"), max_length=1000, blank=True)
    # It came of a word in somebody's draft or profile. Until something open has it, the word may be as private as that.
    was_typed = models.BooleanField(default=False, db_default=False, editable=False)
    free_tagging = True

    objects: ClassVar[TopicManager] = TopicManager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(slug=""), name="a_topic_has_an_address")]

    def clean(self) -> None:
        super().clean()
        if Topic.objects.filter(key=topic_key(self.name)).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is this topic already, in these letters or in capitals.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """An address of any script. A name of signs only has the word itself for one."""
        slug = slugify(one_line(tag), allow_unicode=True)[: LONGEST - 10].strip("-_") or "topic"
        return slug if i is None else f"{slug}_{i}"


class Edition(models.Model):
    """How often what the hub shows has changed: one row, written and read by ``core.versions``."""

    changes_pages = False
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class HubPage(OneLineFields, PageWithDrafts):
    """A page with an audience and a summary. Every page type of the hub is one."""

    summary = LineField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences: what a reader gets from this page."),
    )

    objects: ClassVar[Any] = HubPageManager()  # Wagtail's managers carry no types

    content_panels: ClassVar[Sequence[Panel]] = [*Page.content_panels, FieldPanel("audience"), FieldPanel("summary")]

    base_form_class = HubPageForm
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
    def draft_closed_to(cls, _viewer: Any, tokens: frozenset[str]) -> Q:
        """A draft for members is closed to whoever is none, though the live page may be open to them."""
        own = cls.own_draft(tokens)
        return Q(has_unpublished_changes=True) & Q(latest_revision__content__audience=Audience.MEMBERS) & ~own

    @classmethod
    def own_draft(cls, tokens: frozenset[str]) -> Q:
        """Pages whose members hold one of ``tokens``: none where no community stands behind the page."""
        return Q(pk__isnull=NOBODY not in tokens)

    def asked_before_publishing(self) -> Iterable[str]:
        """What the form asks for before this is live, beside what its own fields need. Rooms add theirs."""
        return ()

    def permissions_for_user(self, user: Any) -> Any:
        """Wagtail's, or none at all where the page is closed to this editor."""
        from core.editing.policy import tester_for  # noqa: PLC0415 (it imports this module)

        return tester_for(user, self)

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
        return type(self)._meta.verbose_name_plural.capitalize()  # type: ignore[union-attr]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.pk]) if is_editor(request.user) else ""
        shown = import_string(self.context_function)(request, self) if self.context_function else {}
        return {**super().get_context(request, *args, **kwargs), "edit_url": edit_url, **shown}

    def route(self, request: Any, path_components: list[str]) -> Any:
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
    """Who may see an upload. It belongs to no community, so that "members only" would be nobody."""
    choices = [choice for choice in Audience.choices if choice[0] != Audience.MEMBERS]
    return models.CharField(_("who may see it"), max_length=16, choices=choices, default=Audience.ORGANISATION)


class PictureQuerySet(AudienceQuerySet, ImageQuerySet):
    """Uploaded pictures, with the one rule for who may see them."""


class FileQuerySet(AudienceQuerySet, DocumentQuerySet):
    """Uploaded files, with the one rule for who may see them."""


class HubImage(AudienceModel, AbstractImage):
    """An uploaded picture. Who may see it is asked when its file is fetched."""

    audience = upload_audience()
    only_decorates = models.BooleanField(
        _("only decorates"),
        default=False,
        help_text=_("It says nothing that the words beside it do not say. It then needs no description."),
    )

    objects = PictureQuerySet.as_manager()
    is_findable = False  # found through the page that shows it

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


class HubDocument(AudienceModel, AbstractDocument):
    """An uploaded file. Who may see it is asked when it is fetched."""

    audience = upload_audience()

    objects = FileQuerySet.as_manager()

    admin_form_fields = (*Document.admin_form_fields, "audience")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = (("choose_document", "Can choose document"),)
