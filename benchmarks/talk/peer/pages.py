"""Asks the forum's pages as the hub's are asked: inside its process, cold and warm."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from itertools import count
from typing import Any

from django.core.cache import cache
from django.test import Client

from benchmarks.talk.peer.filling import model_called
from benchmarks.talk.timing import Ask, figures

READER = "talker-1"
PER_PAGE = 30


def measured(cold: int, warm: int) -> list[dict[str, Any]]:
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(model_called("auth.User").objects.get(username=READER))
    return [asdict(figures(name, ask, cold, warm, cache.clear)) for name, ask in _asks(browser)]


def _asks(browser: Client) -> Iterator[tuple[str, Ask]]:
    topic = model_called("forum_conversation.Topic")
    longest = topic.objects.order_by("-posts_count")[0]
    usual = topic.objects.filter(forum=longest.forum, posts_count__range=(20, 30)).order_by("-last_post_on")[0]
    forum = f"/forum/{longest.forum.slug}-{longest.forum_id}/"
    yield "conversations", partial(browser.get, "/")
    yield "conversations of a community", partial(browser.get, forum)
    yield "conversations with something new", partial(browser.get, "/tracking/unread-topics/")
    yield "a conversation", partial(browser.get, _address(usual))
    yield "the longest: first page", partial(browser.get, _address(longest))
    last = -(-longest.posts_count // PER_PAGE)
    yield "the longest: last page", partial(browser.get, f"{_address(longest)}?page={last}")
    yield "an answer", partial(_answered, browser, usual, count())


def _address(topic: Any) -> str:
    return f"/forum/{topic.forum.slug}-{topic.forum_id}/topic/{topic.slug}-{topic.pk}/"


def _answered(browser: Client, topic: Any, numbers: Iterator[int]) -> Any:
    """Through the form: its pages of files are sent along, empty."""
    form = {"subject": "Re: it", "content": f"The bus was late again, {next(numbers)}.", "attachment-TOTAL_FORMS": "0"}
    form |= {"attachment-INITIAL_FORMS": "0", "attachment-MIN_NUM_FORMS": "0", "attachment-MAX_NUM_FORMS": "0"}
    answer = browser.post(f"{_address(topic)}post/create/", form)
    if answer.status_code != 302:
        raise SystemExit("The forum took no answer.")
    return answer
