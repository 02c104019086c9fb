"""What pages ask of search beside its own page, with Elasticsearch as the engine: the same as with the embedded one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from indexing import maintenance
from search import related
from stories.models import StoryPage
from tests.conftest import browse
from tests.engines import engine_of_its_own
from tests.factories import GuidanceFactory, StoryFactory, tell
from tests.reading.bees import bees, fresh
from tests.reading.saving import MORNING, bring, keep, news_in_inbox, tell_of_bees, titles_of_new

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_elasticsearch(own_index_for_each: None, settings: Any, cluster_url: str) -> Iterator[None]:
    with engine_of_its_own(cluster_url) as made:
        settings.SEARCH = {**settings.SEARCH, "URL": f"{cluster_url}/{made.indexes.alias}"}
        yield


@pytest.fixture
def story(home: Any, carys: Any) -> StoryPage:
    """A story about bees, which Carys told."""
    told: StoryPage = tell(bees(StoryFactory, "Bees on the roof"), carys)
    return told


def test_for_you_finds_what_is_near_ones_own_things(story, carys):
    bees(GuidanceFactory, "Keeping bees")
    page = fresh(carys)
    assert "Keeping bees" in page
    assert "Because you wrote “Bees on the roof”" in page


def test_near_this_shows_what_is_near_to_those_who_may_see_it(story, private_community, carys, dev):
    bees(GuidanceFactory, "Keeping bees")
    bees(GuidanceFactory, "Secret bees", community=private_community, private=True)
    maintenance.rebuild()
    assert [hit.title for hit in related.near(story, carys)] == ["Keeping bees"]
    assert {hit.title for hit in related.near(story, dev)} == {"Keeping bees", "Secret bees"}


def test_as_one_writes_what_there_is_and_whom_to_ask_stand_beside_it(story, bryn):
    maintenance.rebuild()
    html = browse(bryn).post("/search/near/", {"text": "Shall we keep bees at the town hall?"}).content.decode()
    assert story.url in html
    assert "Carys Hughes" in html


def test_a_saved_search_knows_what_is_new_and_the_inbox_tells_it(story, bryn):
    maintenance.rebuild()
    mine = keep(bryn, alerts=True)
    bring()
    assert news_in_inbox(bryn) == []
    tell_of_bees("Bees at the library")
    assert titles_of_new(mine, bryn) == ["Bees at the library"]
    bring(MORNING + timedelta(days=1))
    assert news_in_inbox(bryn) == [["Bees at the library"]]


def test_who_knows_is_whoever_did_something_about_it(story, bryn):
    maintenance.rebuild()
    assert "Carys Hughes" in browse(bryn).get("/people/who-knows/?q=bees").content.decode()
