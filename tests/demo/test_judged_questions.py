"""Search says when it does not know: judged by what the demo council can and cannot answer, on both engines."""

import secrets
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import override_settings

from demo import loading
from demo.kind import Content
from demo.kinds.communities import COMMUNITIES
from demo.kinds.conversations import CONVERSATIONS
from demo.kinds.guidance import FILES, GUIDANCE
from demo.kinds.people import PEOPLE
from demo.kinds.stories import STORIES
from demo.kinds.surgeries import SURGERIES
from indexing import maintenance
from people.models import User
from search.answering import SearchAnswer, ask
from search.query import Query
from tests.engines import url_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WITH_A_TITLE = (STORIES, GUIDANCE, SURGERIES, COMMUNITIES, CONVERSATIONS)
DATA = Path(__file__).parent / "data"
OWN, HELD_OUT, THIRD, FOURTH, FIFTH, SIXTH = SETS = [
    tomllib.loads((DATA / f"council_questions{name}.toml").read_text("utf-8"))
    for name in ("", "_held_out", "_third", "_fourth", "_fifth", "_sixth")
]
FIRST_ONES = 10


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])  # the newer one: test_two_engines
def council(request: Any, withermere: loading.Council, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demo council with an index of its own."""
    folder = f"sqlite:///{tmp_path_factory.mktemp('index')}"
    url = folder if request.param == "embedded" else f"{url_of(request.param)}/test-{secrets.token_hex(6)}"
    with django_db_blocker.unblock(), override_settings(SEARCH={**settings.SEARCH, "URL": url}):
        maintenance.rebuild()
        yield


def given(question: dict[str, Any]) -> SearchAnswer:
    staff = User.objects.get(email="priya.nair@withermere.example")
    return ask(Query.of(question["ask"]), staff if question.get("as") else AnonymousUser())


def lost(questions: list[dict[str, Any]]) -> list[str]:
    """Those whose right answer is not among the first results."""
    found = ((one, {hit.title for hit in given(one).results.hits[:FIRST_ONES]}) for one in questions)
    return [one["ask"] for one, titles in found if titles.isdisjoint(one["right"])]


def answered(questions: list[dict[str, Any]]) -> list[str]:
    """Those to which something is offered as an answer, or somebody as one who knows."""
    return [one["ask"] for one in questions if given(one).results.sure or given(one).people]


def test_no_answer_is_lost(council):
    assert not lost(OWN["answerable"])


def test_what_nobody_can_answer_is_not_answered(council):
    assert len(answered(OWN["unanswerable"])) <= len(OWN["unanswerable"]) / 10


@pytest.mark.parametrize(
    ("questions", "most_lost", "most_answered"),
    [(HELD_OUT, 7, 4), (THIRD, 4, 2), (FOURTH, 6, 7), (FIFTH, 2, 3), (SIXTH, 1, 4)],
    ids=["held out", "third", "fourth", "fifth", "sixth"],
)
def test_so_it_is_with_other_questions(council, questions, most_lost, most_answered):
    """As measured: docs/search-quality.md. One more is lost here, where files are not read."""
    assert len(lost(questions["answerable"])) <= most_lost, lost(questions["answerable"])
    assert len(answered(questions["unanswerable"])) <= most_answered, answered(questions["unanswerable"])


@pytest.mark.parametrize(
    ("question", "reader"),
    [
        *((text, "staff") for text in ("annual leave", "expenses claim", "library card", "sick leave policy", "zzqx")),
        ("bins", ""),  # a story for staff is about them
    ],
)
def test_these_were_answered_once(council, question, reader):
    told = given({"ask": question, "as": reader})
    assert not told.results.sure
    assert not told.people


def test_damp_houses_are_not_a_matter_for_the_lead_on_domestic_abuse(council):
    people = [one.person.name for one in given({"ask": "who knows about damp houses", "as": "staff"}).people]
    assert people[0] == "Nkechi Obi"
    assert "Farida Hussaini" not in people


def test_the_right_things_are_there(withermere, content: Content) -> None:
    there = {thing.title for kind in WITH_A_TITLE for thing in content[kind]}
    there |= {person.name for person in content[PEOPLE]} | {file.title for file in content[FILES]}
    right = {title for part in SETS for one in part["answerable"] for title in one["right"]}
    assert right <= there
