"""``python -m benchmarks.word``: how much one event in a large community costs, and how fast digests are written.

In a database of its own (``DATABASE_URL``, or a new SQLite file). E-mails are made whole and handed to a mail server
that is none: what is measured is the hub.
"""

import os
import time
from collections.abc import Mapping
from datetime import time as clock_time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from tools.terminal import say

MEMBERS, EVENTS = 5000, 20
DIGESTS = int(os.environ.get("DIGESTS", "2000"))
KIND = "benchmarks.posted"
MIDNIGHT = clock_time(0)


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'word.sqlite3'}")
        os.environ.setdefault("SEARCH_URL", f"sqlite:///{Path(folder) / 'search'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
        os.environ.setdefault("SECRET_KEY", "of a benchmark")
        os.environ["DEBUG"] = "false"
        os.environ["EMAIL_URL"] = "dummymail://"
        django.setup()
        prepare()
        measure()


def prepare() -> None:
    """A community of many members, and a kind of event that all of them hear of."""
    from django.core.management import call_command  # noqa: PLC0415 (needs the setup above)

    from communities.models import CommunityIndexPage, CommunityPage, Membership, State  # noqa: PLC0415 (as above)
    from core.audiences import Audience  # noqa: PLC0415 (as above)
    from core.notices import Importance, NoticeKind, add_notice_kind  # noqa: PLC0415 (as above)
    from home.scaffold import prepare_hub  # noqa: PLC0415 (as above)
    from people.models import User  # noqa: PLC0415 (as above)

    call_command("migrate", verbosity=0)
    prepare_hub()
    page = CommunityPage(title="Bakers", slug="bakers", purpose="Bread.", audience=Audience.ORGANISATION)
    community = CommunityIndexPage.objects.get().add_child(instance=page)
    people = User.objects.bulk_create(
        User(email=f"baker-{n}@example.org", name=f"Baker {n}", slug=f"baker-{n}", kind="staff") for n in range(MEMBERS)
    )
    long_ago = now() - timedelta(days=90)
    Membership.objects.bulk_create(
        Membership(community=community, person=one, state=State.ACTIVE, since=long_ago) for one in people
    )
    kind = NoticeKind(
        KIND,
        "Posted",
        words=words,
        subjects=shown,
        importance=Importance.MATTERS,
        community=lambda event: int(event.subject_pk),
    )
    add_notice_kind(kind)


def shown(reader: Any, keys: Any) -> Mapping[str, Any]:
    from communities.models import CommunityPage  # noqa: PLC0415 (needs Django set up)
    from core.notices import by_key  # noqa: PLC0415 (as above)

    return by_key(CommunityPage.objects.shown_to(reader).filter(pk__in=keys))


def words(page: Any, event: Any, _reader: Any) -> Any:
    from core.notices import NoticeWords  # noqa: PLC0415 (needs Django set up)

    return NoticeWords(f"Something happened in {page.title}", page.url, text=f"It was number {event.data['number']}.")


def measure() -> None:
    from django.db import connection  # noqa: PLC0415 (needs Django set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (as above)

    from communities.models import CommunityPage  # noqa: PLC0415 (as above)
    from core.outbox import drain, emit  # noqa: PLC0415 (as above)
    from notifications.mail.writing import CONSUMER, DUE  # noqa: PLC0415 (as above)
    from notifications.models import Letter, Preferences  # noqa: PLC0415 (as above)
    from people.models import User  # noqa: PLC0415 (as above)

    community = CommunityPage.objects.get()
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        for number in range(EVENTS):
            emit(KIND, community, data={"number": number})  # consumed at once, with the commit
        drain("notices")
        each = (time.perf_counter() - began) / EVENTS
    say(f"one event in a community of {MEMBERS:,}: {each * 1000:.1f} ms, {len(queries) / EVENTS:.0f} queries")
    people = list(User.objects.filter(slug__startswith="baker-")[:DIGESTS])
    moment = now() + timedelta(seconds=1)
    chosen = {"digest_on": moment.weekday(), "digest_at": moment.time(), "rests_on_closed_days": False}
    chosen |= {"quiet_from": MIDNIGHT, "quiet_until": MIDNIGHT}  # no quiet hours: it is measured at any hour
    Preferences.objects.bulk_create(Preferences(person=one, **chosen) for one in people)
    time.sleep(1.1)
    began = time.perf_counter()
    emit(DUE, people)
    drain(CONSUMER)
    seconds = time.perf_counter() - began
    sent = Letter.objects.filter(fate="sent").count()
    if sent < len(people):
        raise SystemExit(f"Of {len(people):,} digests {sent:,} were sent: what was measured is something else.")
    say(f"{sent:,} digests of {EVENTS} events: {seconds:.1f} s, {sent / seconds:.0f} a second")


def now() -> Any:
    from django.utils import timezone  # noqa: PLC0415 (needs Django set up)

    return timezone.localtime()


if __name__ == "__main__":
    main()
