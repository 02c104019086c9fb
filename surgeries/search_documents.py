"""What surgeries publish to search: the series, and those dates that say something of their own."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from communities.models import CommunityPage
from core.audiences import tokens_of
from core.models import Topic
from core.text import plain_text
from indexing.documents import Document, Source, key_of
from indexing.engines.base import IndexedDocument
from surgeries.models import Session, SurgeryPage


class SurgerySource(Source[SurgeryPage]):
    """A series of drop-ins."""

    model = SurgeryPage
    kind = "surgery"
    label = _("Surgeries")
    label_one = _("Surgery")
    icon = "surgery"
    depends_on: ClassVar = {CommunityPage: "community", Topic: "topics", Session: "sessions"}
    people_fields = ("sessions__mentors",)

    def queryset(self) -> QuerySet[SurgeryPage]:
        return SurgeryPage.objects.live().select_related("community").prefetch_related("topics", "sessions__mentors")

    def document(self, obj: SurgeryPage) -> Document:
        mentors = (mentor.pk for session in obj.sessions.all() for mentor in session.mentors.all())
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url or "",
            tokens=tokens_of(obj),
            summary=obj.summary,
            body="\n\n".join(filter(None, (plain_text(obj.description), obj.what_to_bring, obj.place))),
            topics=tuple(topic.name for topic in obj.topics.all()),
            people=tuple(dict.fromkeys(mentors)),
            community=obj.shown_community.title if obj.shown_community else "",
            community_key=key_of(obj.shown_community) if obj.shown_community else "",
            extra={"place": obj.place},
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        count = len(evidence)
        return ngettext("Helps at a surgery on it", "Helps at %(n)s surgeries on it", count) % {"n": count}


class SessionSource(Source[Session]):
    """One date with words of its own. The others are found through their series, which would else be found a dozen
    times.
    """

    model = Session
    kind = "session"
    label = _("Sessions")
    label_one = _("Session")
    icon = "session"
    passes = True
    people_fields = ("mentors",)
    depends_on: ClassVar = {
        SurgeryPage: "surgery",
        CommunityPage: "surgery__community",
        Topic: "surgery__topics",
    }

    def queryset(self) -> QuerySet[Session]:
        sessions = Session.objects.filter(surgery__live=True).exclude(title="", summary="", body="")
        return sessions.select_related("surgery__community").prefetch_related("mentors", "surgery__topics")

    def document(self, obj: Session) -> Document:
        community = obj.surgery.shown_community
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.heading,
            url=obj.url,
            tokens=tokens_of(obj),
            summary=obj.summary,
            body=obj.text,
            topics=tuple(topic.name for topic in obj.surgery.topics.all()),
            people=tuple(mentor.pk for mentor in obj.mentors.all()),
            community=community.title if community else "",
            community_key=key_of(community) if community else "",
            date=obj.starts,
            extra={"place": obj.where},
        )

    def title(self, obj: Session) -> str:
        return obj.heading

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        count = len(evidence)
        return ngettext("Is there for a session on it", "Is there for %(n)s sessions on it", count) % {"n": count}
