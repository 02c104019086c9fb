"""What other rooms ask of search: who knows, and what is like this."""

import pytest

from indexing import engines
from search import services
from search.query import Query
from tests.engines import EVERYONE, doc

pytestmark = pytest.mark.django_db  # a question is widened by the synonyms there


@pytest.fixture
def evidence():
    engines.engine().put(
        [
            doc("a", "Baking bread", "Sourdough for a whole street.", people=(1,), topics=("food",)),
            doc("b", "Bread ovens in parks", "We built an oven.", people=(1, 2)),
            doc("c", "Parking permits", "Renew them online.", people=(3,)),
            doc("d", "Bread for staff", "A canteen.", people=(4,), tokens=frozenset({"organisation"})),
        ]
    )


def people(text, *tokens, **options):
    return [expert.person for expert in services.experts(text, tokens or EVERYONE, **options)]


def test_who_did_most_about_it_comes_first(evidence):
    assert people("who knows about bread")[:2] == [1, 2]


def test_evidence_that_the_viewer_may_not_see_does_not_count(evidence):
    assert 4 not in people("bread")
    assert 4 in people("bread", "everyone", "organisation")


def test_whoever_asks_is_left_out(evidence):
    assert 1 not in people("bread", exclude={1})


def test_an_expert_comes_with_the_evidence_best_first(evidence):
    expert = services.experts("bread", EVERYONE)[0]
    assert {document.key for document in expert.evidence[:2]} == {"a", "b"}
    assert expert.evidence[0].score >= expert.evidence[1].score


def test_a_person_named_twice_by_a_document_has_one_vote(evidence):
    engines.engine().put([doc("e", "Bread", people=(9, 9))])
    once = next(expert for expert in services.experts("bread", EVERYONE) if expert.person == 9)
    assert len(once.evidence) == 1


def test_people_may_have_names_for_numbers():
    engines.engine().put([doc("a", "Bread", people=("asha",))])
    assert people("bread") == ["asha"]


def test_nothing_asked_names_nobody(evidence):
    assert people("  ") == []


def test_see_also_shows_the_nearest(evidence):
    assert [hit.key for hit in services.similar("a", EVERYONE, limit=1)] == ["b"]


def test_without_an_engine_there_are_no_suggestions_and_no_error():
    assert services.similar("a", EVERYONE) == services.experts("bread", EVERYONE) == services.topics(EVERYONE) == []


def test_an_empty_query_finds_nothing(evidence):
    assert services.search(Query.of("  "), EVERYONE).total == 0


def test_a_choice_without_a_question_lists_what_it_holds(evidence):
    assert [hit.key for hit in services.search(Query.of("", {"topic": ["food"]}), EVERYONE).hits] == ["a"]


def test_topics_are_those_of_what_the_viewer_may_see(evidence):
    assert services.topics(EVERYONE) == ["food"]
