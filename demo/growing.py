"""Makes the demo council large: the same council as a county would have it, for seeing how the hub bears it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import product
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.models import CommunityPage
from core import versions
from demo.invention import MARK, Inventor, invented
from demo.kind import Content, ContentKind, Kinds, in_order
from demo.kinds import KINDS
from demo.kinds.people import PEOPLE
from demo.kinds.topics import TOPICS
from importing.writing import ImportTally, Lookup
from search import services as search
from stories.models import StoryPage

Step = Callable[[int], None]
Size = Mapping[str, int]
"""How many things of each kind are to be invented."""


def by_turn(kinds: Kinds) -> list[ContentKind[Any, Any]]:
    """Those that can be invented, in the order in which they are."""
    return sorted((kind for kind in in_order(kinds) if kind.writer), key=lambda kind: kind.turn)


def missing() -> Size:
    """What this hub lacks to be large."""
    size: dict[str, int] = {}
    for kind in by_turn(KINDS):
        size[kind.name] = kind.lacking(size)
    return size


def is_grown() -> bool:
    return StoryPage.objects.filter(imported_id__startswith=f"{MARK}-").exists()


@transaction.atomic
def grow(content: Content, size: Size, seed: int, step: Step) -> None:
    """Write it all in one transaction. The caller brings it to the search index."""
    inventor = inventor_of(content, seed, timezone.now())
    with search.paused():
        lookup = Lookup()
        for kind in by_turn(KINDS):
            assert kind.writer  # noqa: S101 (those are left out)
            rows = kind.invent(inventor, size.get(kind.name, 0))
            for done in kind.writer(lookup, "").write(rows, ImportTally()):
                step(done)
        chance, communities = Random(seed), list(invented(CommunityPage))  # noqa: S311 (content of a demo, not a secret)
        for kind in in_order(KINDS):
            kind.settle(chance, communities)
        versions.begin_new()


def inventor_of(content: Content, seed: int, now: datetime) -> Inventor:
    """Who invents in the words of this council."""
    chance = Random(seed)  # noqa: S311 (content of a demo, not a secret)
    people = content[PEOPLE]
    names = [(person.given_name, other.family_name) for person, other in product(people, repeat=2)]
    chance.shuffle(names)
    return Inventor(
        chance=chance,
        now=now,
        topics={topic.slug: topic.name for topic in content[TOPICS]},
        places=sorted({person.location for person in people if person.location}),
        names=names,
        job_titles=sorted({person.job_title for person in people}),
        sentences=sentences_by_topic(content),
    )


def sentences_by_topic(content: Content) -> dict[str, list[str]]:
    """What the demo says to everyone about each topic. Private words never become part of something public."""
    said: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        for thing in content[kind]:
            for topic in kind.about(thing):
                said[topic] += kind.said(thing)
    return said
