"""What can be found, and who publishes it.

``search`` knows no other app. An app that wants its things found registers a ``Source`` for each of its models in
a module ``search_documents.py``; a source turns one object into one ``Document``.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import ngettext

from core.normalisation import readable

if TYPE_CHECKING:
    from indexing.engines.base import Stored

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
    date: datetime | date | None = None
    source: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Words are indexed in the one form in which they are asked for, whoever wrote them."""
        for name in ("title", "summary", "body", "community"):
            object.__setattr__(self, name, readable(getattr(self, name)))
        object.__setattr__(self, "topics", tuple(map(readable, self.topics)))

    @property
    def text(self) -> str:
        """All that is read of it but the title, paragraphs separated by blank lines."""
        return "\n\n".join(part for part in (self.summary, self.body) if part.strip())

    @cached_property
    def content_hash(self) -> str:
        """Changes whenever anything but the audience changes; in which order a database gives topics and people, says
        nothing.
        """
        shown: list[Any] = [self.kind, self.title, self.url, self.summary, self.body]
        shown += [sorted(self.topics), sorted(self.people, key=str)]
        shown += [self.community, self.date.isoformat() if self.date else "", self.source, sorted(self.extra.items())]
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
    label: Any  # translated, in the plural: the name of the facet's choice
    label_one: Any = ""  # the same for one of them: what a result is called
    icon: str = "document"  # a glyph of static/icons.svg
    title_field: str = "title"
    is_lasting: bool = False  # who is named in a document stands behind it today, however old it is
    is_person: bool = False  # its things are people: they are asked for, and not offered beside other things
    passes: bool = False  # its things are over once their day is past, and are then offered no more
    quiet_fields: frozenset[str] = frozenset()  # saving only these changes nothing that is found
    depends_on: ClassVar[Mapping[Any, str]] = MappingProxyType({})
    """Other models whose things the documents tell of, each with the lookup that leads to one: a story's document has
    its community's name, so that a renamed community changes it."""
    people_fields: tuple[str, ...] = ()
    """Lookups that lead to the people whom a document names: it changes when one of them is deleted."""

    @abstractmethod
    def queryset(self) -> QuerySet[M]:
        """Everything that can be found now, with what ``document`` needs already fetched."""

    @abstractmethod
    def document(self, obj: M) -> Document:
        """The document of one object of ``queryset``."""

    def title(self, obj: M) -> str:
        """What a list calls the thing. It is asked of things without what ``document`` needs besides."""
        return str(getattr(obj, self.title_field))

    def summary(self, obj: M) -> str:
        """What a list says of it under the title, asked of the same things."""
        return str(getattr(obj, "summary", ""))

    def reason(self, evidence: "Sequence[Stored]") -> str:
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


def key_for(model: type[Model], pk: Any) -> str:
    return f"{model._meta.label_lower}:{pk}"


_sources: dict[type[Model], Source[Any]] = {}


def register(source: Source[Any]) -> Source[Any]:
    """Make the things of one model findable. Registering a model again replaces its source."""
    from indexing.signals import listen_to  # noqa: PLC0415 (signals know documents)

    _sources[source.model] = source
    for model in (source.model, *source.depends_on):
        listen_to(model)
    return source


def unregister(model: type[Model]) -> None:
    from indexing.signals import stop_listening_to  # noqa: PLC0415 (signals know documents)

    if _sources.pop(model, None):
        stop_listening_to(model)


def sources() -> tuple[Source[Any], ...]:
    """All sources, in the order of registration."""
    return tuple(_sources.values())


def depending_on(obj: Model) -> Iterator[QuerySet[Any]]:
    """The things whose documents tell of ``obj``, a queryset for each model."""
    for source in sources():
        if lookup := source.depends_on.get(model_of(obj)):
            yield source.model._default_manager.filter(**{lookup: obj.pk})


def source_for(model: type[Model]) -> Source[Any] | None:
    return _sources.get(model)


def is_told_of(model: type[Model]) -> bool:
    """Whether a change of one of its things changes a document: its own, or one that tells of it."""
    return model in _sources or any(model in source.depends_on for source in sources())


def source_labelled(label: str) -> Source[Any] | None:
    """The source of the model with this label (``stories.storypage``)."""
    return next((source for source in sources() if source.model._meta.label_lower == label), None)


def source_of(key: str) -> Source[Any] | None:
    """The source of the thing with this key."""
    return source_labelled(key.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Help:
    """When and where somebody helps next: “helps tonight, 17:30”, and where it is read."""

    text: str
    url: str


HelpFinder = Callable[[Iterable[Any], Any], Mapping[Any, Help]]
_help_finders: list[HelpFinder] = []


def register_help_finder(finder: HelpFinder) -> HelpFinder:
    """Let the room that knows who helps when say so: ``finder(pks, viewer)`` gives the next occasion of each that
    ``viewer`` may see.
    """
    _help_finders[:] = [finder]
    return finder


def help_of(pks: Iterable[Any], viewer: Any) -> Mapping[Any, Help]:
    """Where those people help next, by primary key."""
    wanted = list(pks)
    return _help_finders[0](wanted, viewer) if _help_finders and wanted else {}


PeoplePresenter = Callable[[Iterable[Any], Any], Mapping[Any, Any]]
_people_presenters: list[PeoplePresenter] = []


def register_people_presenter(presenter: PeoplePresenter) -> PeoplePresenter:
    """Let the room that knows people draw their cards: ``presenter(pks, viewer)`` gives a card for each it may show.

    A person who opted out, or whom the viewer may not see, gets no card and is not shown.
    """
    _people_presenters[:] = [presenter]
    return presenter


def people_cards(pks: Iterable[Any], viewer: Any) -> Mapping[Any, Any]:
    """The cards of those people whom ``viewer`` may see, by primary key."""
    return _people_presenters[0](list(pks), viewer) if _people_presenters else {}
