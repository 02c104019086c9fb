"""Counting votes. Plain arithmetic, which knows no database.

Ranked votes are counted as an instant run-off. Options that share the last place drop out together; where all that are
left share it, they are level, and people decide: no lot is drawn.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Choices = Sequence[int]  # keys of options; the first is preferred where they are ranked


@dataclass(frozen=True, slots=True)
class Round:
    """Votes for each option that is still there, what drops out after it, and votes that count for none any more."""

    votes: dict[int, int]
    out: frozenset[int]
    spent: int


@dataclass(frozen=True, slots=True)
class Count:
    """``ahead`` are the options with most votes: several where they are level, none where nobody voted."""

    rounds: list[Round]
    ahead: frozenset[int]


def plain(options: Sequence[int], ballots: Sequence[Choices]) -> Count:
    """How often each option was chosen."""
    chosen = Counter(key for ballot in ballots for key in ballot)
    votes = {key: chosen[key] for key in options}
    most = max(votes.values(), default=0)
    ahead = frozenset(key for key, count in votes.items() if most and count == most)
    return Count([Round(votes, frozenset(), 0)], ahead)


def run_off(options: Sequence[int], ballots: Sequence[Choices]) -> Count:
    """Round by round, until one option has more than half of the votes that still count."""
    left, rounds = list(options), []
    while True:
        firsts = [next((key for key in ballot if key in left), None) for ballot in ballots]
        counted = Counter(first for first in firsts if first is not None)
        votes = {key: counted[key] for key in left}
        total = sum(votes.values())
        spent = len(ballots) - total
        most, fewest = max(votes.values(), default=0), min(votes.values(), default=0)
        if not total or most * 2 > total or most == fewest:
            rounds.append(Round(votes, frozenset(), spent))
            return Count(rounds, frozenset(key for key, count in votes.items() if total and count == most))
        out = frozenset(key for key, count in votes.items() if count == fewest)
        rounds.append(Round(votes, out, spent))
        left = [key for key in left if key not in out]
