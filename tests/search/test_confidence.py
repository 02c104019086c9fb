"""How sure one can be that a thing answers."""

import pytest

from indexing.engines.base import IndexedDocument
from search import subjects
from search.confidence import Question, form


def thing(
    title: str = "", summary: str = "", passage: str = "", cosine: float = 0.4, whole: bool = False
) -> IndexedDocument:
    return IndexedDocument(
        "k",
        1.0,
        cosine,
        "story",
        title,
        "/",
        summary,
        (),
        (),
        "",
        "",
        "en",
        None,
        "",
        {},
        frozenset(),
        passage,
        whole=whole,
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
    assert Question.of("“who knows”").is_answered([thing(cosine=0.0)])


@pytest.mark.parametrize(
    ("things", "answered"),
    [
        ([thing("A bird", passage="a curlew on a wall", cosine=0.1, whole=True)], True),
        ([thing("A bird", passage="a wall", cosine=0.1)], False),
        ([thing("A bird", passage="curled up", cosine=0.1, whole=True)], False),  # an engine's idea of the same word
        ([thing("A bird", passage="a curlew", cosine=0.1, whole=True)] * 4, False),  # an ordinary word here
    ],
)
def test_a_word_is_answered_by_the_few_things_that_it_stands_in(things, answered):
    assert Question.of("curlew").is_answered(things) is answered


@pytest.mark.parametrize(
    ("question", "title", "answered"),
    [
        ("burial plot", "Plot fourteen: three boys and an allotment", False),
        ("vegetable plot", "Plot fourteen: three boys and an allotment", True),
        ("annual leave", "Leaving care: flats and first jobs", False),
        ("annual leave", "How many days of annual leave you have", True),
    ],
)
def test_a_question_about_something_else_is_not_answered(question, title, answered):
    assert Question.of(question).is_answered([thing(title, cosine=0.4)]) is answered


def test_each_subject_is_a_line_of_its_own():
    lines = subjects.SUBJECTS.read_text("utf-8").splitlines()
    assert len(lines) == len({line.strip() for line in lines if line.strip()})


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
