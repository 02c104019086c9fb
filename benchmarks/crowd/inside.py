"""Runs inside the hub's Django, in a process of its own: signs the crowd in, and waits for the worker afterwards.

``prepare N`` prints JSON of what the crowd needs; ``work`` is a worker; ``wait`` prints how much waits in the queue of
search for too long; ``count`` prints a line for each number of a conversation that is not what its rows say.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import django

PATIENCE = 300  # seconds until the worker has brought what waits in the queue


def main() -> None:
    """Do what the arguments say."""
    django.setup()
    if sys.argv[1] == "prepare":
        json.dump(prepare(int(sys.argv[2])), sys.stdout)
    elif sys.argv[1] == "work":
        work()
    elif sys.argv[1] == "count":
        sys.stdout.write("\n".join(miscounted()))
    else:
        sys.stdout.write(str(waiting()))


def prepare(people: int) -> dict[str, Any]:
    """A session for each of so many people, facilitators first, and what there is to read and to do."""
    from django.conf import settings  # noqa: PLC0415 (needs Django set up)

    from communities.models import CommunityPage, Membership  # noqa: PLC0415 (needs Django set up)
    from conversations.choices import Voters  # noqa: PLC0415 (needs Django set up)
    from conversations.models import Conversation, Poll  # noqa: PLC0415 (needs Django set up)
    from indexing.documents import key_of  # noqa: PLC0415 (needs Django set up)
    from knowledge.models import GuidancePage  # noqa: PLC0415 (needs Django set up)
    from people.models import User  # noqa: PLC0415 (needs Django set up)
    from stories.models import StoryPage  # noqa: PLC0415 (needs Django set up)
    from surgeries.models import Session  # noqa: PLC0415 (needs Django set up)

    facilitators = Membership.objects.stewards().values("person")
    chosen = list(User.objects.filter(is_active=True, pk__in=facilitators).order_by("pk")[: people // 4])
    others = User.objects.filter(is_active=True).exclude(email=None).exclude(pk__in=[one.pk for one in chosen])
    chosen += others.order_by("pk")[: people - len(chosen)]
    Poll.objects.filter(closed=None).update(voters=Voters.READERS, last_day=None)  # so that most of the crowd may vote
    polls = Poll.objects.select_related("conversation").order_by("pk")
    stories, guidance = list(StoryPage.objects.live()), list(GuidancePage.objects.live())
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "sessions": [session_of(person) for person in chosen],
        "people": [person.get_absolute_url() for person in chosen],
        "addresses": [person.email for person in chosen],
        "communities": list(CommunityPage.objects.live().values_list("slug", flat=True)),
        "stories": [story.url for story in stories],
        "guidance": [page.url for page in guidance],
        "dates": [session.url for session in Session.objects.all()[:40]],
        "talks": [talk.url for talk in Conversation.objects.filter(merged_into=None).order_by("pk")],
        "polled": [poll.conversation.url for poll in polls if not poll.is_over],
        "things": [key_of(thing) for thing in (*stories, *guidance)],
    }


def work() -> None:
    """The real worker, but one that is killed is taken for dead after ten seconds and not after a minute: so long
    somebody waits at the end for what it had in hand.
    """
    from django.core.management import call_command  # noqa: PLC0415 (needs Django set up)

    from core.outbox import consumers, tasks  # noqa: PLC0415 (needs Django set up)

    consumers.LEASE, tasks.RETRY, tasks.SLACK = timedelta(seconds=10), timedelta(seconds=5), timedelta(seconds=1)
    call_command("db_worker", startup_delay=False, reload=False)


def session_of(person: Any) -> str:
    """The key of a session in which ``person`` is signed in, made as signing in makes one."""
    from django.conf import settings  # noqa: PLC0415 (needs Django set up)
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 (the same)

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def waiting() -> int:
    """How much is left in the queue of search once the worker had time enough."""
    from indexing import queue  # noqa: PLC0415 (needs Django set up)

    until = time.monotonic() + PATIENCE
    while queue.waiting() and time.monotonic() < until:
        time.sleep(0.5)
    return queue.waiting()


def miscounted() -> Iterator[str]:
    """What the row of a conversation, a poll or a reader says otherwise than the rows that it counts."""
    from django.db.models import Count, F, Max  # noqa: PLC0415 (needs Django set up)

    from conversations.models import Conversation, Poll, Standing  # noqa: PLC0415 (needs Django set up)

    talks = Conversation.objects.annotate(there=Count("posts"), last=Max("posts__number"), newest=Max("posts__posted"))
    for talk in talks.filter(merged_into=None):
        if not talk.there == talk.last == talk.last_number:
            yield f"{talk.url} has {talk.there} posts, the last is {talk.last}, and it says {talk.last_number}."
        if talk.last_posted < talk.newest:
            yield f"{talk.url} has a post of {talk.newest}, and says {talk.last_posted}."
    for standing in Standing.objects.filter(read_to__gt=F("conversation__last_number")):
        yield f"{standing} is after the last post."
    for poll in Poll.objects.filter(is_secret=True):
        if (given := poll.ballots.count()) != (voted := poll.turnout.count()):
            yield f"The poll “{poll}” has {given} votes of {voted} people."


if __name__ == "__main__":
    main()
