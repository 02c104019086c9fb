"""Runs inside the hub's Django: chooses the pages, signs a reader in, and counts queries and bytes.

Prints JSON for the driver. It stands in a process of its own, because the driver knows no Django.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import django

from benchmarks.counting import counted_by
from benchmarks.places import HOST
from benchmarks.targets import Target

READER = "priya.nair@withermere.example"
WORDS = "help for people who look after somebody at home"


def main() -> None:
    """Count every target for the reader who is signed in, and the front page for a stranger."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (needs the setup above)
    from django.test import Client  # noqa: PLC0415 (needs Django set up)

    from people.models import User  # noqa: PLC0415 (needs Django set up)

    reader = User.objects.get(email=READER)
    read_something(reader)
    signed_in, stranger = Client(HTTP_HOST=HOST), Client(HTTP_HOST=HOST)
    signed_in.force_login(reader)
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={signed_in.cookies[name].value}"
    counted = [counted_by(signed_in, replace(target, cookie=cookie)) for target in targets(reader)]
    counted.append(counted_by(stranger, Target("front page, signed out", "/", "Sign in")))
    json.dump([asdict(target) for target in counted], sys.stdout)


def read_something(reader: Any) -> None:
    """Give the reader a history, and do what a worker does once a day: the front page then has For you on it."""
    from indexing.documents import key_of  # noqa: PLC0415 (needs Django set up)
    from reading import background, services  # noqa: PLC0415 (needs Django set up)
    from stories.models import StoryPage  # noqa: PLC0415 (needs Django set up)

    for story in StoryPage.objects.shown_to(reader).order_by("-told_on", "pk")[:10]:
        services.opened(reader, key_of(story))
    background.find_for(reader.pk)


def targets(reader: Any) -> Iterator[Target]:
    """One page of each kind that ``reader`` may see."""
    from django.utils.html import escape  # noqa: PLC0415 (needs Django set up)

    from communities.models import CommunityPage  # noqa: PLC0415 (needs Django set up)
    from stories.models import StoryPage  # noqa: PLC0415 (needs Django set up)

    yield Target("front page", "/", "for-you-heading")
    community = CommunityPage.objects.shown_to(reader).order_by("-places__taken", "pk").first()
    yield Target("a community", community.url, escape(community.title))
    story = StoryPage.objects.shown_to(reader).order_by("-told_on", "pk").first()
    yield Target("a story", story.url, escape(story.title))
    yield Target("list of stories", "/stories/", escape(story.title))
    first = CommunityPage.objects.shown_to(reader).order_by("title").first()
    yield Target("list of communities", "/communities/", escape(first.title))
    yield Target("a search", f"/search/?q={WORDS.replace(' ', '+')}+{{turn}}", "results, nearest first")


if __name__ == "__main__":
    main()
