"""What to offer to somebody who is still typing: people, communities, topics and things, by the beginnings of words.

The engine ranks the titles that the viewer may see. Whatever is shown is then read from the database, where its
audience is asked again: an index that lags behind tells nobody of a thing that was hidden since.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _

from core.audiences import Viewer, viewer_tokens
from core.models import Topic
from indexing import engines
from indexing.engines.base import EngineUnavailable, TitleRequest
from indexing.title_analysis import chunks, line, typed_chunks
from search import lookup
from search.lookup import Thing

MOST = 8
FEWEST_LETTERS = 2
LONGEST = 100  # characters; nobody types a longer title
TOPIC = "topic"
KINDS = ("person", "community")  # in this order, topics behind them, and every other kind at the end as one group
LOOKED_AT = 3 * MOST  # of each group: some may have one name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to go to."""

    kind: str
    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A title that matches: of a thing with a key, or of a topic with a slug. ``name`` is what is compared."""

    kind: str
    key: str
    name: str
    title: str = ""  # of a topic


def suggest(text: str, viewer: Viewer) -> list[Suggestion]:
    """What ``viewer`` may see whose title holds the words of ``text``, at most eight, groups in a fixed order."""
    typed = text[:LONGEST]
    if len(line(typed)) < FEWEST_LETTERS:
        return []
    *named, others = matching_things(typed, viewer)
    chosen = fairly(map(distinct, [*named, matching_topics(typed, viewer), others]))
    things = lookup.now((one.key for one in chosen if one.kind != TOPIC), viewer)
    offered = (of_topic(one) if one.kind == TOPIC else of_thing(things.get(one.key)) for one in chosen)
    return [suggestion for suggestion in offered if suggestion]


def matching_things(typed: str, viewer: Viewer) -> list[list[TitleCandidate]]:
    """The titles that match, best first: of each of ``KINDS``, and of all others. None while the engine is away."""
    request = TitleRequest(typed, viewer_tokens(viewer), KINDS, LOOKED_AT)
    try:
        groups = engines.engine().titles(request)
    except EngineUnavailable:
        return [[] for _group in (*KINDS, "")]
    return [[TitleCandidate(match.kind, match.key, match.line) for match in group] for group in groups]


def matching_topics(typed: str, viewer: Viewer) -> list[TitleCandidate]:
    """The same of topics: there are few, so that the database's own names are compared."""
    asked = line(typed)
    topics = Topic.objects.order_by("-pk").values_list("pk", "name", "slug")
    found = {pk: TitleCandidate(TOPIC, slug, line(name), name) for pk, name, slug in topics if is_matched(name, typed)}
    best = sorted(found, key=lambda pk: (not found[pk].name.startswith(asked), len(found[pk].name)))
    visible = set(lookup.topics(viewer, best).values_list("pk", flat=True)) if best else ()
    return [found[pk] for pk in best if pk in visible]


def is_matched(name: str, typed: str) -> bool:
    """Whether a name holds every word that was typed by its beginning, as engines see it."""
    words = [word for together, pieces in chunks(name) for word in (together, *pieces)]

    def is_begun(start: str) -> bool:
        return any(word.startswith(start) for word in words)

    return all(is_begun(together) or all(map(is_begun, pieces)) for together, pieces in typed_chunks(typed))


def distinct(group: Iterable[TitleCandidate]) -> list[TitleCandidate]:
    """The first of each name."""
    names: dict[tuple[str, str], TitleCandidate] = {}
    for one in group:
        names.setdefault((one.kind, one.name), one)
    return list(names.values())[:MOST]


def fairly(groups: Iterable[Sequence[TitleCandidate]]) -> list[TitleCandidate]:
    """As many of each group as there is room for, when each in its turn names its next."""
    groups = list(groups)
    turns: Iterator[TitleCandidate | None] = chain.from_iterable(zip_longest(*groups))
    chosen = set([one for one in turns if one is not None][:MOST])
    return [one for group in groups for one in group if one in chosen]


def of_topic(topic: TitleCandidate) -> Suggestion:
    return Suggestion(TOPIC, _("Topic"), topic.title, reverse("topics:topic", args=[topic.key]))


def of_thing(thing: Thing | None) -> Suggestion | None:
    """A thing as the database has it now; nothing where the viewer may not see it any more."""
    return Suggestion(thing.kind, str(thing.kind_label), thing.title, thing.url) if thing else None
