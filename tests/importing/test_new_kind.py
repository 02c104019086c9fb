"""A kind of thing that archives did not hold before is one writer, and a line in the list of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.models import Topic
from importing.fields import Fields
from importing.kinds import WRITERS
from importing.rows import ArchiveRow, People
from importing.writing import ArchiveWriter
from tests.importing.archives import WHOLE, write
from tests.importing.test_import_hub import bring

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class WordRow(ArchiveRow):
    means: str


class WordWriter(ArchiveWriter[WordRow, Topic]):
    """A glossary, whose words become topics."""

    kind = "words"
    model = Topic

    @staticmethod
    def read(fields: Fields, _people: People, /) -> WordRow:
        return WordRow(id=fields.id(), means=fields.title("means"))

    def existing(self, rows: Iterable[WordRow]) -> dict[str, Topic]:
        return {self.key(row): topic for row in rows for topic in Topic.objects.filter(name=row.id)}

    def create(self, rows: Sequence[WordRow]) -> None:
        for row in rows:
            Topic.objects.create(name=row.id, summary=row.means)

    def update(self, row: WordRow, thing: Topic) -> None:
        Topic.objects.filter(pk=thing.pk).update(summary=row.means)


@pytest.fixture
def glossaries() -> Iterator[None]:
    WRITERS.append(WordWriter)
    yield
    WRITERS.remove(WordWriter)


@pytest.mark.usefixtures("glossaries")
def test_a_new_kind_is_read_checked_and_written(tmp_path: Path) -> None:
    words = [{"id": "Leat", "means": "A channel to a mill."}, {"id": "Weir"}]
    archive = write(tmp_path / "archive", **WHOLE, words=words)
    status, said = bring(archive)
    assert (status, "words.jsonl:2: The means is missing." in said) == (1, True)
    assert Topic.objects.get(name="Leat").summary == "A channel to a mill."
    write(archive, words=[{"id": "Leat", "means": "A narrow channel."}])
    assert bring(archive)[0] == 0
    assert Topic.objects.get(name="Leat").summary == "A narrow channel."
