"""What a community looks after: stories, guidance and surgeries share this."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import In
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.models.pages import CommunityPage
from core.audiences import NOBODY, Audience, AudienceModel, Viewer, community_pks, community_token
from core.models import HubPage
from core.versions import SITE, keys_named

NONE = 0  # stands for "no community" where a draft names none


class CommunityContent(AudienceModel):
    """Something that a community looks after. It is never more public than its community."""

    community = models.ForeignKey(
        CommunityPage, verbose_name=_("community"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    audience_follows_from: ClassVar[frozenset[str]] = frozenset({"community", "community_id"})
    written_with: ClassVar[Collection[Capability]] = ()
    """The capabilities each of which lets somebody write it in the editor."""
    published_with: ClassVar[Collection[Capability]] = ()
    """Those that let them put it before readers, too."""

    class Meta:
        abstract = True

    @classmethod
    def models(cls) -> "list[type[CommunityContent]]":
        """Every model of what communities look after."""
        return [model for model in apps.get_models() if issubclass(model, cls)]

    def members_in_words(self) -> str:
        return _("the members of %(community)s") % {"community": self.community}

    @property
    def writing_address(self) -> str:
        """Where whoever may write on in it: the editor, unless the hub's own pages have a form."""
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    @property
    def version_scope(self) -> str:
        return community_token(self.community_id or NONE)

    @classmethod
    def scopes_in(cls, community: int | None) -> set[str]:
        """What a change of something like it raises in a community, by its key."""
        return {community_token(community or NONE)}

    def version_scopes(self) -> set[str]:
        return {self.version_kind, *self.scopes_in(self.community_id)}

    @classmethod
    def version_scopes_of(cls, rows: QuerySet[Any], values: Mapping[str, Any]) -> set[str]:
        """Those of their communities, before and after."""
        after = keys_named(values, "community", "community_id")
        if after is None:
            return {SITE}
        communities = {*rows.order_by().values_list("community_id", flat=True).distinct(), *after}
        return set[str]().union(*map(cls.scopes_in, communities)) | super().version_scopes_of(rows, values)

    @property
    def shown_community(self) -> CommunityPage | None:
        """The community where readers may know of it. One that is not live is a draft, its name included."""
        return self.community if self.community and self.community.live else None

    def members_token(self) -> str:
        return community_token(self.community_id) if self.community_id else NOBODY

    def audience_bounds(self) -> Iterable[str]:
        return (self.community.audience_token,) if self.community else ()

    @classmethod
    def draft_closed_to(cls, viewer: Viewer, tokens: frozenset[str]) -> Q:
        """Closed as a draft for members is; and where the draft goes into a community that is closed itself."""
        hidden = CommunityPage.objects.closed_to(viewer, tokens).values("pk")
        into_it = Q(has_unpublished_changes=True) & Q(In(drafted_community(), hidden))
        return super().draft_closed_to(viewer, tokens) | into_it

    @classmethod
    def own_draft(cls, tokens: frozenset[str]) -> Q:
        own = [*community_pks(tokens), *([NONE] if NOBODY in tokens else [])]
        return Q(In(drafted_community(), own)) if own else Q(pk__isnull=True)

    def read_audience_bounds(self) -> None:
        """The community's token as its row has it. Whoever narrows the community waits until this thing is saved."""
        if self.community:
            row = CommunityPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=self.community_id)
            self.community.audience_token = row.values_list("audience_token", flat=True).get()

    def clean(self) -> None:
        super().clean()
        if self.audience == Audience.MEMBERS and not self.community_id:
            raise ValidationError({"audience": _("Choose the community whose members may see it.")})


class ContentPage(CommunityContent, HubPage):
    """A page that a community looks after, written on the hub's own pages as well as in the editor."""

    class Meta:
        abstract = True

    @property
    def picture_keys(self) -> frozenset[int]:
        """Of the uploaded pictures that it shows."""
        return frozenset()

    @property
    def front_address(self) -> str:
        """Nowhere, for what belongs to no community: nobody has a right to write it but in the editor."""
        return super().front_address if self.community_id else ""

    @property
    def writing_address(self) -> str:
        return self.front_address or super().writing_address


def drafted_community() -> Coalesce:
    """The community that the newest draft of a page names."""
    named = KeyTextTransform("community", "latest_revision__content")
    return Coalesce(Cast(named, models.BigIntegerField()), NONE)
