"""As somebody writes: what there is about it already, and whom to ask."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from core.audiences import Viewer, viewer_tokens
from indexing.engines.base import Request
from indexing.text_analysis import terms
from search import presentation, services
from search.expert_finder import SuggestedExpert, who_knows
from search.lookup import may_be_offered
from search.query import Hit, Query

FEWEST_WORDS = 2  # that say something: one alone is near to everything
THINGS, PEOPLE = 4, 3
NEIGHBOURS = 20
QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))  # somebody who quotes does not ask for these very words


@dataclass(frozen=True, slots=True)
class WritingHints:
    """What stands beside a form. ``said`` is what a screen reader says of it."""

    things: list[Hit]
    people: list[SuggestedExpert]
    said: str


def beside(text: str, viewer: Viewer, leave_out: str = "") -> WritingHints | None:
    """What is near ``text`` for ``viewer``, but for the thing with the key ``leave_out``; nothing for a word alone."""
    query = Query.of(text.translate(QUOTES))
    if len(set(terms(query.text))) < FEWEST_WORDS:
        return None
    things = [hit for hit in nearest(query, viewer) if hit.key != leave_out][:THINGS]
    people = who_knows(query.text, viewer, PEOPLE)
    return WritingHints(things, people, said(len(things), len(people)))


def nearest(query: Query, viewer: Viewer) -> list[Hit]:
    """Things, and not people, nearest in meaning first; nothing that is over."""
    request = Request(query.text, viewer_tokens(viewer), lexical=False, passages=False, size=NEIGHBOURS)
    shown = [stored for stored in services.asked(request).hits if may_be_offered(stored)]
    return [presentation.hit(stored) for stored in shown]


def said(things: int, people: int) -> str:
    """How much there is, a sentence for each; nothing where there is nothing."""
    parts = []
    if things:
        parts.append(
            ngettext("%(n)s thing about it already.", "%(n)s things about it already.", things) % {"n": things}
        )
    if people:
        parts.append(ngettext("%(n)s person to ask.", "%(n)s people to ask.", people) % {"n": people})
    return " ".join(parts)
