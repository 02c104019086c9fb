"""A rebuild reads the database in batches: what it costs follows from how much there is, and not from what."""

from itertools import pairwise
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import FACILITATOR, CommunityPage
from core.models import HubDocument, Topic
from indexing import engines, maintenance
from indexing.engines.base import Engine
from search import services as search
from stories.models import StoryPage
from tests.engines import CountingEncoder
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    TopicFactory,
    make_member,
    tell,
)

pytestmark = pytest.mark.django_db
BATCH = 4


@pytest.fixture
def hub(engine: Engine, community: CommunityPage, monkeypatch: Any) -> Any:
    """A hub with this engine, read in small batches, and a way to fill it."""
    monkeypatch.setattr(maintenance, "CHUNK", BATCH)
    monkeypatch.setitem(engines._engines, "engine", engine)
    topic = TopicFactory()

    def fill(count: int) -> None:
        with search.paused():
            for _number in range(count):
                add_one_of_each(topic)

    return fill


def add_one_of_each(topic: Topic) -> None:
    """One thing of every kind that is found, each with all that its document tells of."""
    person, other = PersonFactory(), PersonFactory()
    person.skills.add(topic)
    community = CommunityFactory()
    make_member(person, community, FACILITATOR)
    story = tell(StoryFactory(community=community), person, other)
    guidance = GuidanceFactory(community=community, checked_by=person)
    guidance.authors.add(other)
    surgery = SurgeryFactory(community=community)
    SessionFactory(surgery=surgery, title="A date of its own").mentors.add(person, other)
    HubDocument.objects.create(title="Minutes", file=ContentFile(b"We met.", "minutes.txt"))
    for page in (community, story, guidance, surgery):
        type(page).topics.through.objects.create(tag=topic, content_object=page)


def queries_of_a_rebuild() -> int:
    with CaptureQueriesContext(connection) as asked:
        maintenance.rebuild()
    return len(asked)


COUNTED = pytest.mark.parametrize("engine", ["embedded"], indirect=True)
"""What a rebuild asks the database is the same for each engine."""


@COUNTED
def test_a_batch_costs_the_same_whatever_is_in_it(hub: Any) -> None:
    hub(1)
    maintenance.rebuild()  # what is looked up once for all is known afterwards
    few = queries_of_a_rebuild()
    hub(1)
    assert queries_of_a_rebuild() == few


@COUNTED
def test_each_batch_more_costs_as_much_as_the_one_before(hub: Any) -> None:
    costs = []
    for _round in range(4):
        hub(2 * BATCH)
        costs.append(queries_of_a_rebuild())
    _first, *more = [after - before for before, after in pairwise(costs)]
    assert len(set(more)) == 1
    assert more[0] > 0


def test_a_rebuild_embeds_only_what_was_written_anew(hub: Any, engine: Any) -> None:
    encoder = CountingEncoder()
    engine._encoder = lambda: encoder
    hub(3)
    maintenance.rebuild()
    encoder.read.clear()
    story = StoryPage.objects.last()
    story.title = "Beavers in the beck"
    with search.paused():
        story.save()
    maintenance.rebuild()
    assert encoder.read
    assert all("Beavers in the beck" in text for text in encoder.read)
