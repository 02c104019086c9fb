"""What the processes of ``test_mail_killed`` do: run by name, each in a process of its own, and killed."""

import os
import sys
import time
from datetime import timedelta

import django

PEOPLE = int(os.environ.get("PEOPLE", "500"))  # a kill in the middle, five times; PEOPLE=2000 asks a whole council


def prepare() -> None:
    """A community of many people, something that happened there, and a digest that is due today."""
    from django.utils import timezone

    from communities.choices import State
    from communities.models import Membership
    from notifications.models import Happening, Preferences
    from people.models import User
    from tests.core.outbox_at_work import AT_ANY_HOUR
    from tests.factories import CommunityFactory
    from tests.notifications.kinds import POSTED

    community = CommunityFactory(title="Bakers", slug="bakers")
    people = [
        User(email=f"baker-{n}@example.org", name=f"Baker {n}", slug=f"baker-{n}", kind="staff") for n in range(PEOPLE)
    ]
    people = User.objects.bulk_create(people)
    now = timezone.localtime()
    long_ago = now - timedelta(days=90)
    Membership.objects.bulk_create(
        Membership(community=community, person=one, state=State.ACTIVE, since=long_ago) for one in people
    )
    due = (now - timedelta(minutes=1)).time() if now.hour or now.minute else now.time()
    chosen = {"digest_on": now.weekday(), "digest_at": due, **AT_ANY_HOUR}
    Preferences.objects.bulk_create(Preferences(person=one, **chosen) for one in people)
    subject = f"communities.communitypage:{community.pk}"
    for _each in range(3):
        Happening.objects.create(
            kind=POSTED,
            subject=subject,
            community=community,
            importance="matters",
            matter=subject,
            at=now - timedelta(hours=2),
        )


def ask() -> None:
    from notifications.mail.due import ask_for_mail

    say(str(ask_for_mail()))


def work() -> None:
    """The real worker."""
    from django.core.management import call_command

    say("ready")
    call_command("db_worker", interval=0.1, startup_delay=False, reload=False)


def wait() -> None:
    """Say how many were written to once the worker had time enough."""
    from core.outbox import Delivery
    from notifications.models import Letter

    until = time.monotonic() + 280
    while Delivery.objects.exists() and time.monotonic() < until:
        time.sleep(0.3)
    say(f"{Delivery.objects.count()} {Letter.objects.filter(fate='sent').count()}")


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(deed: str) -> None:
    django.setup()
    from core.notices import Importance, NoticeKind, add_notice_kind
    from core.outbox import consumers, tasks
    from tests.notifications import kinds

    consumers.LEASE, tasks.RETRY, tasks.SLACK = timedelta(seconds=1), timedelta(seconds=1), timedelta(seconds=0.2)
    add_notice_kind(
        NoticeKind(
            kinds.POSTED,
            "Posted",
            words=kinds.words,
            subjects=kinds.shown,
            importance=Importance.MATTERS,
            community=lambda event: int(event.subject_pk),
        )
    )
    {"prepare": prepare, "ask": ask, "work": work, "wait": wait}[deed]()


if __name__ == "__main__":
    main(sys.argv[1])
