"""What to offer to somebody who is still typing: people, communities, topics and things, by the beginnings of words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _

from core.audiences import Viewer
from search import title_index
from search.title_index import TOPIC, Entry, Snapshot, Thing

MOST = 8
FEWEST_LETTERS = 2
LONGEST = 100  # characters; nobody types a longer title
GROUPS = ("person", "community", TOPIC)  # in this order; every other kind comes behind, all as one group


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to go to."""

    kind: str
    label: str
    title: str
    url: str


def suggest(text: str, viewer: Viewer) -> list[Suggestion]:
    """What ``viewer`` may see whose title holds the words of ``text``, at most eight, groups in a fixed order."""
    asked = title_index.line(text[:LONGEST])
    if len(asked) < FEWEST_LETTERS:
        return []
    known = title_index.current()
    seen = known.visible(viewer)
    chosen = fairly(best(known, group, asked) for group in grouped(known, known.matching(text[:LONGEST]), seen))
    sampled = {number: known.samples(number, seen) for number in chosen}
    things = known.now(set(chain.from_iterable(sampled.values())), viewer)
    offered = (shown(known.entries[one], [things[it] for it in sampled[one] if it in things]) for one in chosen)
    return [suggestion for suggestion in offered if suggestion]


def grouped(known: Snapshot, found: Iterable[int], seen: bytearray) -> list[list[int]]:
    """What the viewer may see of it: people, communities, topics, and all other things."""
    groups: dict[str, list[int]] = {kind: [] for kind in (*GROUPS, "")}
    for number in found:
        if seen[number]:
            kind = known.entries[number].kind
            groups[kind if kind in groups else ""].append(number)
    return list(groups.values())


def best(known: Snapshot, group: Sequence[int], asked: str) -> list[int]:
    """The nearest of a group: those that begin as was typed, then the short ones, then the newest; no name twice."""

    def distance(number: int) -> tuple[bool, int, int]:
        title = title_index.line(known.entries[number].title)
        return not title.startswith(asked), len(title), -number

    names = {(known.entries[one].kind, known.entries[one].title): one for one in nsmallest(3 * MOST, group, distance)}
    return sorted(names.values(), key=distance)[:MOST]


def fairly(groups: Iterable[Sequence[int]]) -> list[int]:
    """As many of each group as there is room for, when each in its turn names its next."""
    groups = list(groups)
    turns = chain.from_iterable(zip_longest(*groups))
    chosen = set([number for number in turns if number is not None][:MOST])
    return [number for group in groups for number in group if number in chosen]


def shown(entry: Entry, things: Sequence[Thing]) -> Suggestion | None:
    """An entry as the database has it now, or ``None`` where it has nothing for this viewer any more."""
    if entry.source is None:
        still = any(entry.title in thing.topics for thing in things)
        return Suggestion(TOPIC, _("Topic"), entry.title, reverse("topics:topic", args=[entry.pk])) if still else None
    label = str(entry.source.label_one or entry.source.label)
    return Suggestion(entry.kind, label, things[0].title, things[0].url) if things else None
