"""What guidance publishes to search, and with it the files that stand beside it."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from communities.models import CommunityPage
from core.audiences import tokens_of
from core.models import Topic
from indexing.documents import Document, Source, key_of
from indexing.engines.base import IndexedDocument
from knowledge.files import search_documents as files  # noqa: F401 (registers the files)
from knowledge.models import GuidancePage
from search.reasons import with_month


class GuidanceSource(Source[GuidancePage]):
    """Guidance is evidence for those who wrote it and for whoever checked it."""

    model = GuidancePage
    kind = "guidance"
    label = _("Guidance")
    label_one = _("Guidance")
    icon = "guidance"
    depends_on: ClassVar = {CommunityPage: "community", Topic: "topics"}
    people_fields = ("authors", "checked_by")

    def queryset(self) -> QuerySet[GuidancePage]:
        return GuidancePage.objects.live().select_related("community").prefetch_related("topics", "authors")

    def document(self, obj: GuidancePage) -> Document:
        people = [author.pk for author in obj.authors.all()]
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url or "",
            tokens=tokens_of(obj),
            summary=obj.summary,
            body=obj.text,
            topics=tuple(topic.name for topic in obj.topics.all()),
            people=tuple(dict.fromkeys([*people, *([obj.checked_by_id] if obj.checked_by_id else [])])),
            community=obj.shown_community.title if obj.shown_community else "",
            community_key=key_of(obj.shown_community) if obj.shown_community else "",
            date=obj.checked_on or obj.written_on,
            source=obj.source_url,
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        count = len(evidence)
        words = ngettext("Wrote or checked guidance on it", "Wrote or checked %(n)s pages of guidance on it", count)
        return with_month(words % {"n": count}, evidence)
