"""Things by their keys, as the database has them at this moment and as far as one reader may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from hub.audiences import AudienceQuerySet
from search.documents import Source, key_of, source_labelled


@dataclass(frozen=True, slots=True)
class Thing:
    """What a list shows of a thing. ``kind_label`` and ``icon`` are those of search."""

    key: str
    kind: str
    kind_label: Any
    icon: str
    title: str
    url: str
    summary: str


def seen_by(viewer: Any, keys: Iterable[str]) -> dict[str, Thing]:
    """Those that ``viewer`` may see now, by key: a query for each kind. People are no things to read."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        label, _colon, pk = key.partition(":")
        wanted[label].append(pk)
    found = (thing for label, pks in wanted.items() for thing in _of_one_kind(label, pks, viewer))
    return {thing.key: thing for thing in found}


def get_thing(viewer: Any, key: str) -> Thing:
    """The thing with this key that ``viewer`` may see, or 404."""
    try:
        return seen_by(viewer, [key])[key]
    except KeyError:
        raise Http404 from None


def _of_one_kind(label: str, pks: list[str], viewer: Any) -> Iterable[Thing]:
    source = source_labelled(label)
    if source is None or source.is_person:
        return ()
    queryset = source.queryset().prefetch_related(None)
    if not isinstance(queryset, AudienceQuerySet):  # what has no audience is shown to nobody
        return ()
    numbers = [pk for pk in pks if pk.isdecimal() and len(pk) < 19]
    return (_thing(source, obj) for obj in queryset.visible_to(viewer).filter(pk__in=numbers))


def _thing(source: Source[Any], obj: Any) -> Thing:
    return Thing(
        key=key_of(obj),
        kind=source.kind,
        kind_label=source.label_one or source.label,
        icon=source.icon,
        title=source.title(obj),
        url=getattr(obj, "url", None) or obj.get_absolute_url(),
        summary=getattr(obj, "summary", ""),
    )
