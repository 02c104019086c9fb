"""Counting votes: what is ahead, what drops out, and where people have to decide."""

from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from conversations.polls.counting import plain, run_off


@pytest.mark.parametrize(
    ("ballots", "ahead", "rounds"),
    [
        ([], [], 1),
        ([[1], [1], [2]], [1], 1),
        ([[1, 2], [1, 2], [2], [3, 2], [3, 2, 1]], [1, 3], 2),  # 2 drops out, its vote counts no more: level
        ([[1], [1], [2, 3], [3], [3]], [3], 2),
        ([[1], [2]], [1, 2], 2),  # 3 has none; then level
        ([[1], [2], [3]], [1, 2, 3], 1),
        ([[3, 1], [2, 1], [1], [1]], [1], 2),  # 2 and 3 share the last place, and drop out together
    ],
)
def test_an_instant_run_off(ballots, ahead, rounds):
    result = run_off([1, 2, 3], ballots)
    assert (sorted(result.ahead), len(result.rounds), result.turns_on_the_last) == (ahead, rounds, False)
    assert all(sum(each.votes.values()) + each.spent == len(ballots) for each in result.rounds)


def test_two_in_the_last_place_do_not_hand_it_to_what_most_like_least():
    """BrightSpots/rcv#921: together, 2 and 3 have more votes than 1, and each would win once the other has gone."""
    result = run_off([1, 2, 3], [[1]] * 4 + [[2, 3]] * 3 + [[3, 2]] * 3)
    assert (result.ahead, result.turns_on_the_last, len(result.rounds)) == ({2, 3}, True, 1)


def by_lot(options: list[int], ballots: list[list[int]], lot: Random) -> set[int]:
    """The same count, in which one of those that share the last place is drawn and drops out."""
    left = list(options)
    while True:
        firsts = [next((key for key in ballot if key in left), None) for ballot in ballots]
        votes = {key: firsts.count(key) for key in left}
        total, most = sum(votes.values()), max(votes.values())
        if not total or most * 2 > total or most == min(votes.values()):
            return {key for key, count in votes.items() if total and count == most}
        left.remove(lot.choice([key for key, count in votes.items() if count == min(votes.values())]))


RANKED = st.lists(st.integers(1, 5), unique=True, min_size=1)


@settings(max_examples=150)
@given(st.lists(RANKED, max_size=12), st.randoms(use_true_random=False))
def test_whatever_lot_could_be_drawn_the_result_is_among_those_ahead(ballots, lot):
    options = [1, 2, 3, 4, 5]
    result = run_off(options, ballots)
    assert all(by_lot(options, ballots, lot) <= result.ahead for _time in range(3))
    assert all(each.out <= each.votes.keys() for each in result.rounds)


def test_a_plain_count():
    assert plain([1, 2, 3], [[1, 2], [2], [3, 1]]).ahead == {1, 2}
    assert plain([1, 2], []).ahead == frozenset()
