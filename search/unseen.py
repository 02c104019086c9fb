"""What a saved search finds, and what of it is new to its owner.

New is what was not there before, and not what has a late date: a page of last year that is opened to somebody today is
new to them. So a saved search remembers the keys of what it found. The ``REMEMBERED`` best are remembered, but only the
``LOOKED_AT`` best can be new: otherwise something old at the edge would be new whenever another thing goes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hub.audiences import viewer_tokens
from search import engines, presentation
from search.engines.base import EngineUnavailable, Request, Stored
from search.models import SavedSearch
from search.related import as_they_are
from search.synonyms import widening

LOOKED_AT = 100
REMEMBERED = 200
KEPT = 600  # keys, the latest first: what is found no more is forgotten in the end

Groups = Sequence[Sequence[str]] | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a saved search finds at this moment, best first. ``baseline`` says that nothing was known of it before."""

    hits: Sequence[Stored]
    new: Sequence[Stored]
    baseline: bool = False

    @property
    def keys(self) -> list[str]:
        return [stored.key for stored in self.hits]


def found_by(mine: SavedSearch, owner: Any, untold: bool = False, groups: Groups = None) -> Found:
    """What ``owner`` finds with a search, by their rights as they are now; with ``untold``, new is also what no e-mail
    told. EngineUnavailable where the engine or the sentence model is away: half an answer would make things new.
    """
    query = mine.query
    also = widening(query.text, groups) if query.text else ""
    tokens = viewer_tokens(owner)
    request = Request(query.text, tokens, query.filters, passages=False, size=REMEMBERED, also=also)
    answer = engines.engine().search(request)
    if query.text and not answer.dense:
        raise EngineUnavailable("The sentence model is away.")
    hits = [stored for stored in answer.hits if not is_over(stored)]
    if mine.known is None:
        return Found(hits, [], baseline=True)
    before = {*mine.known, *(mine.told if untold else ())}
    return Found(hits, [stored for stored in hits[:LOOKED_AT] if stored.key not in before])


def is_over(stored: Stored) -> bool:
    """Whether its day is past, so that it is no news to anybody."""
    source = presentation.source_of_kind(stored.kind)
    return bool(source and source.passes and stored.date and stored.date < timezone.localdate())


def as_now(things: Sequence[Stored], owner: Any) -> list[Stored]:
    """Those that the database, too, lets ``owner`` see: an index may lag behind, and a feed or an e-mail must not."""
    return as_they_are(list(things), viewer_tokens(owner))


def looked(mine: SavedSearch, owner: Any) -> None:
    """Remember that somebody has seen what their search finds now. Where the engine is away, they will look again."""
    try:
        found = found_by(mine, owner)
    except EngineUnavailable:
        return
    known = latest(found.keys, mine.told, mine.known or ())
    if mine.known is None or set(known) != set(mine.known):
        SavedSearch.objects.filter(pk=mine.pk).update(known=known, told=[])


def latest(*keys: Iterable[str]) -> list[str]:
    """All of the keys, each once, as far as they are kept."""
    return list(dict.fromkeys(key for some in keys for key in some))[:KEPT]
