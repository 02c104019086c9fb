"""Writes the rows of one kind: new ones by the batch, changed ones one by one."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.text import slugify

from core import versions
from core.batches import batches
from core.models import Topic
from core.topics import topic_key
from importing.fields import Fields
from importing.models import ImportedRow
from importing.rows import ArchiveRow, People
from importing.scope import ImportScope
from people.models import User

R = TypeVar("R", bound=ArchiveRow)
T = TypeVar("T", bound=models.Model)
BATCH = 200
REFUSALS = (IntegrityError, DataError, ValidationError, ValueError, OverflowError)
"""What a row is to blame for. Trouble of the database itself ends the import, which can be run again."""
FORM = 1  # count up when what is made of a row changes, so that the next import makes it anew


class Lookup:
    """What rows name: people by their id, topics by their address. Read once, kept up while rows are written."""

    def __init__(self, source: str = "") -> None:
        self.scope = ImportScope(source)
        self.people: dict[str, User] = {}
        self._topics: dict[str, Topic] = {}
        self.read()

    def read(self) -> None:
        """Read everything, again where rows that were remembered are rolled back."""
        people = User.objects.filter(imported_id__startswith=self.scope.prefix)
        self.people = {self.scope.without(str(person.imported_id)): person for person in people}
        self._topics = {}
        for topic in Topic.objects.all():
            self.remember(topic)

    @property
    def names(self) -> dict[str, str]:
        """The ids of people that rows may name, in the form in which they are compared."""
        return {person: person for person in self.people}

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
class ImportTally:
    """What became of the rows of one kind."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # changed there, but edited here too: left as they are here
    refused: dict[str, str] = field(default_factory=dict)  # what the database did not take, by id, and why


class ArchiveWriter(ABC, Generic[R, T]):
    """One kind of thing in an archive: reads the rows of its file, and turns them into things of one model."""

    kind: ClassVar[str]
    model: type[T]

    def __init__(self, lookup: Lookup, source: str) -> None:
        self.lookup, self.source = lookup, source

    @staticmethod
    @abstractmethod
    def read(fields: Fields, people: People, /) -> ArchiveRow:
        """The row that these fields make. Raises ``BadRow`` where they make none."""

    @abstractmethod
    def create(self, rows: Sequence[R]) -> None:
        """Make new things of ``rows``, all at once."""

    @abstractmethod
    def update(self, row: R, thing: T) -> None:
        """Bring one thing in step with its row."""

    def is_edited(self, thing: T, remembered: ImportedRow) -> bool:
        """Whether somebody here changed the thing since it was imported. Their work is not written over."""
        return False

    def key(self, row: R) -> str:
        return self.lookup.scope.key(self.kind, row.id)

    def existing(self, rows: Iterable[R]) -> dict[str, T]:
        """What is here already of these rows, by key."""
        found = self.model._default_manager.filter(imported_id__in=[self.key(row) for row in rows])
        return {thing.imported_id: thing for thing in found}  # type: ignore[attr-defined]  # what is imported has one

    def forget(self) -> None:
        """Drop what was remembered of rows that are rolled back."""
        self.lookup.read()

    def write(self, rows: Iterable[R], tally: ImportTally) -> Iterable[int]:
        """Write all ``rows``, a batch in a transaction, and say after each how many that were.

        Whoever is stopped half-way has whole batches and a record of them: the next run goes on from there.
        """
        for batch in batches(rows, BATCH):
            with transaction.atomic():
                self._write_batch(batch, tally)
            yield len(batch)

    def _write_batch(self, rows: Sequence[R], tally: ImportTally) -> None:
        keys = [self.key(row) for row in rows]
        found = ImportedRow.objects.filter(kind=self.kind, imported_id__in=keys)
        remembered = {each.imported_id: each for each in found}
        differing = [row for row in rows if not _is_of(remembered.get(self.key(row)), row)]
        tally.unchanged += len(rows) - len(differing)
        if not differing:
            return
        things = self.existing(differing)
        written = self._create_all([row for row in differing if self.key(row) not in things], tally)
        tally.new += len(written)
        for row in differing:
            key = self.key(row)
            if key in things and self._bring_in_step(row, things[key], remembered.get(key), tally):
                written.append(row)
        self._remember(written)
        versions.begin_new()  # what is written in bulk sends no signals

    def _create_all(self, rows: list[R], tally: ImportTally) -> list[R]:
        """Create things of all rows at once; where the database takes not all of them, of each that it takes."""
        if not rows or self._is_taken(lambda: self.create(rows), None, tally):
            return rows
        return [row for row in rows if self._is_taken(partial(self.create, [row]), row, tally)]

    def _is_taken(self, deed: Callable[[], None], row: R | None, tally: ImportTally) -> bool:
        """Whether the database takes it. What it does not take of one ``row`` is told, and undone alone."""
        try:
            with transaction.atomic():
                deed()
        except REFUSALS as error:
            self.forget()
            if row is not None:
                tally.refused[row.id] = " ".join(str(error).split())
            return False
        return True

    def _bring_in_step(self, row: R, thing: T, remembered: ImportedRow | None, tally: ImportTally) -> bool:
        """Whether the row counts as done."""
        if remembered and self.is_edited(thing, remembered):
            tally.kept.append(row.id)
            return True
        is_taken = self._is_taken(lambda: self.update(row, thing), row, tally)
        tally.changed += is_taken
        return is_taken

    def _remember(self, rows: Sequence[R]) -> None:
        ImportedRow.objects.bulk_create(
            [ImportedRow(kind=self.kind, imported_id=self.key(row), fingerprint=fingerprint(row)) for row in rows],
            update_conflicts=True,
            unique_fields=["kind", "imported_id"],
            update_fields=["fingerprint", "written"],
        )


def _is_of(remembered: ImportedRow | None, row: ArchiveRow) -> bool:
    return remembered is not None and remembered.fingerprint == fingerprint(row)


def fingerprint(row: ArchiveRow) -> str:
    """Differs where anything that is made of the row would differ."""
    return sha256(repr((FORM, asdict(row))).encode()).hexdigest()


def assign(thing: models.Model, values: dict[str, Any]) -> None:
    """Set fields and child links by name."""
    for name, value in values.items():
        setattr(thing, name, value)
