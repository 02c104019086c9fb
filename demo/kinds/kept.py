"""What some people of the demo saved and read, so that the front page has something for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from demo.kind import Content, ContentKind, Council, Faults
from demo.kinds.people import PEOPLE
from indexing.documents import key_of
from reading.models import Opened, Reader, Saved


@dataclass(frozen=True, slots=True)
class KeptShape:
    """The pages that somebody saved and read, the last one first."""

    person: str
    saved: tuple[str, ...]
    read: tuple[str, ...]


class KeptPages(ContentKind[KeptShape, Reader]):
    name, word = "kept", "reader"
    needs = ("people", "stories", "guidance", "surgeries")
    shape = KeptShape

    def key(self, kept: KeptShape) -> str:
        return kept.person

    def names(self, kept: KeptShape) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (kept.person,)

    def check(self, kept: KeptShape, content: Content) -> Faults:
        pages = {getattr(thing, "slug", "") for name in self.needs for thing in content.things.get(name, ())}
        unknown = (slug for slug in (*kept.saved, *kept.read) if slug not in pages)
        yield from (f"{kept.person}: there is no page {slug}." for slug in unknown)

    def load(self, council: Council, things: Sequence[KeptShape]) -> Iterator[Reader]:
        """The newest thing they saved an hour ago, the newest that they read yesterday, and so on back."""
        people, now = council[PEOPLE], council.now
        names = sorted(kept.person for kept in things)
        readers = Reader.objects.bulk_create(Reader(person=people[name]) for name in names)
        Saved.objects.bulk_create(
            Saved(
                person=people[kept.person],
                key=key_of(council.pages[slug]),
                since=now - timedelta(hours=1, days=place),
            )
            for kept in things
            for place, slug in enumerate(kept.saved)
        )
        Opened.objects.bulk_create(
            Opened(
                person=people[kept.person],
                key=key_of(council.pages[slug]),
                times=1 + place % 2,
                last=now - timedelta(days=1 + 3 * place),
            )
            for kept in things
            for place, slug in enumerate(kept.read)
        )
        made = dict(zip(names, readers, strict=True))
        yield from (made[kept.person] for kept in things)


KEPT = KeptPages()
