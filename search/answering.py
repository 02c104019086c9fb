"""All that somebody gets who asks: what the page of results shows, and what ``manage.py search ask`` prints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.audiences import Viewer, viewer_tokens
from search import services
from search.expert_finder import SuggestedExpert, who_knows
from search.pinned import Pinned, pinned_to
from search.query import Query, Results
from search.synonyms import Groups, groups

PEOPLE_SHOWN = 4


@dataclass(frozen=True)
class SearchAnswer:
    """What was found, who knows, and what editors recommend. ``better`` is the question in words that the hub knows;
    ``mended_from`` what was typed, where these are the results for those.
    """

    results: Results
    people: Sequence[SuggestedExpert]
    pinned: Sequence[Pinned]
    known: Groups
    better: str = ""
    mended_from: str = ""


def ask(query: Query, viewer: Viewer, log: Callable[[Query, int], None] | None = None) -> SearchAnswer:
    """What ``viewer`` is given. ``log`` is told of the question and of how much there was, unless search is away."""
    tokens, known = viewer_tokens(viewer), groups()  # read once, for all that is asked here
    found = services.search(query, tokens, known)
    if not found.hits and found.total:
        found = services.search(query.on_page(found.pages), tokens, known)
    if log and not found.degraded:  # what a search that is being repaired did not find says nothing
        log(query, found.total)
    better = better_words(query, found, viewer)
    mended = services.search(replace(query, text=better), tokens, known) if better and not found.total else None
    is_mended = bool(mended and mended.hits)
    found = mended if mended and is_mended else found
    return SearchAnswer(
        found,
        people_who_know(found, viewer, known),
        list(pinned_to(query.text, viewer)) if query.text and query.page == 1 else [],
        known,
        better,
        query.text if is_mended else "",
    )


def better_words(query: Query, found: Results, viewer: Viewer) -> str:
    """The question in words that the hub knows, where it has some that nothing on the page has."""
    shown = [text for hit in found.hits for text in (hit.title, hit.text, hit.community, *hit.topics)]
    return services.corrected(query.text, viewer, shown) if query.text else ""


def people_who_know(found: Results, viewer: Viewer, known: Groups) -> list[SuggestedExpert]:
    """Those who did something about it, beside the first page of what was found."""
    if not found.hits or not found.query.text or found.query.page > 1:
        return []
    return who_knows(found.query.text, viewer, PEOPLE_SHOWN, known)
