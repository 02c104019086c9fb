"""What communities publish to search."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy as _

from communities.models import CommunityPage, Membership
from core.audiences import tokens_of
from core.models import Topic
from core.text import stream_text
from indexing.documents import Document, Source, key_of
from indexing.engines.base import IndexedDocument


class CommunitySource(Source[CommunityPage]):
    """A community is found by its purpose and what it says of itself; it speaks for its facilitators."""

    model = CommunityPage
    kind = "community"
    label = _("Communities")
    label_one = _("Community")
    icon = "community"
    is_lasting = True  # its facilitators are those of today
    depends_on: ClassVar = {Topic: "topics"}
    people_fields = ("memberships__person",)

    def queryset(self) -> QuerySet[CommunityPage]:
        facilitators = Prefetch("memberships", Membership.objects.stewards(), to_attr="facilitator_list")
        return CommunityPage.objects.live().prefetch_related("topics", facilitators)

    def document(self, obj: CommunityPage) -> Document:
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url or "",
            tokens=tokens_of(obj),
            summary=obj.summary,
            body="\n\n".join(filter(None, (obj.purpose, stream_text(obj.body, tokens_of(obj))))),
            topics=tuple(topic.name for topic in obj.topics.all()),
            people=tuple(membership.person_id for membership in obj.facilitator_list),
            community=obj.title,
            community_key=key_of(obj),
            date=obj.opened_on,
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        names: list[Any] = [stored.title for stored in evidence]
        return gettext("Facilitates %(communities)s") % {"communities": get_text_list(names, gettext("and"))}
