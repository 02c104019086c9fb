"""Who knows: people for a question, each with what speaks for them, as pages show it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from core.audiences import Person, Viewer, viewer_tokens
from core.registry import Registry
from indexing.documents import sources
from indexing.engines.base import IndexedDocument
from search import presentation, services
from search.experts import Expert
from search.lookup import visible
from search.query import Hit
from search.synonyms import Groups

SHOWN = 4  # pieces of evidence that stand with a person
REASONS = 3


@dataclass(frozen=True, slots=True)
class Help:
    """When and where somebody helps next: “helps tonight, 17:30”, and where it is read."""

    text: str
    url: str


PEOPLE_CARDS: Registry[Callable[[Iterable[Any], Any], Mapping[Any, Any]]] = Registry(
    "cards of people", taken_by="search"
)
"""By primary key a card for each person whom the viewer may see: whoever opted out gets none, and is not shown."""

HELP_FINDERS: Registry[Callable[[Iterable[Any], Any], Mapping[Any, Help]]] = Registry(
    "where somebody helps next", taken_by="search"
)
"""By primary key the next occasion of each person that the viewer may see."""


AWAY_FINDERS: Registry[Callable[[Iterable[Any], Any], Collection[Any]]] = Registry("who is away", taken_by="search")
"""The keys of those who are away today: somebody else is named first."""


def people_cards(pks: Iterable[Any], viewer: Viewer) -> dict[Any, Any]:
    """The cards of those people whom ``viewer`` may see, by primary key."""
    wanted = list(pks)
    return {pk: card for cards in PEOPLE_CARDS for pk, card in cards(wanted, viewer).items()} if wanted else {}


def away_among(pks: Iterable[Any], viewer: Viewer) -> set[Any]:
    """Those of these people who are away today."""
    wanted = list(pks)
    return {pk for find in AWAY_FINDERS for pk in find(wanted, viewer)} if wanted else set()


def help_of(pks: Iterable[Any], viewer: Viewer) -> dict[Any, Help]:
    """Where those people help next, by primary key."""
    wanted = list(pks)
    return {pk: occasion for find in HELP_FINDERS for pk, occasion in find(wanted, viewer).items()} if wanted else {}


@dataclass(frozen=True)
class SuggestedExpert:
    """A person who knows, and what they stand behind, best first. It is put in words only for those who are shown."""

    person: Person
    behind: Sequence[IndexedDocument] = ()
    said: Sequence[str] = ()
    helps: Help | None = None

    @cached_property
    def reasons(self) -> Sequence[str]:
        """Why we think so, in plain sentences."""
        return self.said or reasons(self.behind)

    @cached_property
    def evidence(self) -> Sequence[Hit]:
        """What there is to read of it."""
        return shown(self.behind)


def who_knows(
    text: str, viewer: Viewer, limit: int | None = None, groups: Groups | None = None
) -> list[SuggestedExpert]:
    """People who know about ``text``, surest first: those whom ``viewer`` may see, who are here and did not opt out.
    Whoever is away today comes after all others.

    Whoever asks is not sent to themselves. Where only some are wanted, it is said when each of them helps next.
    """
    experts = services.experts(text, viewer_tokens(viewer), exclude={viewer.pk}, limit=None, groups=groups)
    away = away_among((expert.person for expert in experts), viewer)
    experts = sorted(experts, key=lambda expert: expert.person in away)
    found: list[SuggestedExpert] = []
    for some in in_two(experts, limit):
        cards = people_cards([expert.person for expert in some], viewer)
        found += [SuggestedExpert(cards[expert.person], expert.evidence) for expert in some if expert.person in cards]
        if limit and len(found) >= limit:
            break
    return with_help(found[:limit], viewer) if limit else found


def with_help(found: Sequence[SuggestedExpert], viewer: Viewer) -> list[SuggestedExpert]:
    """The same people, each with where they help next."""
    helps = help_of([one.person.pk for one in found], viewer)
    return [replace(one, helps=helps.get(one.person.pk)) for one in found]


def with_people(hits: Sequence[Hit], known: Iterable[SuggestedExpert], viewer: Viewer) -> list[Hit]:
    """The same hits; those that are people each with their person, whom ``viewer`` may see now, so that the page leads
    to writing to them. ``known`` are on the page anyway, and asked for no more.
    """
    people = {one.person.pk: one.person for one in known}
    kinds = {source.kind: source for source in sources() if source.is_person}
    for kind, source in kinds.items():
        missing = {pk for hit in hits if hit.kind == kind for pk in hit.people} - people.keys()
        if missing:
            people |= {person.pk: person for person in visible(source, viewer).filter(pk__in=missing)}
    return [replace(hit, person=people.get(next(iter(hit.people), None))) if hit.kind in kinds else hit for hit in hits]


def in_two(experts: Sequence[Expert], limit: int | None) -> list[Sequence[Expert]]:
    """The surest few and all others: nearly always the first are enough, and others' cards cost a moment each."""
    first = len(experts) if limit is None else 3 * limit
    return [some for some in (experts[:first], experts[first:]) if some]


def reasons(evidence: Sequence[IndexedDocument]) -> list[str]:
    """A sentence for each kind of thing that they did; what somebody says of themselves comes last."""
    by_kind: dict[str, list[IndexedDocument]] = {}
    for stored in evidence:
        by_kind.setdefault(stored.kind, []).append(stored)
    told = [(presentation.source_of_kind(kind), things) for kind, things in by_kind.items()]
    told.sort(key=lambda pair: pair[0] is not None and pair[0].is_person)
    return [str(source.reason(things)) for source, things in told if source][:REASONS]


def shown(evidence: Sequence[IndexedDocument]) -> list[Hit]:
    """The best things to read. A person's own page is not among them: their name leads there. What only speaks for
    somebody is said in words, and is nothing to read.
    """
    others = {source.kind for source in sources() if source.is_person or source.is_evidence}
    things = [stored for stored in evidence if stored.kind not in others]
    return [presentation.hit(stored) for stored in things[:SHOWN]]
