"""How sure one can be that a thing answers."""

import pytest

from indexing.engines.base import Stored
from search.confidence import Question, form


def thing(title: str = "", summary: str = "", passage: str = "", cosine: float = 0.4, whole: bool = False) -> Stored:
    return Stored(
        "k", 1.0, cosine, "story", title, "/", summary, (), (), "", None, "", {}, frozenset(), passage, whole=whole
    )


@pytest.mark.parametrize(
    ("question", "more", "less"),
    [
        ("blue badge", thing("Blue badge"), thing("Green badge")),
        ("blue badge", thing(summary="A blue badge in a week"), thing(passage="A blue badge in a week")),
        ("blue badge", thing(passage="a blue badge"), thing(passage="blue is the sky over Ullsby, and he had a badge")),
        ("taxi licence", thing(passage="a taxi licence"), thing(passage="a taxi")),
        ("taxi licence", thing(passage="a bus"), thing(passage="a taxi")),
        ("bins", thing(summary="bins", cosine=0.4), thing(summary="bins", cosine=0.28)),
        ("allotment waiting list", thing(cosine=0.2, whole=True), thing(cosine=0.2)),
        ("street party", thing(passage="a party in a street"), thing(passage="part of a street")),
    ],
)
def test_one_thing_is_surer_than_another(question, more, less):
    asked = Question.of(question)
    assert asked.sureness(more) > asked.sureness(less)


def test_a_word_that_means_the_same_counts():
    groups = [["bins", "rubbish collection"]]
    there = thing(summary="Rubbish collection")
    assert Question.of("bins", groups).sureness(there) > Question.of("bins").sureness(there)


def test_what_is_quoted_answers_where_it_stands():
    assert Question.of("“who knows”").is_sure_of(thing(cosine=0.0))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("bins", "bin", True),
        ("fostering", "foster", True),
        ("drawings", "drawing", True),
        ("parking", "park", False),
        ("party", "part", False),
        ("glass", "glas", False),
    ],
)
def test_forms(one, other, same):
    assert (form(one) == form(other)) is same
