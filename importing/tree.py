"""Puts many pages into the page tree at once.

``parent.add_child`` asks the database a dozen questions for each page and notifies search of it; for thousands of pages
that is most of an import. Here the places in the tree are computed, the rows that all pages share go in together, and
Wagtail's own index of the editor's search is filled by the batch.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.text import slugify
from modelsearch.backends import get_search_backends
from wagtail.models import Locale, Page

from core.models import HubPage

P = TypeVar("P", bound=HubPage)
LONGEST_SLUG = 200


@transaction.atomic
def add_children(parent: Page, pages: Sequence[P]) -> None:
    """Add new ``pages`` below ``parent``, in order, live and after all that stand there.

    They must be of one type. What hangs on a page (topics, authors) is for the caller to write afterwards.
    """
    if not pages:
        return
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    _place(parent, pages)
    shared = Page.objects.bulk_create([_shared_part(page) for page in pages])
    for page, base in zip(pages, shared, strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
        page.audience_token = page.own_audience_token()  # a community's follows from its number
        page.save_base(raw=True, force_insert=True)  # the page's own table only; the shared part is there
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(type(pages[0]), list(pages))


def _place(parent: Page, pages: Sequence[HubPage]) -> None:
    """Give each page its place in the tree and its address."""
    last = parent.get_last_child()
    first = Page._str2int(last.path[-Page.steplen :]) + 1 if last else 1
    slugs, locale = FreeSlugs(parent), Locale.get_default()
    for number, page in enumerate(pages, first):
        page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
        page.slug = slugs.take(page.slug or page.title)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title, page.locale = page.title, locale


def _shared_part(page: HubPage) -> Page:
    """The row that ``page`` has in the table of all pages."""
    base = Page()
    for field in Page._meta.concrete_fields:
        if not field.primary_key:
            setattr(base, field.attname, getattr(page, field.attname))
    return base


class FreeSlugs:
    """Hands out addresses below one page, never one twice."""

    def __init__(self, parent: Page) -> None:
        self._taken = set(parent.get_children().values_list("slug", flat=True))

    def take(self, wanted: str) -> str:
        stem = slugify(wanted)[:LONGEST_SLUG].strip("-") or "page"
        slug, number = stem, 1
        while slug in self._taken:
            number += 1
            slug = f"{stem}-{number}"
        self._taken.add(slug)
        return slug


def link(
    through: type[models.Model], owner: str, other: str, pairs: Iterable[tuple[Any, Any]], **extra: object
) -> None:
    """Write rows of a table that joins two others: ``pairs`` of numbers, each pair once."""
    through._default_manager.bulk_create(
        through(**{f"{owner}_id": one, f"{other}_id": two}, **extra) for one, two in dict.fromkeys(pairs)
    )
