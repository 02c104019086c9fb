"""The page of a community, and the index of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from communities.choices import Capability, Joining, Stage, State
from communities.models.roles import Holding
from communities.panels import RELATION, CommunityForm, FacilitatorsPanel, gaps_of_facilitators
from core.audiences import NOBODY, Audience, community_pks, community_token
from core.blocks import BodyBlock
from core.fields import LineField
from core.models import HubPage, Topic, uploaded_picture
from core.topics import PageTopicsField
from core.versions import ShownWithOwner
from design import art
from design.art.views import address as picture_url
from design.panels import drawn_panel
from people.models import User


class CommunityTopic(ShownWithOwner, ItemBase):
    """One topic of one community."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="community_links")
    content_object = ParentalKey("communities.CommunityPage", on_delete=models.CASCADE, related_name="topic_links")


class FirstFacilitator(Orderable):
    """Somebody who is to look after a new community: they become a facilitator when its page is first published."""

    changes_pages = False
    page = ParentalKey("communities.CommunityPage", on_delete=models.CASCADE, related_name=RELATION)
    person = models.ForeignKey("people.User", verbose_name=_("person"), on_delete=models.CASCADE, related_name="+")

    panels: ClassVar = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("page", "person"), name="a_first_facilitator_is_named_once")
        ]


class CommunityIndexPage(HubPage):
    """Every community that the reader may see."""

    context_function = "communities.listings.index_context"

    is_findable = False
    max_count = 1
    subpage_types: ClassVar = ["communities.CommunityPage"]
    parent_page_types: ClassVar = [settings.FRONT_PAGE]
    template = "communities/index.html"

    class Meta:
        verbose_name = _("communities")


