"""Counting votes. Plain arithmetic, which knows no database.

Ranked votes are counted as an instant run-off. Options that share the last place drop out together, unless it matters
which of them goes first: then all that could win are level, as they are where all that are left share the last place.
People decide: no lot is drawn.
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
    """``ahead`` are the options with most votes: several where they are level, none where nobody voted. Where it turns
    on who drops out first of those in the last place, they are all that could win.
    """

    rounds: list[Round]
    ahead: frozenset[int]
    turns_on_the_last: bool = False


def plain(options: Sequence[int], ballots: Sequence[Choices]) -> Count:
    """How often each option was chosen."""
    chosen = Counter(key for ballot in ballots for key in ballot)
    votes = {key: chosen[key] for key in options}
    most = max(votes.values(), default=0)
    ahead = frozenset(key for key, count in votes.items() if most and count == most)
    return Count([Round(votes, frozenset(), 0)], ahead)


def run_off(options: Sequence[int], ballots: Sequence[Choices]) -> Count:
    """Round by round, until one option has more than half of the votes that still count."""
    left, rounds, counted = list(options), [], Counter(map(tuple, ballots))
    while True:
        votes = _first_choices(left, counted)
        spent = len(ballots) - sum(votes.values())
        if (ahead := _ahead(votes)) is not None:
            rounds.append(Round(votes, frozenset(), spent))
            return Count(rounds, ahead)
        out = _last(votes)
        may_win, together = _may_win(left, counted), _may_win([key for key in left if key not in out], counted)
        if may_win != together and len(may_win) > 1:
            rounds.append(Round(votes, frozenset(), spent))
            return Count(rounds, may_win, turns_on_the_last=True)
        if may_win != together:
            out = frozenset({next(key for key in reversed(left) if key in out)})  # whichever it is, the same one wins
        rounds.append(Round(votes, out, spent))
        left = [key for key in left if key not in out]


def _first_choices(left: Sequence[int], counted: Counter[tuple[int, ...]]) -> dict[int, int]:
    votes = dict.fromkeys(left, 0)
    for ballot, number in counted.items():
        first = next((key for key in ballot if key in votes), None)
        if first is not None:
            votes[first] += number
    return votes


def _ahead(votes: dict[int, int]) -> frozenset[int] | None:
    """Who has won, or is level where all have as many votes; nothing where somebody drops out."""
    total, most, fewest = sum(votes.values()), max(votes.values(), default=0), min(votes.values(), default=0)
    if total and most * 2 <= total and most != fewest:
        return None
    return frozenset(key for key, count in votes.items() if total and count == most)


def _last(votes: dict[int, int]) -> frozenset[int]:
    fewest = min(votes.values())
    return frozenset(key for key, count in votes.items() if count == fewest)


def _may_win(left: Sequence[int], counted: Counter[tuple[int, ...]]) -> frozenset[int]:
    """Who is ahead at the end, whichever of those that share the last place drops out first: eight options leave 256
    sets to look at.
    """
    known: dict[frozenset[int], frozenset[int]] = {}

    def of(some: frozenset[int]) -> frozenset[int]:
        if some not in known:
            votes = _first_choices([key for key in left if key in some], counted)
            ahead = _ahead(votes)
            known[some] = frozenset().union(*(of(some - {key}) for key in _last(votes))) if ahead is None else ahead
        return known[some]

    return of(frozenset(left))
