"""Writes the rows of one kind: new ones by the batch, changed ones one by one."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models, transaction
from django.utils.text import slugify

from home.archive.rows import Row
from home.models import ImportedRow
from hub import editions
from hub.batches import batches
from hub.models import Topic
from hub.topics import topic_key
from people.models import User

R = TypeVar("R", bound=Row)
T = TypeVar("T", bound=models.Model)
BATCH = 200
FORM = 1  # count up when what is made of a row changes, so that the next import makes it anew


class Lookup:
    """What rows name: people by their id, topics by their address. Read once, kept up while rows are written."""

    def __init__(self) -> None:
        people = User.objects.exclude(imported_id=None)
        self.people: dict[str, User] = {person.imported_id: person for person in people}
        self._topics: dict[str, Topic] = {}
        for topic in Topic.objects.all():
            self.remember(topic)

    @property
    def names(self) -> dict[str, str]:
        """The ids of people, by the same in small letters."""
        return {imported_id.casefold(): imported_id for imported_id in self.people}

    def remember(self, topic: Topic) -> None:
        for name in (topic.slug, slugify(topic.name, allow_unicode=True), slugify(topic.name), topic.key):
            self._topics.setdefault(name, topic)

    def known_topic(self, name: str) -> Topic | None:
        """By its name however that is written, or by its address. An empty slug names no topic."""
        slugs = (slugify(name, allow_unicode=True), slugify(name))
        return next((self._topics[each] for each in (topic_key(name), *slugs) if each and each in self._topics), None)

    def topics(self, names: Iterable[str]) -> list[Topic]:
        """The topics of these names, each once; one that has no row of its own is made from its name."""
        found = [self.known_topic(name) or self._new_topic(name) for name in names if topic_key(name)]
        return list(dict.fromkeys(found))

    def _new_topic(self, name: str) -> Topic:
        words = name.replace("-", " ")[:100]
        topic = Topic.objects.create(name=words[:1].upper() + words[1:])
        self.remember(topic)
        return topic


@dataclass(slots=True)
class Tally:
    """What became of the rows of one kind."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # changed there, but edited here too: left as they are here


class Writer(ABC, Generic[R, T]):
    """Turns the rows of one file into things of one model."""

    kind: ClassVar[str]
    model: type[T]

    def __init__(self, lookup: Lookup, source: str) -> None:
        self.lookup, self.source = lookup, source

    @abstractmethod
    def create(self, rows: Sequence[R]) -> None:
        """Make new things of ``rows``, all at once."""

    @abstractmethod
    def update(self, row: R, thing: T) -> None:
        """Bring one thing in step with its row."""

    def is_edited(self, thing: T, remembered: ImportedRow) -> bool:
        """Whether somebody here changed the thing since it was imported. Their work is not written over."""
        return False

    def existing(self, ids: Iterable[str]) -> dict[str, T]:
        return {thing.imported_id: thing for thing in self.model._default_manager.filter(imported_id__in=list(ids))}  # type: ignore[attr-defined]

    def write(self, rows: Iterable[R], tally: Tally) -> Iterable[int]:
        """Write all ``rows``, a batch in a transaction, and say after each how many that were.

        Whoever is stopped half-way has whole batches and a record of them: the next run goes on from there.
        """
        for batch in batches(rows, BATCH):
            with transaction.atomic():
                self._write_batch(batch, tally)
            yield len(batch)

    def _write_batch(self, rows: Sequence[R], tally: Tally) -> None:
        ids = [row.id for row in rows]
        remembered = {
            each.imported_id: each for each in ImportedRow.objects.filter(kind=self.kind, imported_id__in=ids)
        }
        differing = [
            row for row in rows if row.id not in remembered or remembered[row.id].fingerprint != fingerprint(row)
        ]
        tally.unchanged += len(rows) - len(differing)
        if not differing:
            return
        things = self.existing(row.id for row in differing)
        new = [row for row in differing if row.id not in things]
        self.create(new)
        tally.new += len(new)
        for row in differing:
            if row.id in things:
                self._bring_in_step(row, things[row.id], remembered.get(row.id), tally)
        self._remember(differing)
        editions.begin_new()  # what is written in bulk sends no signals

    def _bring_in_step(self, row: R, thing: T, remembered: ImportedRow | None, tally: Tally) -> None:
        if remembered and self.is_edited(thing, remembered):
            tally.kept.append(row.id)
        else:
            self.update(row, thing)
            tally.changed += 1

    def _remember(self, rows: Sequence[R]) -> None:
        ImportedRow.objects.bulk_create(
            [ImportedRow(kind=self.kind, imported_id=row.id, fingerprint=fingerprint(row)) for row in rows],
            update_conflicts=True,
            unique_fields=["kind", "imported_id"],
            update_fields=["fingerprint", "written"],
        )


def fingerprint(row: Row) -> str:
    """Differs where anything that is made of the row would differ."""
    return sha256(repr((FORM, asdict(row))).encode()).hexdigest()


def assign(thing: models.Model, values: dict[str, Any]) -> None:
    """Set fields and child links by name."""
    for name, value in values.items():
        setattr(thing, name, value)
