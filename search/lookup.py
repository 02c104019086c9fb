"""Things by their keys, as the database has them at this moment and as far as one person may see them.

An index may lag behind. What is told of a thing elsewhere than on the page of results is read here first.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from core.audiences import AudienceQuerySet, Viewer, tokens_of, with_tokens
from core.models import Topic
from core.text import Words
from indexing.documents import Source, key_of, source_of, sources
from indexing.engines.base import IndexedDocument
from search.presentation import source_of_kind

logger = logging.getLogger(__name__)
LONGEST_NUMBER = 18  # digits that every database takes for a number


@dataclass(frozen=True, slots=True)
class Thing:
    """What a list shows of a thing. ``kind_label`` and ``icon`` are those of search."""

    key: str
    kind: str
    kind_label: Words
    icon: str
    title: str
    url: str
    summary: str


def now(keys: Iterable[str], viewer: Viewer) -> dict[str, Thing]:
    """Those that ``viewer`` may see now, by key: a query for each kind. One that cannot be read is logged and left out.

    No document is made of any of them: pages are not rendered, and the texts of files stay where they are.
    """
    found: dict[str, Thing] = {}
    wanted = {source: visible(source, viewer).filter(pk__in=pks) for source, pks in by_source(keys).items()}
    for source, obj in things(wanted):
        try:
            found[key_of(obj)] = _thing(source, obj)
        except Exception:
            logger.exception("%s cannot be told of.", key_of(obj))
    return found


def things(wanted: Mapping[Source[Any], QuerySet[Any]]) -> Iterator[tuple[Source[Any], Any]]:
    """The things of these querysets, each with its source. All kinds of pages are one query: they share a table."""
    pages = {source: rows for source, rows in wanted.items() if issubclass(source.model, Page)}
    together = pages if len(pages) > 1 else {}
    for source, rows in wanted.items():
        if source not in together:
            yield from ((source, thing) for thing in rows)
    if together:
        yield from _pages(together)


def _pages(wanted: Mapping[Source[Any], QuerySet[Any]]) -> Iterator[tuple[Source[Any], Any]]:
    kinds = {source.model._meta.model_name: source for source in wanted}
    whose = [f"{name}__community" for name, source in kinds.items() if _has_community(source.model)]
    chosen = reduce(or_, (Q(pk__in=rows.order_by().values("pk")) for rows in wanted.values()))
    for page in Page.objects.filter(chosen).select_related(*kinds, *whose):
        for name, source in kinds.items():
            if (thing := getattr(page, str(name), None)) is not None:
                yield source, thing


def _has_community(model: type[Model]) -> bool:
    return any(field.name == "community" for field in model._meta.fields)


def topics(viewer: Viewer, among: Iterable[Any] | None = None) -> QuerySet[Topic]:
    """The topics that something is about that ``viewer`` may see now, all in one query."""
    named = Topic.objects.all() if among is None else Topic.objects.filter(pk__in=list(among))
    about = [
        Q(Exists(visible(source, viewer).order_by().filter(**{lookup: OuterRef("pk")})))
        for source in sources()
        if (lookup := source.depends_on.get(Topic, "")) and "__" not in lookup
    ]
    return named.filter(reduce(or_, about)) if about else named.none()


def titles(keys: Iterable[str], tokens: frozenset[str]) -> dict[str, str]:
    """What those are called now that may be seen with ``tokens``, by key: a query for each kind."""
    return {
        key_of(obj): source.title(obj)
        for source, pks in by_source(keys).items()
        for obj in with_tokens(source.queryset().prefetch_related(None).filter(pk__in=pks))
        if not tokens_of(obj).isdisjoint(tokens)
    }


def by_source(keys: Iterable[str]) -> dict[Source[Any], list[str]]:
    """The numbers behind the keys, for each source that there is. What is no key is left out."""
    wanted: dict[Source[Any], list[str]] = defaultdict(list)
    for key in keys:
        source, pk = source_of(key), key.partition(":")[2]
        if source and pk.isdecimal() and len(pk) <= LONGEST_NUMBER:
            wanted[source].append(pk)
    return wanted


def visible(source: Source[Any], viewer: Viewer) -> QuerySet[Any]:
    """What ``viewer`` may see of a source, without what only documents need. What has no audience is for nobody."""
    queryset = source.queryset().prefetch_related(None)
    return queryset.visible_to(viewer) if isinstance(queryset, AudienceQuerySet) else queryset.none()


def address_of(obj: Model) -> str:
    """Where a thing is read."""
    return str(getattr(obj, "url", None) or obj.get_absolute_url())  # type: ignore[attr-defined]  # one or the other


def _thing(source: Source[Any], obj: Model) -> Thing:
    return Thing(
        key=key_of(obj),
        kind=source.kind,
        kind_label=source.label_one or source.label,
        icon=source.icon,
        title=source.title(obj),
        url=address_of(obj),
        summary=source.summary(obj),
    )


# -- what an index found -----------------------------------------------------------------------------------------------
def is_over(stored: IndexedDocument) -> bool:
    """Whether its day is past, so that it is no news to anybody."""
    source = source_of_kind(stored.kind)
    return bool(source and source.passes and stored.date and stored.date < timezone.localdate())


def may_be_offered(stored: IndexedDocument) -> bool:
    """Whether it may stand beside other things: a thing and no person, of a kind that there is, and not over."""
    source = source_of_kind(stored.kind)
    return source is not None and not source.is_person and not is_over(stored)


def still_visible(found: Iterable[IndexedDocument], viewer: Viewer) -> Iterator[IndexedDocument]:
    """Those that ``viewer`` may see now, each with its title, summary and address as the database has them."""
    things = list(found)
    known = now((stored.key for stored in things), viewer)
    for stored in things:
        if thing := known.get(stored.key):
            yield replace(stored, title=thing.title, summary=thing.summary, url=thing.url, passage=thing.summary)
