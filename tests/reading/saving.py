"""What tests of saved searches do again and again."""

from io import StringIO
from typing import Any

import time_machine
from django.core import mail
from django.core.management import call_command

from indexing import maintenance
from reading.models import SavedSearch
from reading.searches import news, services
from search.query import Query
from stories.models import StoryPage
from tests.factories import StoryFactory, at

MORNING = at(2026, 11, 23, 7, 30)
BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey for the food bank."


def tell_of_bees(title: str, **fields: Any) -> StoryPage:
    """A story about bees, in the index."""
    story: StoryPage = StoryFactory(title=title, summary=BEES, need=f"<p>{BEES}</p>", what_we_did="", **fields)
    maintenance.rebuild()
    return story


def keep(person: Any, text: str = "keeping bees and honey", *, alerts: bool = False, **filters: Any) -> SavedSearch:
    """A search that ``person`` saved after looking at what it finds."""
    query = Query(text, {name: frozenset(values) for name, values in filters.items()})
    mine = services.save(person, query, alerts=alerts)
    news.looked(mine, person)
    mine.refresh_from_db()
    return mine


def titles_of_new(mine: SavedSearch, person: Any) -> list[str]:
    mine.refresh_from_db()
    return [stored.title for stored in news.found_by(mine, person).new]


def send(when: Any = MORNING) -> str:
    """What the command says that sends the news on a morning."""
    out = StringIO()
    with time_machine.travel(when, tick=False):
        call_command("send_alerts", stdout=out, stderr=StringIO())
    return out.getvalue()


def told() -> list[str]:
    """Who was written to."""
    return [address for message in mail.outbox for address in message.to]
