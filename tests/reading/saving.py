"""What tests of saved searches do again and again."""

from typing import Any

import time_machine

from core.outbox import drain
from indexing import maintenance
from notifications.models import Happening, Notice
from notifications.wording import put_in_words
from reading.models import SavedSearch
from reading.searches import news, notices, rounds, services
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


def bring(when: Any = MORNING) -> None:
    """What happens by the clock on a morning: everybody's searches are asked, and what is new is told."""
    with time_machine.travel(when, tick=False):
        rounds.begin()
        drain(rounds.NEWS)
        drain("notices")


def news_in_inbox(person: Any) -> list[list[str]]:
    """What the inbox of somebody names as new in their searches, a list for each notice, the newest first."""
    mine = Happening.objects.concerning(person).filter(kind=notices.NEWS).order_by("-pk").select_related("actor")
    return [[str(link.title) for link in told.words.links] for told in put_in_words(person, mine)]


def told() -> set[str]:
    """Who was told something."""
    return set(Notice.objects.values_list("person__email", flat=True))
