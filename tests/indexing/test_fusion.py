"""Both halves are brought together fairly."""

import numpy as np
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from indexing import fusion

scores = st.floats(0, 100, allow_nan=False, width=32)
halves = st.integers(1, 40).flatmap(
    lambda size: st.tuples(
        arrays(np.float64, size, elements=scores), arrays(np.float64, size, elements=st.floats(-1, 1, width=32))
    )
)


def everything(values):
    return np.ones(len(values), bool)


@given(halves)
def test_a_fused_score_stays_between_nothing_and_one(pair):
    fused = fusion.fuse(*pair, everything(pair[0]))
    assert ((fused >= 0) & (fused <= 1 + 1e-9)).all()


@given(halves)
def test_who_is_better_in_both_halves_is_never_worse_in_the_fusion(pair):
    lexical, dense = pair
    fused = fusion.fuse(lexical, dense, everything(lexical))
    better = (lexical[:, None] >= lexical) & (dense[:, None] >= dense)
    assert (fused[:, None] - fused)[better].min() >= -1e-9


@given(halves, st.floats(0.1, 50), st.floats(-10, 10))
def test_the_scale_of_a_half_does_not_matter(pair, factor, offset):
    lexical, dense = (np.round(half, 3) for half in pair)
    pool = everything(lexical)
    assert np.allclose(fusion.minmax(lexical, pool), fusion.minmax(lexical * factor, pool))
    assert np.isclose(fusion.clarity(dense), fusion.clarity(dense * factor + offset), atol=1e-6)


@given(halves)
def test_without_a_model_the_words_decide(pair):
    lexical = pair[0]
    assert (np.diff(fusion.fuse(lexical, None, everything(lexical))[np.argsort(lexical)]) >= -1e-9).all()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 0.99))
def test_the_clearer_half_pulls_the_weight_to_its_side(lexical, dense, weight):
    share = fusion.dense_share(lexical, dense, weight)
    assert 0 < share < 1
    assert (share - weight) * (dense - lexical) >= -1e-9


def test_a_half_that_stands_out_is_clearer_than_one_that_crowds():
    assert fusion.clarity(np.array([1.0, 0.2, 0.1, 0.0])) > fusion.clarity(np.array([1.0, 0.99, 0.98, 0.0]))


def test_weights_of_nothing_and_one_leave_one_half_alone():
    assert [fusion.dense_share(0.9, 0.1, weight) for weight in (0, 1)] == [0, 1]


def test_a_document_found_by_words_alone_keeps_its_true_nearness():
    lexical, dense = np.array([5.0, 4.9, 0.0]), np.array([0.1, 0.8, 0.9])
    assert fusion.ranked(fusion.fuse(lexical, dense, everything(lexical)), everything(lexical))[0] == 1


@given(halves, st.integers(1, 10))
def test_candidates_are_the_best_of_each_half(pair, depth):
    lexical, dense = pair
    chosen = fusion.candidates(lexical, dense, everything(lexical), depth)
    assert min(depth, len(dense)) <= chosen.sum() <= 2 * depth


def test_equal_scores_keep_their_order():
    assert list(fusion.ranked(np.zeros(4), np.array([True, False, True, True]))) == [0, 2, 3]
