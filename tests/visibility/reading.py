"""Who gets what at the addresses of ``reading``."""

from collections.abc import Callable

from people.models import User
from reading.models import SavedSearch
from reading.searches import listings, services as saved
from search.query import Query
from tests.visibility.rows import ANYBODY, DONE_BY_READERS, NOT_EVEN_MEMBERS, WHO_SIGNED_IN, Row, same
from tests.visibility.world import Shelf


def _reading(deed: str) -> Callable[[Shelf], str]:
    """Where somebody does something with the story, for themselves."""
    return lambda shelf: f"/reading/{deed}/stories.storypage:{shelf.story.pk}/"


def by_reader(deed: str) -> Row:
    """Something that whoever is signed in does with a thing that they may see."""
    return Row(_reading(deed), *DONE_BY_READERS, "post")


def saved_search_of(person: User, text: str = "folk story") -> SavedSearch:
    """A search that ``person`` has saved."""
    return saved.save(person, Query(text))


def _saved(deed: str) -> Row:
    """What only the owner of a saved search does with it."""
    address = lambda shelf: f"/reading/searches/{saved_search_of(shelf.person).pk}/{deed}/"  # noqa: E731 (a row wants one)
    return Row(address, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, "post")


ADDRESSES: dict[str, Row] = {
    "reading/": same("/reading/", WHO_SIGNED_IN),
    "reading/saved/": same("/reading/saved/", WHO_SIGNED_IN),
    "reading/clear/": same("/reading/clear/", "sign-in 302 302 302 302 302", "post"),
    "reading/switch/": same("/reading/switch/", "sign-in 302 302 302 302 302", "post"),
    "reading/saved/gone/": same("/reading/saved/gone/", "sign-in 302 302 302 302 302", "post"),
    "reading/save/<thing_key:key>/": by_reader("save"),
    "reading/unsave/<thing_key:key>/": Row(_reading("unsave"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "reading/forget/<thing_key:key>/": Row(_reading("forget"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "reading/dismiss/<thing_key:key>/": by_reader("dismiss"),
    "reading/restore/<thing_key:key>/": Row(_reading("restore"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "reading/restore/": same("/reading/restore/", "sign-in 302 302 302 302 302", "post"),
    "reading/opened/<thing_key:key>/": Row(
        _reading("opened"), *("204 204 204 204 204 204", "204 204 204 204 404 204", "204 404 404 404 204 404"), "post"
    ),
    # saved searches: each is its owner's alone, and the shelf's person is none of the cast
    "reading/searches/": same("/reading/searches/", WHO_SIGNED_IN),
    "reading/searches/save/": same("/reading/searches/save/", "sign-in 302 302 302 302 302", "post"),
    **{
        f"reading/searches/<int:pk>/{deed}/": _saved(deed)
        for deed in ("remove", "bring-back", "alerts", "address", "seen")
    },
    "reading/searches/<str:key>.atom": Row(
        lambda shelf: listings.feed(saved_search_of(shelf.person)), ANYBODY, ANYBODY, ANYBODY
    ),
}
