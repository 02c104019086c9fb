"""What the rooms above ask of search."""

import logging
from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.audiences import evidence_token
from core.text import Words
from indexing import engines
from indexing.conf import options
from indexing.documents import sources
from indexing.embedding import shared_encoder
from indexing.engines.base import EngineUnavailable, Request, ResultPage
from indexing.queue import paused
from indexing.signals import changed, changed_queryset, grown, people_changed
from indexing.text_analysis import unfinished
from search import answer_extraction, experts as ranking, fallback, presentation
from search.confidence import Question
from search.experts import Expert
from search.lookup import may_be_offered, titles
from search.query import Hit, Query, Results
from search.spelling import corrected
from search.suggestions import Suggestion, suggest
from search.synonyms import Groups, widening

__all__ = [
    "Expert",
    "Query",
    "Results",
    "Suggestion",
    "changed",
    "changed_queryset",
    "corrected",
    "experts",
    "grown",
    "is_away",
    "paused",
    "people_changed",
    "search",
    "similar",
    "suggest",
    "topics",
]

logger = logging.getLogger(__name__)

WORDS_ONLY = _("Search works with words only at the moment, not with meaning. Try the words that a page would use.")
TITLES_ONLY = _("Search is being repaired. Until then only titles are looked at.")


def search(query: Query, viewer_tokens: Iterable[str], groups: Groups | None = None) -> Results:
    """What a viewer with these tokens finds. Never raises because the engine is away: the results then say so.

    ``groups`` are the words that mean the same, from whoever has read them; so they are in ``experts``.
    """
    if not query.asks:
        return Results(query)
    chosen, tokens = options(), frozenset(viewer_tokens)
    start = (query.page - 1) * chosen.page_size
    also = widening(query.text, groups)
    request = Request(query.text, tokens, query.filters, start=start, size=chosen.page_size, also=also)
    try:
        answer, text = engines.engine().search(request), query.text
        if not answer.total and (begun := unfinished(query.text)):
            answer, text = engines.engine().search(replace(request, text=begun)), begun
    except EngineUnavailable as error:
        logger.warning("Search answers from the database: %s", error)
        return shown(query, fallback.answer(query, tokens, chosen.page_size), tokens, TITLES_ONLY)
    if not answer.dense:
        return shown(query, answer, tokens, WORDS_ONLY)
    found = shown(query, answer, tokens)
    asked = Question.of(text, () if groups is None else groups)
    if is_held_to_floor(query) and not asked.is_answered(answer.hits):
        return presentation.unsure(found, [it for it in answer.hits if may_be_offered(it) and asked.is_near(it)])
    encoder = shared_encoder(chosen.threads)
    return presentation.with_answer(found, lambda text, question: answer_extraction.answer(text, question, encoder))


def shown(query: Query, answer: ResultPage, tokens: frozenset[str], degraded: Words = "") -> Results:
    """The answer as a page shows it. Communities are known by their keys, and called as the database has it now: those
    that can be chosen, of hundreds that have something about it.
    """
    offered = presentation.fullest("community", answer.counts.get("community", Counter()))
    keys = {*(key for key, _count in offered), *query.filters.get("community", ())}
    return presentation.results(query, answer, options(), titles(keys, tokens), degraded)


def is_held_to_floor(query: Query) -> bool:
    """Whether to say that nothing answers. Whoever narrows or turns pages has seen that there is something."""
    return bool(query.text) and not query.filters and query.page == 1


def experts(
    text: str,
    viewer_tokens: Iterable[str],
    exclude: Collection[Hashable] = (),
    limit: int | None = 5,
    groups: Groups | None = None,
) -> list[Expert]:
    """People who know about ``text``, by what they did as far as the viewer may see it, surest first.

    Everything that is near says who comes first; named is only who stands behind something that answers, and with that.
    """
    if not text.strip():
        return []
    also = widening(text, groups)
    tokens = frozenset(viewer_tokens)
    tokens |= {evidence_token(token) for token in tokens}
    request = Request(text, tokens, size=ranking.EVIDENCE, sure=True, passages=False, also=also)
    lasting = {source.kind for source in sources() if source.is_lasting}
    answer, text = ranking.evidence(asked, request)
    found = ranking.rank(answer.hits, exclude, lasting=lasting)
    if not answer.dense:
        return found[:limit]
    question = Question.of(text, () if groups is None else groups)
    if not question.is_answered(answer.hits):
        return []
    answering = {stored.key for stored in answer.hits if question.speaks_for_people(stored)}
    sure = (replace(one, evidence=[it for it in one.evidence if it.key in answering]) for one in found)
    return [one for one in sure if one.evidence][:limit]


def similar(key: str, viewer_tokens: Iterable[str], limit: int = 3) -> list[Hit]:
    """Other things about the same, for a page's “see also”; none when the viewer may not see the thing itself."""
    answer = asked(Request("", frozenset(viewer_tokens), like=key, size=limit))
    return [presentation.hit(stored) for stored in answer.hits]


def topics(viewer_tokens: Iterable[str], limit: int = 12) -> list[str]:
    """The topics that most of what the viewer may see is about: somewhere to begin when nothing was found."""
    answer = asked(Request("", frozenset(viewer_tokens), size=0))
    return [topic for topic, _count in answer.counts.get("topic", Counter()).most_common(limit)]


def is_away() -> bool:
    """Whether the engine cannot answer now, so that having found nothing says nothing."""
    try:
        engines.engine().search(Request("", frozenset(), size=0))
    except EngineUnavailable:
        return True
    return False


def asked(request: Request) -> ResultPage:
    """The engine's answer, or an empty one while it is away: what goes beside a page may be missing."""
    try:
        return engines.engine().search(request)
    except EngineUnavailable as error:
        logger.warning("Search gives no suggestions: %s", error)
        nothing: dict[str, Any] = {}
        return ResultPage([], 0, nothing, dense=False)
