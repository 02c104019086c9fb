"""What somebody can be thanked for: whatever search finds, and the people whom it names behind it."""

from dataclasses import dataclass

from core.audiences import Viewer, viewer_tokens
from indexing.documents import Document, source_of
from people.models import User

LONGEST_NUMBER = 18  # digits that every database takes for a number


@dataclass(frozen=True, slots=True)
class ThankableThing:
    """A thing, and the people who may be thanked for it."""

    key: str
    title: str
    url: str
    topics: tuple[str, ...]
    people: tuple[int, ...]


def document_of(key: str) -> Document | None:
    """What search knows of the thing with this key now; ``None`` where there is none, or it is a person."""
    source = source_of(key)
    number = key.partition(":")[2]
    if source is None or source.is_person or source.is_evidence:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    found = source.queryset().filter(pk=number).first()
    return source.document(found) if found is not None else None


def thing_for(viewer: Viewer, key: str) -> ThankableThing | None:
    """The thing with this key, as far as ``viewer`` may see it and thank somebody else for it."""
    document = document_of(key) if key else None
    if document is None or document.tokens.isdisjoint(viewer_tokens(viewer)):
        return None
    people = tuple(pk for pk in document.people if pk != viewer.pk)
    return ThankableThing(document.key, document.title, document.url, document.topics, people)


def people_behind(thing: ThankableThing, viewer: Viewer) -> list[User]:
    """Those of the thing's people whom ``viewer`` may see, by name."""
    return list(User.objects.shown_to(viewer).filter(pk__in=thing.people, is_active=True).by_name())
