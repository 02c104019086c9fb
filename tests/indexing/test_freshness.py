"""What changes in the hub shows in search at once, and a crash loses nothing."""

import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.audiences import Audience
from core.outbox import claims, consumers, tasks
from indexing import engines, maintenance, queue
from indexing.documents import Document, key_of
from indexing.engines.base import EngineUnavailable
from search import services
from search.query import Query
from tests.factories import (
    CommunityFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    TopicFactory,
)
from tests.indexing.queued import claim, drain, drains, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """A block whose changes are committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def story(community: Any, committed: Any) -> Any:
    with committed():
        return StoryFactory(
            community=community, title="Nineteen carers at one kitchen table", audience=Audience.EVERYONE
        )


@pytest.fixture
def broken(monkeypatch: Any) -> Any:
    """An engine that takes nothing, as while its disk is full."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise EngineUnavailable("The disk is full.")

    def break_it() -> None:
        monkeypatch.setattr(type(engines.engine()), "put", refuse)

    return break_it


def found(text: str, *tokens: str) -> list[str]:
    return [hit.key for hit in services.search(Query.of(text), tokens or ("everyone",)).hits]


def test_a_published_story_is_found(story):
    assert key_of(story) in found("nineteen carers")


def test_an_unpublished_story_is_not_found(story, committed):
    with committed():
        story.unpublish()
    assert key_of(story) not in found("nineteen carers")


def test_a_deleted_story_is_not_found(story, committed):
    key = key_of(story)
    with committed():
        story.delete()
    assert key not in found("nineteen carers")


def test_a_renamed_story_is_found_by_its_new_name(story, committed):
    story.title = "Beavers in the beck"
    with committed():
        story.save_revision().publish()
    assert key_of(story) in found("beavers")


RENAMED = {
    "a community": ("community", "title", "Kinship carers of the upper dale"),
    "a topic": ("topic", "name", "Kinship carers of the upper dale"),
}


@pytest.mark.parametrize("what", RENAMED)
def test_what_a_document_tells_of_may_be_renamed(home, committed, what):
    """A story names its community and its topics, and a session those of its series."""
    name, field, title = RENAMED[what]
    with committed():
        community, topic = CommunityFactory(title="Before"), TopicFactory()
        surgery = SurgeryFactory(community=community)
        session = SessionFactory(surgery=surgery, title="A date of its own")
        story = StoryFactory(community=community)
        for page in (story, surgery, community):
            page.topics.add(topic)
            page.save()
    assert found(title) == []
    thing = {"community": community, "topic": topic}[name]
    setattr(thing, field, title)
    with committed():
        thing.save()
    assert {key_of(each) for each in (story, surgery, session, community)} <= set(found(title))


def test_a_topic_that_is_deleted_leaves_what_was_about_it(story, committed):
    topic = TopicFactory(name="Lanterns")
    with committed():
        story.topics.add(topic)
        story.save()
    assert key_of(story) in found("lanterns")
    with committed():
        topic.delete()
    assert key_of(story) not in found("lanterns")


def test_a_moved_page_is_shown_at_its_new_address(story, committed):
    from stories.models import StoryPage

    index = story.get_parent()
    with committed():
        index.slug = "what-people-did"
        index.specific.save_revision().publish()
    fresh = StoryPage.objects.get(pk=story.pk)
    hits = services.search(Query.of("nineteen carers"), ["everyone"]).hits
    assert [hit.url for hit in hits if hit.key == key_of(story)] == [fresh.url]


def test_a_narrowed_audience_holds_at_once(story, committed):
    story.audience = Audience.MEMBERS
    with committed():
        story.save_revision().publish()
    assert key_of(story) not in found("nineteen carers", "everyone", "organisation")
    assert key_of(story) in found("nineteen carers", f"community:{story.community_id}")


def test_a_change_and_its_row_in_the_queue_stand_or_fall_together(story):
    queued().delete()
    story.save()
    assert queued(key_of(story)).count() == 1


def test_a_thing_that_changes_twice_waits_once(story):
    queued().delete()
    story.save()
    story.save()
    assert queued(key_of(story)).count() == 1


def test_many_changes_of_one_transaction_are_drained_once(community, committed, monkeypatch):
    drains: list[str] = []
    monkeypatch.setattr(tasks, "drain", lambda name, _until: drains.append(name) or 1)
    with committed():
        for number in range(3):
            StoryFactory(community=community, title=f"Story {number}")
    assert drains == [queue.CONSUMER]


def test_what_a_broken_engine_did_not_take_waits_and_raises_nothing(story, committed, broken):
    broken()
    story.title = "Beavers in the beck"
    with committed():
        story.save()
    assert queued(key_of(story)).exists()


def test_a_row_that_changed_again_while_it_was_drained_stays(story, monkeypatch):
    queued().delete()
    story.save()
    real = queue.bring

    def bring_and_change(rows: Any) -> None:
        real(rows)
        monkeypatch.setattr(queue, "bring", real)
        story.save()
        raise EngineUnavailable("gone")

    monkeypatch.setattr(queue, "bring", bring_and_change)
    with pytest.raises(EngineUnavailable):
        queue.drain()
    assert queued(key_of(story)).exists()
    assert queue.drain() == 1


