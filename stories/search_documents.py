"""What stories publish to search."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from communities.models import CommunityPage
from core.audiences import tokens_of
from core.models import Topic
from indexing.documents import Document, Source, key_of
from indexing.engines.base import IndexedDocument
from search.reasons import with_month
from stories.models import StoryPage


class StorySource(Source[StoryPage]):
    """A story is found by all its parts, and is evidence for those who tell it."""

    model = StoryPage
    kind = "story"
    label = _("Stories")
    label_one = _("Story")
    icon = "story"
    depends_on: ClassVar = {CommunityPage: "community", Topic: "topics"}
    people_fields = ("author_links__person",)

    def queryset(self) -> QuerySet[StoryPage]:
        return StoryPage.objects.live().select_related("community").prefetch_related("topics", "author_links")

    def document(self, obj: StoryPage) -> Document:
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url or "",
            tokens=tokens_of(obj),
            summary=obj.summary,
            body="\n\n".join(filter(None, (obj.quote, obj.text))),
            topics=tuple(topic.name for topic in obj.topics.all()),
            people=tuple(link.person_id for link in obj.author_links.all()),
            community=obj.shown_community.title if obj.shown_community else "",
            community_key=key_of(obj.shown_community) if obj.shown_community else "",
            date=obj.told_on,
            source=obj.source_url,
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        told = ngettext("Told a story about it", "Told %(n)s stories about it", len(evidence))
        return with_month(told % {"n": len(evidence)}, evidence)
