"""How large the talk is, and what is said in it. Knows no Django; everything follows from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

SEED = 14
YEARS = 4
KINDS = ("question",) * 4 + ("discussion",) * 3 + ("idea", "consultation", "announcement")
SAID = """
allowance appeal assessment bank benefit board boiler bridge budget bus carer case centre charge child clinic
council damp date day depot door duty evening family fee field flood form foster garden grant guide heating
help home house key kinship lane letter library lift meeting money month morning nurse office parent park path
paper phone place plan pool post price question rent repair report rota school seat session shed shelter shop
sign street surgery team term ticket tool town transport visit voucher walk week wheelchair window winter
worker yard year youth
"""
WORDS = SAID.split()


@dataclass(frozen=True, slots=True)
class Size:
    """``longest`` posts stand in one conversation, which is one of the community of the ``largest`` number of posts.
    ``readers`` have exactly ``unread`` conversations with something new each.
    """

    communities: int
    posts: int
    people: int
    readers: int
    unread: int
    longest: int
    largest: int


FULL = Size(communities=300, posts=200_000, people=5_000, readers=1_000, unread=50, longest=2_000, largest=10_000)
SIZES = {
    "full": FULL,
    "tenth": Size(communities=30, posts=20_000, people=500, readers=100, unread=50, longest=2_000, largest=4_000),
    "tiny": Size(communities=4, posts=400, people=20, readers=4, unread=5, longest=90, largest=200),
}
PER_PERSON = 10  # communities, where there are as many


@dataclass(frozen=True, slots=True)
class PlannedConversation:
    """A conversation to be: of which community, how many posts, and when it was begun."""

    community: int
    kind: str
    title: str
    posts: int
    begun: datetime
    every: timedelta  # between two posts


def topics(size: Size, now: datetime) -> Iterator[PlannedConversation]:
    """All conversations. Most are short, as everywhere; the first one is the longest."""
    chance = Random(SEED)  # noqa: S311 (content of a benchmark, not a secret)
    rest = (size.posts - size.largest) // max(1, size.communities - 1)
    for community in range(size.communities):
        left = rest if community else size.posts - rest * (size.communities - 1)
        lengths = [size.longest] if not community else []
        left -= sum(lengths)
        while left > 0:
            lengths.append(min(left, 1 + int(chance.expovariate(1 / 24))))
            left -= lengths[-1]
        for length in lengths:
            begun = now - timedelta(days=chance.uniform(2, 365 * YEARS))
            lasts = min(
                (now - begun) * 0.9, timedelta(days=chance.uniform(1, 40)) if length != size.longest else now - begun
            )
            title = f"{sentence(chance, 5).rstrip('.')}?"
            yield PlannedConversation(community, chance.choice(KINDS), title, length, begun, lasts / (length + 1))


def sentence(chance: Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def text(chance: Random) -> str:
    """What one post says: one to four paragraphs, sixty words or so."""
    return "\n\n".join(
        " ".join(sentence(chance, 9) for _one in range(3)) for _part in range(chance.choice((1, 2, 2, 4)))
    )


def communities_of(person: int, size: Size) -> list[int]:
    """Where they are a member: always the same, spread evenly, and everybody in the largest one."""
    some = min(PER_PERSON, size.communities) - 1
    others = {1 + (person * 7 + place * 37) % (size.communities - 1) for place in range(some)}
    return [0, *sorted(others)]
