"""Writes the talk of a plan into the forum's database, in bulk, with the counters and read marks that it keeps."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from benchmarks.talk import plan
from benchmarks.talk.plan import SIZES, PlannedConversation, Size

TOGETHER = 1000
HOUR = timedelta(hours=1)
T = TypeVar("T")


def model_called(label: str) -> Any:
    """A model of the forum's by its name: the hub's environment, in which types are checked, has none of them."""
    return apps.get_model(label)


@transaction.atomic
def fill(name: str) -> dict[str, int]:
    """Everything in one transaction: what is half-made is not there."""
    size = SIZES[name]
    user = model_called("auth.User")
    people = _made(user, (user(username=f"talker-{n}", email=f"talker-{n}@example.org") for n in range(size.people)))
    forum = model_called("forum.Forum")
    forums = [forum.objects.create(name=f"Talk of ward {n}", type=forum.FORUM_POST) for n in range(size.communities)]
    talks = list(_topics(size, forums, people))
    _posts(talks, people)
    _lasts([topic for _plan, topic in talks], forums)
    _marks(size, [topic for _plan, topic in talks], forums, people)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return {"people": len(people), "topics": len(talks), "posts": size.posts}


def _topics(size: Size, forums: list[Any], people: list[Any]) -> Iterator[tuple[PlannedConversation, Any]]:
    topic, chance = model_called("forum_conversation.Topic"), Random(plan.SEED)  # noqa: S311 (content)
    for some in _batches(plan.topics(size, timezone.now()), TOGETHER):
        rows = [
            topic(
                forum=forums[each.community],
                poster=chance.choice(people),
                subject=each.title,
                slug=slugify(each.title),
                type=topic.TOPIC_POST,
                status=topic.TOPIC_UNLOCKED,
                posts_count=each.posts,
                last_post_on=each.begun + each.every * (each.posts - 1),
            )
            for each in some
        ]
        yield from zip(some, topic.objects.bulk_create(rows), strict=True)


def _posts(talks: list[tuple[PlannedConversation, Any]], people: list[Any]) -> None:
    post, chance = model_called("forum_conversation.Post"), Random(plan.SEED + 1)  # noqa: S311 (content)
    created = post._meta.get_field("created")
    created.auto_now_add = False  # they were written over four years

    def said() -> Iterator[Any]:
        for each, topic in talks:
            here = [chance.choice(people) for _one in range(12)]
            for number in range(each.posts):
                text = plan.text(chance)
                row = post(
                    topic=topic,
                    poster=chance.choice(here),
                    subject=each.title,
                    created=each.begun + each.every * number,
                )
                row.content, row._content_rendered = text, "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
                yield row

    _made(post, said())
    created.auto_now_add = True


def _lasts(topics: list[Any], forums: list[Any]) -> None:
    """First and last post of each topic, and what each forum counts."""
    post = model_called("forum_conversation.Post")
    first, last = dict[int, int](), dict[int, int]()
    for pk, topic in post.objects.order_by("topic", "created").values_list("pk", "topic_id"):
        first.setdefault(topic, pk)
        last[topic] = pk
    for topic in topics:
        topic.first_post_id, topic.last_post_id = first[topic.pk], last[topic.pk]
    for some in _batches(topics, TOGETHER):
        type(some[0]).objects.bulk_update(some, ["first_post", "last_post"])
    for forum in forums:
        inside = [topic for topic in topics if topic.forum_id == forum.pk]
        newest = max(inside, key=lambda topic: topic.last_post_on)
        forum.direct_topics_count = len(inside)
        forum.direct_posts_count = sum(topic.posts_count for topic in inside)
        forum.last_post_id, forum.last_post_on = newest.last_post_id, newest.last_post_on
    fields = ["direct_topics_count", "direct_posts_count", "last_post", "last_post_on"]
    type(forums[0]).objects.bulk_update(forums, fields)


def _marks(size: Size, topics: list[Any], forums: list[Any], people: list[Any]) -> None:
    """Readers have read every forum, but of so many topics in their communities not the last post."""
    of_forum = model_called("forum_tracking.ForumReadTrack")
    of_topic = model_called("forum_tracking.TopicReadTrack")
    readers = list(enumerate(people[: size.readers]))
    _made(of_forum, (of_forum(user=person, forum=forum) for _number, person in readers for forum in forums))
    of_topic._meta.get_field("mark_time").auto_now = False
    newest = sorted(topics, key=lambda topic: topic.last_post_on, reverse=True)

    def unread() -> Iterator[Any]:
        for number, person in readers:
            theirs = {forums[place].pk for place in plan.communities_of(number, size)}
            for topic in islice((one for one in newest if one.forum_id in theirs), size.unread):
                yield of_topic(user=person, topic=topic, mark_time=topic.last_post_on - HOUR)

    _made(of_topic, unread())
    of_topic._meta.get_field("mark_time").auto_now = True


def _made(model: Any, rows: Iterable[Any]) -> list[Any]:
    return [row for some in _batches(rows, TOGETHER) for row in model._default_manager.bulk_create(some)]


def _batches(rows: Iterable[T], number: int) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, number)):
        yield some
