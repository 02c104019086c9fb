"""What one reader may see of the things that they saved, read or are to be shown."""

from collections.abc import Iterable

from django.http import Http404

from core.audiences import Viewer
from indexing.documents import source_of
from search import lookup
from search.lookup import Thing

__all__ = ["Thing", "get_thing", "seen_by"]


def seen_by(viewer: Viewer, keys: Iterable[str]) -> dict[str, Thing]:
    """Those that ``viewer`` may see now, by key. People are no things to read."""
    return lookup.now((key for key in keys if (source := source_of(key)) and not source.is_person), viewer)


def get_thing(viewer: Viewer, key: str) -> Thing:
    """The thing with this key that ``viewer`` may see, or 404."""
    try:
        return seen_by(viewer, [key])[key]
    except KeyError:
        raise Http404 from None