def test_what_changes_while_another_process_brings_it_is_brought_after_that(story):
    """Two processes that bring one thing could write the older state last."""
    queued().delete()
    story.save()
    theirs = claim()
    story.save()
    assert claim() == []
    claims.settle(theirs)
    assert [row.subject for row in claim()] == [key_of(story)]


def test_what_a_dead_process_had_claimed_is_taken_over(story):
    story.save()
    claim()
    assert queue.drain() == 0
    queued().update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert queue.drain() > 0


@pytest.fixture
def one_by_one(monkeypatch):
    """Each thing is a portion of its own."""
    monkeypatch.setattr(queue, "PORTION", 0)
    brought: list[list[str]] = []
    engine = type(engines.engine())
    put = engine.put

    def slow(self, documents, progress=None):
        brought.append([document.title for document in documents])
        put(self, documents, progress)

    monkeypatch.setattr(engine, "put", slow)
    return brought


def test_what_is_short_does_not_wait_for_what_is_long(story, one_by_one):
    queued().delete()
    StoryFactory(title="Long", need=f"<p>{'words ' * 500}</p>")
    StoryFactory(title="Short", need="<p>words</p>")
    queue.drain()
    titles = [title for portion in one_by_one for title in portion]
    assert titles.index("Short") < titles.index("Long")


@pytest.fixture
def with_a_worker(settings):
    """Tasks stand in the database until a worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_process_that_is_killed_right_after_the_commit_has_asked_for_the_rest(story, with_a_worker):
    with transaction.atomic():
        story.save()
        story.save()
    assert drains().count() == 1  # although no hook of the commit ran


def test_what_is_rolled_back_asks_for_nothing(story, with_a_worker):
    def save_and_fail():
        with transaction.atomic():
            story.save()
            raise ZeroDivisionError

    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            save_and_fail()
        assert not drains().exists()
        story.save()
    assert drains().count() == 1


def test_a_worker_that_is_killed_leaves_word_for_the_next(story, with_a_worker, monkeypatch):
    story.save()
    drains().delete()
    monkeypatch.setattr(queue, "bring", lambda rows: sys.exit("killed"))
    with pytest.raises(SystemExit):
        drain()
    again = drains().get()
    assert timezone.now() + consumers.LEASE < again.run_after < timezone.now() + 2 * consumers.LEASE


def test_whoever_brings_takes_along_who_asked_for_the_same_until_then(story, with_a_worker):
    """Fifty who write in a second ask fifty times. One drain brings it all, and takes nobody else's work away."""
    story.save()
    drains().delete()
    for consumer in (queue.CONSUMER, queue.CONSUMER, queue.CONSUMER, "notices"):
        tasks.drain_consumer.enqueue(consumer)
    drain()
    assert not queued().exists()
    assert not drains().ready().exists()
    assert DBTaskResult.objects.ready().filter(args_kwargs__args=["notices"]).exists()


def test_a_worker_with_nothing_to_do_asks_for_nothing(story, with_a_worker):
    queued().delete()
    drain()
    assert not drains().exists()


def test_while_the_engine_is_away_a_worker_tries_again_once_a_minute(story, with_a_worker, broken):
    broken()
    for _attempt in range(3):
        story.save()
        drain()
    soon = timezone.now() + tasks.RETRY
    assert DBTaskResult.objects.filter(run_after__gt=timezone.now(), run_after__lt=soon).count() == 1


def test_a_crash_between_commit_and_index_is_mended_by_the_next_drain(story):
    story.title = "Beavers in the beck"
    story.save()  # the process dies here: no hook of the commit runs
    assert key_of(story) not in found("beavers")
    queue.drain()
    assert key_of(story) in found("beavers")


def test_check_finds_and_repair_mends_every_kind_of_drift(story, community):
    from stories.models import StoryPage

    other = StoryFactory(community=community, title="Never indexed")
    StoryPage.objects.filter(pk=story.pk).update(title="Changed behind our back")
    queued().delete()
    drift = maintenance.compare()
    assert key_of(other) in drift.missing
    assert key_of(story) in drift.stale_content
    maintenance.repair(drift)
    assert not maintenance.compare()


def test_nothing_is_queued_while_paused(community):
    queued().delete()
    with services.paused():
        StoryFactory(community=community)
    assert not queued().exists()


def test_signing_in_queues_nothing(community):
    person = PersonFactory()
    queued().delete()
    person.save(update_fields=["last_login"])
    assert not queued().exists()


def test_one_broken_thing_does_not_stop_the_others(story, community, monkeypatch):
    from stories.search_documents import StorySource

    other = StoryFactory(community=community, title="A beaver story")
    real = StorySource.document

    def fail_for_one(self: Any, obj: Any) -> Any:
        if obj.pk == story.pk:
            raise ValueError
        return real(self, obj)

    monkeypatch.setattr(StorySource, "document", fail_for_one)
    maintenance.rebuild()
    assert key_of(other) in found("a beaver story", "everyone", "organisation")


def test_in_which_order_a_database_gives_topics_and_people_makes_nothing_stale() -> None:
    one, other = (
        Document("a:1", "story", "Bees", "/bees/", frozenset(), topics=topics, people=people)
        for topics, people in ((("Allowances", "Kinship care"), (3, 11)), (("Kinship care", "Allowances"), (11, 3)))
    )
    assert one.content_hash == other.content_hash
