"""Words that mean the same: what editors say works at once, with both engines."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from indexing.engines.base import Engine
from people.models import User
from search import synonyms
from search.models import Synonyms
from tests.conftest import browse
from tests.engines import ask, doc, keys
from tests.factories import StoryFactory
from tests.reading.saving import keep, tell_of_bees

GROUPS = [["asb", "anti social behaviour", "nuisance"], ["lac", "looked after children"]]


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("ASB in the park", "anti social behaviour nuisance"),
        ("who deals with Anti-Social behaviour?", "asb nuisance"),
        ("LAC and ASB", "anti social behaviour nuisance looked after children"),
        ("social behaviour", ""),
        ("asbestos", ""),
        ("", ""),
    ],
)
def test_a_question_is_widened_by_the_other_expressions(text: str, also: str) -> None:
    assert synonyms.others(text, GROUPS) == also


def test_further_words_find_and_need_not_stand_there(engine: Engine) -> None:
    engine.put([doc("a", "Nuisance neighbours", "Loud music at night."), doc("b", "Bread", "We bake.")])
    assert keys(ask(engine, "asb", dense=False)) == []
    assert keys(ask(engine, "asb", dense=False, also="nuisance neighbours")) == ["a"]


def test_who_holds_all_that_was_asked_is_there_whatever_the_further_words_find(engine: Engine) -> None:
    other = doc("b", "Nuisance neighbours", "Nuisance neighbours and more nuisance neighbours.")
    engine.put([doc("a", "ASB", "word " * 150), other])
    assert set(keys(ask(engine, "asb", dense=False, also="nuisance neighbours"))) == {"a", "b"}


def test_what_an_editor_writes_works_with_the_next_search(
    home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        StoryFactory(title="Quiet nights on Mill Lane", need="<p>Nuisance neighbours kept a street awake.</p>")
    assert "Quiet nights" not in browse().get("/search/?q=qqasb").content.decode()
    Synonyms.objects.create(expressions="QQASB, nuisance neighbours")
    assert "Quiet nights" in browse().get("/search/?q=qqasb").content.decode()


def test_a_page_of_results_reads_them_once(home: HomePage, bryn: User) -> None:
    Synonyms.objects.create(expressions="QQASB, nuisance neighbours")
    tell_of_bees("Bees on the roof")
    keep(bryn, "bees")
    browser = browse(bryn)
    with CaptureQueriesContext(connection) as captured:
        assert "Bees on the roof" in browser.get("/search/?q=bees").content.decode()
    assert sum(Synonyms._meta.db_table in query["sql"] for query in captured.captured_queries) == 1


@pytest.mark.parametrize("expressions", ["ASB", "ASB, asb", ",,", "ASB, !"])
def test_one_expression_alone_is_refused_with_an_example(expressions: str) -> None:
    with pytest.raises(ValidationError, match="comma"):
        Synonyms(expressions=expressions).full_clean()