class CommunityPage(HubPage):
    """A community: people with a purpose."""

    context_function = "communities.listings.community_context"
    editor_help = _("What it is for in one sentence, and who decided that there should be one. Readers see this first.")
    editor_help_at = "as-an-editor"
    written_with = (Capability.EDIT_PAGE,)
    published_with = (Capability.EDIT_PAGE,)

    purpose = models.TextField(_("purpose"), blank=True, help_text=_("What it is for, in one sentence."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.ACTIVE, db_index=True)
    joining = models.CharField(_("joining"), max_length=12, choices=Joining.choices, default=Joining.ASK)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    decided_by = LineField(_("decided by"), max_length=160, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reference = LineField(_("reference"), max_length=60, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    sponsor = models.ForeignKey(
        "people.User",
        verbose_name=_("sponsor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sponsored",
        help_text=_("Answers for the community's risks and gives permission to experiment."),
    )
    emblem = models.CharField(_("emblem"), max_length=30, blank=True)
    cover = models.CharField(_("cover"), max_length=30, blank=True)
    picture = uploaded_picture()
    topics = PageTopicsField(through=CommunityTopic, blank=True, verbose_name=_("topics"))
    source = models.CharField(_("source"), max_length=200, blank=True, editable=False)
    imported_id = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)

    parent_page_types: ClassVar = ["communities.CommunityIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "communities/community.html"
    base_form_class = CommunityForm
    search_fields: ClassVar = [*HubPage.search_fields, index.SearchField("purpose"), index.SearchField("body")]
    content_panels: ClassVar[Sequence[Panel]] = [
        *HubPage.content_panels,
        FieldPanel("purpose"),
        FacilitatorsPanel(
            RELATION,
            chooser_field_name="person",
            heading=_("Facilitators"),
            label=_("person"),
            help_text=_("Who looks after it. They are its facilitators as soon as it is published, and are told."),
        ),
        FieldPanel("body"),
        FieldPanel("topics"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("decided_by"), FieldPanel("decided_on")]),
                FieldRowPanel([FieldPanel("reference"), FieldPanel("review_on")]),
                FieldPanel("sponsor"),
            ],
            heading=_("Mandate"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("stage"), FieldPanel("joining"), FieldPanel("capacity")]),
                FieldRowPanel([FieldPanel("opened_on"), FieldPanel("closed_on")]),
            ],
            heading=_("Life"),
        ),
        FieldRowPanel(
            [drawn_panel("emblem", "emblem"), drawn_panel("cover", "cover"), FieldPanel("picture")],
            heading=_("Pictures"),
        ),
    ]

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def asked_before_publishing(self) -> Iterator[str]:
        yield from gaps_of_facilitators(self)

    # -- what depends on it -------------------------------------------------------------------------------------------
    version_kind = "communities"

    @property
    def version_scope(self) -> str:
        return community_token(self.pk)

    @property
    def writing_address(self) -> str:
        """Where a draft of it is answered: its own form on the hub publishes, and keeps none."""
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    @property
    def members_scope(self) -> str:
        """What its members do there: come, go, and have another part."""
        return f"members:{self.pk}"

    @classmethod
    def version_scopes_of(cls, rows: QuerySet[Any], values: Mapping[str, Any]) -> set[str]:
        these = {community_token(pk) for pk in rows.order_by().values_list("pk", flat=True)}
        return these | super().version_scopes_of(rows, values)

    # -- who may see it ------------------------------------------------------------------------------------------------
    def members_token(self) -> str:
        return community_token(self.pk) if self.pk else NOBODY

    @classmethod
    def own_draft(cls, tokens: frozenset[str]) -> Q:
        return Q(pk__in=community_pks(tokens))

    def clean(self) -> None:
        super().clean()
        if self._state.adding and not self.emblem:
            self.emblem = free_emblem(self.slug)
        errors: dict[str, Any] = {}
        taken = self.taken
        if self.capacity is not None and self.capacity < taken:
            errors["capacity"] = _("There are %(taken)s members already. Choose %(taken)s places or more.") % {
                "taken": taken
            }
        if self.opened_on and self.closed_on and self.closed_on < self.opened_on:
            errors["closed_on"] = _("A community closes after it opened. Choose a later day.")
        if self.decided_on and self.review_on and self.review_on <= self.decided_on:
            errors["review_on"] = _("It is looked at again after it was decided. Choose a later day.")
        if errors:
            raise ValidationError(errors)

    # -- who looks after it --------------------------------------------------------------------------------------------
    def named_facilitators(self) -> QuerySet[User]:
        """The people whom the page names and whose accounts are on. Whoever was a member and left stays away."""
        people = [link.person_id for link in self.first_facilitators.all()]
        found: QuerySet[User] = User.objects.here().filter(pk__in=people).order_by("pk")
        return found.exclude(pk__in=self.memberships.filter(state=State.ENDED).values("person")) if self.pk else found

    def has_been_facilitated(self) -> bool:
        """Whether anybody ever was a facilitator: from then on the members page is the place to name them."""
        held = Holding.objects.stewarding().filter(membership__community=self.pk)
        return bool(held.exclude(membership__state=State.INVITED).exists())

    # -- places --------------------------------------------------------------------------------------------------------
    @property
    def taken(self) -> int:
        """How many places are taken, that is, how many active members there are."""
        places = getattr(self, "places", None) if self.pk else None
        return places.taken if places else 0

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity

    @property
    def present_sponsor(self) -> Any:
        """The sponsor, as long as their account is on."""
        return self.sponsor if self.sponsor and self.sponsor.is_active else None

    @property
    def is_closed(self) -> bool:
        return self.stage == Stage.CLOSED

    @property
    def is_private(self) -> bool:
        return self.audience == Audience.MEMBERS

    # -- how it looks --------------------------------------------------------------------------------------------------
    @property
    def emblem_url(self) -> str:
        return picture_url("emblem", self.slug, art.known("emblem", self.emblem))

    @property
    def has_cover(self) -> bool:
        """Whether a picture stands across its page: a drawn one, too, for those who may not see the photograph."""
        return bool(self.cover or self.picture_id)

    @property
    def cover_url(self) -> str:
        return picture_url("cover", self.slug, art.known("cover", self.cover))

    @property
    def review_is_overdue(self) -> bool:
        return self.review_on is not None and self.review_on < today()


def free_emblem(slug: str) -> str:
    """An emblem for a new community that no other one has, as long as there are any: lists show them side by side."""
    taken = CommunityPage.objects.values_list("slug", "emblem")
    known = [(other, art.known("emblem", emblem)) for other, emblem in taken]
    return art.apart("emblem", [*known, (slug, "")])[-1]


def today() -> date:
    """The day it is where the hub is."""
    return timezone.localdate()
