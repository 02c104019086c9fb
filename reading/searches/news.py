"""What a saved search finds, and what of it is new to its owner.

New is what was not there before, and not what has a late date: a page of last year that is opened to somebody today is
new to them. So a saved search remembers the keys of what it found. A ranking has no end, only a place where one stops
reading: what stands in its second half is remembered, but cannot be new, for otherwise something old at the edge would
be new whenever another thing goes. Nor is what only lies near a question and does not answer it: search would say that
it has nothing, and nobody wants to be written to about that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from core.audiences import Viewer, viewer_tokens
from core.versions import PERSON, changed
from indexing import engines
from indexing.engines.base import EngineUnavailable, IndexedDocument, Request
from reading.models import SavedSearch
from search.confidence import Question
from search.lookup import is_over
from search.synonyms import Groups, widening

REMEMBERED = 200
ALL = 2000  # where nothing is asked there is no ranking but by day, and much has none: all of it is remembered
KEPT = 600  # keys, the latest first: what is found no more is forgotten in the end


@dataclass(frozen=True, slots=True)
class SearchNews:
    """What a saved search finds at this moment, best first. ``baseline`` says that nothing was known of it before."""

    hits: Sequence[IndexedDocument]
    new: Sequence[IndexedDocument]
    baseline: bool = False

    @property
    def keys(self) -> list[str]:
        return [stored.key for stored in self.hits]

    @property
    def new_keys(self) -> set[str]:
        return {stored.key for stored in self.new}


def found_by(mine: SavedSearch, owner: Viewer, untold: bool = False, groups: Groups | None = None) -> SearchNews:
    """What ``owner`` finds with a search, by their rights as they are now. With ``untold``, what they were told is not
    new, either. EngineUnavailable where the engine or the sentence model is away: half an answer would make things new.
    """
    query = mine.query
    also = widening(query.text, groups) if query.text else ""
    size = REMEMBERED if query.text else ALL
    request = Request(query.text, viewer_tokens(owner), query.filters, passages=False, size=size, also=also)
    answer = engines.engine().search(request)
    if query.text and not answer.dense:
        raise EngineUnavailable("The sentence model is away.")
    hits = [stored for stored in answer.hits if not is_over(stored)]
    if mine.known is None:
        return SearchNews(hits, [], baseline=True)
    before = {*mine.known, *(mine.told if untold else ())}
    has_an_end = not query.text and len(answer.hits) < size
    new = [stored for stored in hits[: None if has_an_end else size // 2] if stored.key not in before]
    return SearchNews(hits, answering(query.text, new, groups))


def answering(text: str, things: Sequence[IndexedDocument], groups: Groups | None = None) -> Sequence[IndexedDocument]:
    """Those that answer, each by itself; all of them where nothing was asked."""
    question = Question.of(text, () if groups is None else groups)
    return [stored for stored in things if question.is_answered([stored])] if text else things


def looked(mine: SavedSearch, owner: Viewer, groups: Groups | None = None) -> None:
    """All that a search finds now counts as seen. Where the engine is away, its owner will look again."""
    try:
        found = found_by(mine, owner, groups=groups)
    except EngineUnavailable:
        return
    remember(mine, latest(found.keys, mine.told, mine.known or ()), told=[], news=[])


def saw(mine: SavedSearch, found: SearchNews, shown: Collection[str]) -> None:
    """``shown`` was on a page that its owner looked at. What is new and stands on another page is still new."""
    if found.baseline:
        remember(mine, latest(found.keys), told=[], news=[])
        return
    waiting = found.new_keys.difference(shown)
    seen = (key for key in found.keys if key not in waiting)
    told, news = ([key for key in keys if key not in shown] for keys in (mine.told, mine.news))
    remember(mine, latest(seen, mine.known or ()), told, news)


@transaction.atomic
def remember(mine: SavedSearch, known: list[str], told: list[str], news: list[str]) -> None:
    """What was seen is news no more, in the inbox neither."""
    if news != mine.news:
        changed(f"{PERSON}{mine.owner_id}")
    before, now = (mine.known, mine.told, mine.news), (known, told, news)
    if mine.known is None or any(set(old or ()) != set(new) for old, new in zip(before, now, strict=True)):
        SavedSearch.objects.filter(pk=mine.pk).update(known=known, told=told, news=news)


def latest(now: Iterable[str], *before: Iterable[str]) -> list[str]:
    """All of the keys of ``now``, and of those before as many as are kept, each once."""
    first = dict.fromkeys(now)
    every = dict.fromkeys(key for some in (first, *before) for key in some)
    return list(every)[: max(KEPT, len(first))]
