"""A search cluster that is slow, half-dead or not itself: the search page answers all the same, and soon."""

import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest

from indexing import engines, maintenance, queue
from indexing.engines.elasticsearch import ElasticsearchEngine, breaker, schema
from stories.models import StoryPage
from tests.conftest import browse
from tests.engines import as_in_the_product
from tests.factories import StoryFactory
from tests.indexing.bad_line import FAULTS, Line, busy, now_and_then, silent, the_first_time
from tests.indexing.queued import drain, queued

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TITLE = "Nineteen carers at one table"
REPAIRED = "Search is being repaired"
SOON = 60.0  # seconds: a search gives up after four, and the machine may be busy


@pytest.fixture
def line(cluster_url: str) -> Iterator[Line]:
    with Line(cluster_url) as made:
        yield made


@pytest.fixture
def now() -> list[float]:
    """The breaker's clock."""
    return [0.0]


@pytest.fixture
def story(line: Line, now: list[float], settings: Any, community: Any) -> Iterator[StoryPage]:
    """A story in a hub whose cluster stands behind the line."""
    settings.SEARCH = {**settings.SEARCH, "URL": f"{line.url}/test-{secrets.token_hex(6)}"}
    made = StoryFactory(community=community, title=TITLE, need="<p>Somebody who looks after children.</p>")
    maintenance.rebuild()
    engine = engines.engine()
    assert isinstance(engine, ElasticsearchEngine)
    engine.cluster.breaker.clock = lambda: now[0]
    yield made
    line.mend()
    now[0] += breaker.REST + 1
    with engine.cluster.writing() as client:
        client.indices.delete(index=str(engine.indexes.serving(client)))
    engine.cluster.close()


def page(text: str = "carers") -> str:
    response = browse().get("/search/", {"q": text})
    assert response.status_code == 200
    return response.content.decode()


def bad_page(text: str = "carers") -> str:
    """The page while something is wrong: nobody waits longer than in a hub."""
    started = time.monotonic()
    with as_in_the_product():
        html = page(text)
    assert time.monotonic() - started < SOON
    return html


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_is_wrong_search_says_so_soon_and_is_whole_again_afterwards(
    story: StoryPage, line: Line, now: list[float], fault: str
) -> None:
    assert REPAIRED not in page()
    line.fault = FAULTS[fault]
    bad_page()
    html = bad_page()
    assert REPAIRED in html
    assert TITLE in html
    bad_page()
    asked = line.asked
    bad_page()
    assert line.asked == asked, "the breaker lets nobody through"
    line.mend()
    assert REPAIRED in page()
    now[0] += breaker.REST + 1
    assert REPAIRED not in page("somebody who looks after children")


def test_a_node_that_is_busy_now_and_then_is_asked_again(story: StoryPage, line: Line) -> None:
    line.fault = the_first_time(busy)
    for number in range(5):
        assert REPAIRED not in page(f"carers {number}")


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_between_two_questions_is_no_error(
    story: StoryPage, line: Line, now: list[float], fault: str
) -> None:
    """A search asks several; the cluster may change after any of them."""
    line.fault = now_and_then(FAULTS[fault])
    for number in range(3):
        bad_page(f"carers {number}")
        now[0] += breaker.REST + 1


def test_a_dead_line_costs_whoever_publishes_nothing(
    story: StoryPage, line: Line, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    line.fault = silent
    story.title = "Beavers in the beck"
    asked = line.asked
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    assert line.asked == asked, "whoever publishes waits for no answer"
    assert queued().exists()
    line.mend()
    drain()
    assert not queued().exists()
    assert not maintenance.compare()


def test_what_could_not_be_brought_stays_in_the_queue(story: StoryPage, line: Line, now: list[float]) -> None:
    line.fault = busy
    StoryFactory(title="Beavers in the beck")
    assert drain() == 0
    assert queued().exists()
    line.mend()
    now[0] += breaker.REST + 1
    queue.drain()
    assert not maintenance.compare()


def test_an_index_of_another_version_is_repaired_by_a_rebuild_and_searched_meanwhile(
    story: StoryPage, monkeypatch: Any
) -> None:
    monkeypatch.setattr(schema, "schema", lambda: "of tomorrow")
    engines.forget_engine()
    html = page()
    assert REPAIRED in html
    assert TITLE in html
    maintenance.rebuild()
    assert REPAIRED not in page("somebody who looks after children")
