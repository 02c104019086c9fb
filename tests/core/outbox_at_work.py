"""What the processes of ``test_outbox_killed`` do: run by name, each in a process of its own, and killed."""

import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

STORIES, WRITES, INVITED = 5, 200, 10
WRITTEN = "tests.written"
AT_ANY_HOUR = {"quiet_from": "00:00", "quiet_until": "00:00", "rests_on_closed_days": False}


def prepare() -> None:
    """A community, five stories that are changed, and a facilitator who invites people who have no quiet hours."""
    from communities.models import FACILITATOR
    from notifications.models import Preferences
    from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member

    community = CommunityFactory(title="Bakers", slug="bakers")
    for number in range(STORIES):
        StoryFactory(community=community, title=f"Loaf {number} of 0", slug=f"loaf-{number}")
    make_member(PersonFactory(email="asha@example.org"), community, FACILITATOR)
    for number in range(INVITED):
        invited = PersonFactory(email=f"invited-{number}@example.org")
        Preferences.objects.create(person=invited, **AT_ANY_HOUR)


def write() -> None:
    """Go on where whoever was killed stopped: the number of the last write stands in the stories' titles."""
    from stories.models import StoryPage

    titles = StoryPage.objects.filter(slug__startswith="loaf-").values_list("title", flat=True)
    last = max(int(title.rpartition(" ")[2]) for title in titles)
    say("ready")
    for number in range(last + 1, WRITES + 1):
        write_one(number)


def write_one(number: int) -> None:
    """One write: a story changes, which is told to the index and to the ledger; every twentieth invites somebody."""
    from django.db import transaction

    from communities import services
    from communities.models import CommunityPage
    from core import outbox
    from people.models import User
    from stories.models import StoryPage

    with transaction.atomic():
        story = StoryPage.objects.get(slug=f"loaf-{number % STORIES}")
        story.title = f"Loaf {number % STORIES} of {number}"
        story.save()
        outbox.emit(WRITTEN, story, data={"number": number})
        if number % (WRITES // INVITED) == 0:
            whom = User.objects.get(email=f"invited-{number // (WRITES // INVITED) - 1}@example.org")
            services.invite(CommunityPage.objects.get(slug="bakers"), whom, User.objects.get(email="asha@example.org"))


def work() -> None:
    """The real worker."""
    from django.core.management import call_command

    say("ready")
    call_command("db_worker", interval=0.1, startup_delay=False, reload=False)


def wait() -> None:
    """Say how much is left once the worker had time enough, the e-mails to whom something was told included."""
    from core.outbox import Delivery
    from notifications.mail import due

    until = time.monotonic() + 60
    due.GROUPED = timedelta(0)  # nothing more is coming
    for following in (due.ask_for_mail, Delivery.objects.count):
        while Delivery.objects.exists() and time.monotonic() < until:
            time.sleep(0.2)
        left = following()
    say(str(left))


def note(ledger: Path) -> Any:
    """A consumer that writes what it gets in a file."""

    def handler(events: Sequence[Any]) -> None:
        with ledger.open("a") as file:
            file.writelines(f"{event.event} {event.subject} {event.data['number']}\n" for event in events)
        time.sleep(0.005)  # somewhere to be killed

    return handler


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(deed: str, ledger: str) -> None:
    django.setup()
    from core import outbox
    from core.outbox import consumers, tasks

    consumers.LEASE, tasks.RETRY, tasks.SLACK = timedelta(seconds=1), timedelta(seconds=1), timedelta(seconds=0.2)
    outbox.add_consumer(outbox.Consumer("tests: ledger", {WRITTEN}, note(Path(ledger)), batch=3))
    {"prepare": prepare, "write": write, "work": work, "wait": wait}[deed]()


if __name__ == "__main__":
    main(*sys.argv[1:])
