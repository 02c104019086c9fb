"""What tests of saved searches do again and again."""

from typing import Any

from search import maintenance, saved, unseen
from search.models import SavedSearch
from search.query import Query
from stories.models import StoryPage
from tests.factories import StoryFactory

BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey for the food bank."


def tell_of_bees(title: str, **fields: Any) -> StoryPage:
    """A story about bees, in the index."""
    story: StoryPage = StoryFactory(title=title, summary=BEES, need=f"<p>{BEES}</p>", what_we_did="", **fields)
    maintenance.rebuild()
    return story


def keep(person: Any, text: str = "keeping bees and honey", **filters: Any) -> SavedSearch:
    """A search that ``person`` saved after looking at what it finds."""
    mine = saved.save(person, Query(text, {name: frozenset(values) for name, values in filters.items()}))
    unseen.looked(mine, person)
    mine.refresh_from_db()
    return mine


def titles_of_new(mine: SavedSearch, person: Any) -> list[str]:
    mine.refresh_from_db()
    return [stored.title for stored in unseen.found_by(mine, person).new]
