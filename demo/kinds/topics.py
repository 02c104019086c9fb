"""The demo's topics."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.models import Topic as HubTopic
from core.topics import topic_key
from demo.kind import ContentKind, Council


@dataclass(frozen=True, slots=True)
class TopicEntry:
    slug: str
    name: str
    summary: str


class Topics(ContentKind[TopicEntry, HubTopic]):
    name, word = "topics", "topic"
    shape = TopicEntry

    def add(self, council: Council, topic: TopicEntry) -> HubTopic:
        """The topic, which another archive may have brought already."""
        same: HubTopic | None = (
            HubTopic.objects.filter(slug=topic.slug).first()
            or HubTopic.objects.filter(key=topic_key(topic.name)).first()
        )
        return same or HubTopic.objects.create(slug=topic.slug, name=topic.name, summary=topic.summary)

    def about(self, topic: TopicEntry) -> Iterable[str]:
        return (topic.slug,)

    def said(self, topic: TopicEntry) -> Iterable[str]:
        return (topic.summary, f"This is about {topic.name.lower()}.")


TOPICS = Topics()
