"""Topics of an archive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from core.models import Topic
from importing.fields import Fields
from importing.rows import ArchiveRow, People
from importing.writing import ArchiveWriter


@dataclass(frozen=True, slots=True)
class TopicRow(ArchiveRow):
    title: str
    summary: str


class TopicWriter(ArchiveWriter[TopicRow, Topic]):
    """Topics are one vocabulary for the whole hub: one of the same name is the same topic, wherever it came from."""

    kind = "topics"
    model = Topic

    @staticmethod
    def read(fields: Fields, _people: People, /) -> TopicRow:
        return TopicRow(id=fields.id(), title=fields.title(longest=100), summary=fields.line("summary", 1000))

    def existing(self, rows: Iterable[TopicRow]) -> dict[str, Topic]:
        return {self.key(row): topic for row in rows if (topic := self.lookup.known_topic(row.id))}

    def create(self, rows: Sequence[TopicRow]) -> None:
        for row in rows:
            if same := self.lookup.known_topic(row.title):
                self.update(row, same)
                continue
            slug = slugify(row.id)[:100]  # without one the name gives it
            self.lookup.remember(Topic.objects.create(slug=slug, name=row.title, summary=row.summary))

    def update(self, row: TopicRow, thing: Topic) -> None:
        """Its summary only: its name may be used here already."""
        if row.summary and thing.summary != row.summary:
            thing.summary = row.summary
            thing.save(update_fields=["summary"])
