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
from typing import Any

from django.db.models import Model
from django.utils.functional import SimpleLazyObject

from core.audiences import Viewer, is_personal, viewer_tokens
from core.versions import SITE
from indexing.documents import Document, key_of, model_of, source_for
from indexing.engines.base import Request, Stored
from indexing.queue import documents_of
from search import fallback, presentation, services
from search.lookup import by_source, may_be_offered
from search.query import Hit

logger = logging.getLogger(__name__)
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
    scopes: dict[str, str] = {}
    for stored in mixed(as_they_are(close, tokens, scopes)):
        yield replace(presentation.hit(stored), version_scope=scopes[stored.key])


def least_cosine() -> float:
    """Below this, nothing that a thing shares with another brings it over the floor."""
    return FLOOR - TOPIC * MOST_TOPICS - PEOPLE


def nearness(stored: Stored, own: Document) -> float:
    """How near a thing is to the one that is read: in meaning, and a little by what both have."""
    topics = len(set(stored.topics).intersection(own.topics))
    people = not set(stored.people).isdisjoint(own.people)
    return stored.cosine + TOPIC * min(topics, MOST_TOPICS) + PEOPLE * people


def is_offered(stored: Stored, own: Document) -> bool:
    """Whether it may stand beside ``own``, and is not what the page shows anyway."""
    if not may_be_offered(stored):
        return False
    if not stored.community_key or stored.community_key != own.community_key:
        return True
    return own.community_key not in (stored.key, own.key)  # neither is the community itself


def mixed(things: list[Stored]) -> list[Stored]:
    """The first of them, of different kinds as far as there are some."""
    taken: Counter[str] = Counter()
    chosen: list[Stored] = []
    others: list[Stored] = []
    for stored in things:
        taken[stored.kind] += 1
        (chosen if taken[stored.kind] <= OF_A_KIND else others).append(stored)
    return [*chosen, *others][:SHOWN]


def document_of(thing: Model) -> Document | None:
    """The thing as it is found now."""
    return next(documents_of(source_for(model_of(thing)), [thing.pk]), None)


def as_they_are(things: list[Stored], tokens: frozenset[str], scopes: dict[str, str] | None = None) -> list[Stored]:
    """The things as the database has them, without those that are gone or for others now. ``scopes`` is told which
    version scope each belongs to.
    """
    documents = visible_documents((stored.key for stored in things), tokens, scopes)
    return [
        replace(fallback.stored(documents[stored.key]), cosine=stored.cosine, date=stored.date)
        for stored in things
        if stored.key in documents
    ]


def visible_documents(
    keys: Iterable[str], tokens: frozenset[str], scopes: dict[str, str] | None = None
) -> dict[str, Document]:
    """The documents of those that may be seen with ``tokens``. One that cannot be read is logged and left out."""
    visible = {}
    for source, pks in by_source(keys).items():
        for thing in source.queryset().filter(pk__in=pks):
            try:
                document = source.document(thing)
            except Exception:
                logger.exception("No document could be made of %s.", key_of(thing))
                continue
            if not document.tokens.isdisjoint(tokens):
                visible[document.key] = document
                if scopes is not None:
                    scopes[document.key] = getattr(thing, "version_scope", SITE)
    return visible
