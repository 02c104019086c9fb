"""What a community writes of itself, each field as the text that stands in the form."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from communities.models import CommunityPage
from core.models import Topic
from core.topics import put_topics, topic_key
from core.writing.blocks import plain_of_body, put_body

WORDS = ("summary", "purpose", "body", "topics")
PICTURES = ("emblem", "cover")
MANDATE = ("decided_by", "decided_on", "reference", "review_on")
NAMES = (*WORDS, *PICTURES, *MANDATE)
STORED = {name: name for name in NAMES} | {"topics": "topic_links"}
DATES = frozenset({"decided_on", "review_on"})


def values_of(page: CommunityPage) -> dict[str, str]:
    """As the page has them."""
    plain = {name: as_text(getattr(page, name)) for name in NAMES if name not in ("body", "topics")}
    return {
        **plain,
        "body": plain_of_body(page.body.raw_data),
        "topics": _listed(topic.name for topic in page.topics.all()),
    }


def values_in(content: Mapping[str, Any], topics: Mapping[int, str]) -> dict[str, str]:
    """As a version of the page has them. ``topics`` are the names of topics by their keys."""
    plain = {name: as_text(content.get(name)) for name in NAMES if name not in ("body", "topics")}
    names = [topics[key] for key in topic_keys(content) if key in topics]
    body = plain_of_body(json.loads(content.get("body") or "[]"))
    return {**plain, "body": body, "topics": _listed(names)}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=topic_key))


def topic_keys(content: Mapping[str, Any]) -> list[int]:
    return [link["tag"] for link in content.get("topic_links") or ()]


def topics_in(contents: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The names of the topics in several versions, in one query."""
    keys = {key for content in contents for key in topic_keys(content)}
    return dict(Topic.objects.filter(pk__in=keys).values_list("pk", "name"))


def as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def put(page: CommunityPage, values: Mapping[str, str]) -> None:
    """Write ``values`` on the page object, without saving it."""
    for name, text in values.items():
        if name == "body":
            put_body(page, text)
        elif name == "topics":
            put_topics(page, text)
        else:
            setattr(page, name, (date.fromisoformat(text) if text else None) if name in DATES else text)
