"""Near this: a few things that have to do with the one that somebody reads.

How near a thing is, is the cosine between its nearest passage and the middle of the other's, and a little more for what
both have: ``TOPIC`` for each topic up to ``MOST_TOPICS`` of them, ``PEOPLE`` where somebody stands behind both. Words
alone mislead among stories, which are told alike whatever they tell of: without a shared topic a thing has to be near
indeed to come over ``FLOOR``. Below it nothing is shown; there is no filler.

The nearest are taken first, at most two of a kind, and more of one kind only where too little else is near. A page's
own community, its own dates and what is over are left out: they stand on the page already, or are no use to anybody.

Where parts of pages are kept for readers of the same rights, what is near is kept with them. An index may lag behind
the database by a moment, and what is kept must not: each thing is read from the database again, where its audience is.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.functional import SimpleLazyObject

from core.audiences import Viewer, is_personal, tokens_of, viewer_tokens
from core.versions import SITE
from indexing.documents import Document, Source, key_of, model_of, source_for
from indexing.engines.base import IndexedDocument, Request
from indexing.queue import documents_of
from search import presentation, services
from search.lookup import address_of, by_source, may_be_offered, things
from search.query import Hit

logger = logging.getLogger(__name__)
S = TypeVar("S", IndexedDocument, tuple[IndexedDocument, str])
FLOOR = 0.58
TOPIC, MOST_TOPICS = 0.08, 2
PEOPLE = 0.04
SHOWN = 4
OF_A_KIND = 2
NEIGHBOURS = 40  # that are looked at


def near(thing: Model, viewer: Viewer, leave_out: Iterable[Model] = ()) -> Any:
    """What is near ``thing`` and may be seen by all readers with the viewer's rights, fetched when it is first used."""
    return SimpleLazyObject(lambda: list(_near(thing, viewer, leave_out)))


def _near(thing: Model, viewer: Viewer, leave_out: Iterable[Model]) -> Iterator[Hit]:
    tokens = frozenset(token for token in viewer_tokens(viewer) if not is_personal(token))
    like = Request("", tokens, like=key_of(thing), listed_only=False, passages=False, size=NEIGHBOURS)
    neighbours = [stored for stored in services.asked(like).hits if stored.cosine >= least_cosine()]
    own = document_of(thing) if neighbours else None
    if own is None:
        return
    beside = {key_of(other) for other in leave_out}
    likeness = {stored.key: nearness(stored, own) for stored in neighbours if is_offered(stored, own)}
    close = [stored for stored in neighbours if likeness.get(stored.key, 0.0) >= FLOOR and stored.key not in beside]
    close.sort(key=lambda stored: -likeness[stored.key])
    first = mixed(close)
    shown = as_they_are(first, tokens)
    if len(shown) < len(first):  # one of them is gone or for others now
        shown = as_they_are(close, tokens)
    for stored, scope in mixed(shown):
        yield replace(presentation.hit(stored), version_scope=scope)


def least_cosine() -> float:
    """Below this, nothing that a thing shares with another brings it over the floor."""
    return FLOOR - TOPIC * MOST_TOPICS - PEOPLE


def nearness(stored: IndexedDocument, own: Document) -> float:
    """How near a thing is to the one that is read: in meaning, and a little by what both have."""
    topics = len(set(stored.topics).intersection(own.topics))
    people = not set(stored.people).isdisjoint(own.people)
    return stored.cosine + TOPIC * min(topics, MOST_TOPICS) + PEOPLE * people


def is_offered(stored: IndexedDocument, own: Document) -> bool:
    """Whether it may stand beside ``own``, and is not what the page shows anyway."""
    if not may_be_offered(stored):
        return False
    if not stored.community_key or stored.community_key != own.community_key:
        return True
    return own.community_key not in (stored.key, own.key)  # neither is the community itself


def mixed(close: list[S]) -> list[S]:
    """The first of them, of different kinds as far as there are some."""
    taken: Counter[str] = Counter()
    chosen: list[S] = []
    others: list[S] = []
    for thing in close:
        kind = (thing if isinstance(thing, IndexedDocument) else thing[0]).kind
        taken[kind] += 1
        (chosen if taken[kind] <= OF_A_KIND else others).append(thing)
    return list(islice(chain(chosen, others), SHOWN))


def document_of(thing: Model) -> Document | None:
    """The thing as it is now. What the page fetched of it is not fetched again."""
    source = source_for(model_of(thing))
    return source.outline(thing) if source is not None else None


def as_they_are(close: list[IndexedDocument], tokens: frozenset[str]) -> list[tuple[IndexedDocument, str]]:
    """The things as the database has them, without those that are gone or for others now, each with the version scope
    that it belongs to. A query for each kind: no document is made of any of them.
    """
    found = visible_things((stored.key for stored in close), tokens)
    shown = []
    for stored in close:
        if stored.key not in found:
            continue
        source, thing = found[stored.key]
        try:
            shown.append((_as_it_is(stored, source, thing), getattr(thing, "version_scope", SITE)))
        except Exception:
            logger.exception("%s cannot be told of.", stored.key)
    return shown


def visible_things(keys: Iterable[str], tokens: frozenset[str]) -> dict[str, tuple[Source[Any], Any]]:
    """Those that may be seen with ``tokens``, each with the source that can tell of it."""
    wanted = {s: s.queryset().prefetch_related(None).filter(pk__in=pks) for s, pks in by_source(keys).items()}
    found = ((source, thing) for source, thing in things(wanted) if not tokens_of(thing).isdisjoint(tokens))
    return {key_of(thing): (source, thing) for source, thing in found}


def _as_it_is(stored: IndexedDocument, source: Source[Any], thing: Model) -> IndexedDocument:
    whole = getattr(thing, "surgery", thing)
    community = getattr(whole, "shown_community", None)
    place = getattr(thing, "where", "") or getattr(thing, "place", "")
    return replace(
        stored,
        title=source.title(thing),
        summary=source.summary(thing),
        url=address_of(thing),
        community=community.title if community else "",
        extra={**stored.extra, "place": place} if "place" in stored.extra else stored.extra,
    )


def visible_documents(keys: Iterable[str], tokens: frozenset[str]) -> dict[str, Document]:
    """The documents of those that may be seen with ``tokens``. One that cannot be read is logged and left out."""
    documents = (document for source, pks in by_source(keys).items() for document in documents_of(source, pks))
    return {document.key: document for document in documents if not document.tokens.isdisjoint(tokens)}
