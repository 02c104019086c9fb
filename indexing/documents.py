"""What can be found, and who publishes it.

The index knows no room above it. A room that wants its things found adds a ``Source`` for each of its models in its
``contributions.py``; a source turns one object into one ``Document``.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.utils.translation import ngettext

from core.normalisation import readable
from core.registry import Registry
from indexing.passages import Passage, cut

if TYPE_CHECKING:
    from core.text import Words
    from indexing.engines.base import IndexedDocument

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Document:
    """One thing that can be found, whatever its kind."""

    key: str
    kind: str
    title: str
    url: str
    tokens: frozenset[str]
    summary: str = ""
    body: str = ""
    topics: tuple[str, ...] = ()
    people: tuple[Any, ...] = ()
    community: str = ""
    community_key: str = ""
    """The key of the community's own document: two communities may have one title, and a title changes."""
    language: str = ""
    date: datetime | date | None = None
    source: str = ""
    grows: bool = False
    """Whether it is added to at its end again and again, as a conversation is."""
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Words are indexed in the one form in which they are asked for, whoever wrote them."""
        if not self.language:
            object.__setattr__(self, "language", settings.LANGUAGE_CODE)
        for name in ("title", "summary", "body", "community"):
            object.__setattr__(self, name, readable(getattr(self, name)))
        object.__setattr__(self, "topics", tuple(map(readable, self.topics)))

    @property
    def text(self) -> str:
        """All that is read of it but the title, paragraphs separated by blank lines."""
        return "\n\n".join(part for part in (self.summary, self.body) if part.strip())

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What it is cut into."""
        return cut(self.title, self.text, grows=self.grows)

    @cached_property
    def content_hash(self) -> str:
        """Changes whenever anything but the audience changes; in which order a database gives topics and people, says
        nothing.
        """
        shown: list[Any] = [self.kind, self.title, self.url, self.summary, self.body]
        shown += [sorted(self.topics), sorted(self.people, key=str)]
        shown += [self.community, self.community_key, self.language]
        shown += [self.date.isoformat() if self.date else "", self.source, sorted(self.extra.items())]
        return digest([str(part) for part in shown])

    @cached_property
    def rights_hash(self) -> str:
        """Changes whenever the audience changes, so that rights never wait for the sentence model."""
        return digest(sorted(self.tokens))


def digest(parts: list[str]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()


class Source(ABC, Generic[M]):
    """What an app registers for one model."""

    model: type[M]
    kind: str
    label: "Words"  # translated, in the plural: the name of the facet's choice
    label_one: "Words" = ""  # the same for one of them: what a result is called
    icon: str = "document"  # a glyph of static/icons.svg
    title_field: str = "title"
    is_lasting: bool = False  # who is named in a document stands behind it today, however old it is
    is_person: bool = False  # its things are people: they are asked for, and not offered beside other things
    is_evidence: bool = False  # its documents speak for people, and are no results: their tokens are evidence tokens
    passes: bool = False  # its things are over once their day is past, and are then offered no more
    quiet_fields: frozenset[str] = frozenset()  # saving only these changes nothing that is found
    depends_on: ClassVar[Mapping[Any, str]] = MappingProxyType({})
    """Other models whose things the documents tell of, each with the lookup that leads to one: a story's document has
    its community's name, so that a renamed community changes it."""
    people_fields: tuple[str, ...] = ()
    """Lookups that lead to the people whom a document names: it changes when one of them is deleted, or an account is
    switched off or on."""

    @abstractmethod
    def queryset(self) -> QuerySet[M]:
        """Everything that can be found now, with what ``document`` needs already fetched."""

    @abstractmethod
    def document(self, obj: M) -> Document:
        """The document of one object of ``queryset``."""

    def outline(self, obj: M) -> Document:
        """The document of any object, as what is near it is weighed: by what it is about and who stands behind it.
        Where its words are much to fetch, a source gives it without them.
        """
        lookups: tuple[Any, ...] = vars(self.queryset())["_prefetch_related_lookups"]
        prefetch_related_objects([obj], *lookups)
        return self.document(obj)

    def title(self, obj: M) -> str:
        """What a list calls the thing. It is asked of things without what ``document`` needs besides."""
        return str(getattr(obj, self.title_field))

    def summary(self, obj: M) -> str:
        """What a list says of it under the title, asked of the same things."""
        return str(getattr(obj, "summary", ""))

    def reason(self, evidence: "Sequence[IndexedDocument]") -> str:
        """Why somebody knows who stands behind ``evidence``, best first and all of it of this kind, in plain words."""
        return ngettext("Has to do with something about it", "Has to do with %(n)s things about it", len(evidence)) % {
            "n": len(evidence)
        }


def clean(text: str) -> str:
    """The text without halves of characters, which indexes refuse, and without NUL, which ends a string early."""
    return str(text).encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")


def model_of(obj: Model) -> type[Model]:
    """The model that a thing is of.

    Never ``type(obj)``: the person of a request is a ``SimpleLazyObject``, of whose type no source knows anything.
    """
    model: type[Model] = obj._meta.model
    return model


def key_of(obj: Model) -> str:
    """The stable key of a thing."""
    return key_for(model_of(obj), obj.pk)


def key_for(model: type[Model], pk: int | str) -> str:
    return f"{model._meta.label_lower}:{pk}"


SOURCES: Registry[Source[Any]] = Registry("what can be found", taken_by="indexing")


def add_source(source: Source[Any]) -> Source[Any]:
    """Make the things of one model findable. Adding one for the same model again replaces it."""
    return SOURCES.add(source.model._meta.label_lower, source)


def sources() -> tuple[Source[Any], ...]:
    """All sources, in the order in which they were added."""
    return tuple(SOURCES)


def depending_on(obj: Model) -> Iterator[QuerySet[Any]]:
    """The things whose documents tell of ``obj``, a queryset for each model."""
    for source in sources():
        if lookup := source.depends_on.get(model_of(obj)):
            yield source.model._default_manager.filter(**{lookup: obj.pk})


def source_for(model: type[Model]) -> Source[Any] | None:
    return SOURCES.get(model._meta.label_lower)


def is_told_of(model: type[Model]) -> bool:
    """Whether a change of one of its things changes a document: its own, or one that tells of it."""
    return source_for(model) is not None or any(model in source.depends_on for source in sources())


def source_labelled(label: str) -> Source[Any] | None:
    """The source of the model with this label (``stories.storypage``)."""
    return SOURCES.get(label)


def source_of(key: str) -> Source[Any] | None:
    """The source of the thing with this key."""
    return source_labelled(key.partition(":")[0])
