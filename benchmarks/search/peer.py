"""The same documents as Wagtail pages, written at once: Wagtail's own way would take hours for as many."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Locale, Page

from benchmarks.search.content import PassageInventor
from core.batches import batches
from home.models import HomePage, PlainPage

TOGETHER = 2000
OTHERS = 100  # places below the front page that are left to the hub's own pages


@transaction.atomic
def write(passages: int) -> int:
    """As many plain pages below the front page as give so many passages; returns how many that is."""
    home, locale = HomePage.objects.get(), Locale.get_default()
    kind, written = ContentType.objects.get_for_model(PlainPage), 0
    for some in batches(PassageInventor().documents(passages, []), TOGETHER):
        pages = [
            Page(
                title=document.title,
                slug=f"bench-{written + place}",
                path=Page._get_path(home.path, home.depth + 1, OTHERS + written + place),
                depth=home.depth + 1,
                url_path=f"{home.url_path}bench-{written + place}/",
                content_type=kind,
                locale=locale,
                live=True,
            )
            for place, document in enumerate(some)
        ]
        made = Page.objects.bulk_create(pages)
        insert(made, some)
        written += len(made)
    Page.objects.filter(pk=home.pk).update(numchild=OTHERS + written)
    return written


def insert(pages: list[Page], documents: list[Any]) -> None:
    """The part of each page that its own type keeps; Django makes no such rows in bulk."""
    rows = [
        (page.pk, "everyone", "everyone", document.title, body(document))
        for page, document in zip(pages, documents, strict=True)
    ]
    table = PlainPage._meta.db_table
    columns = "page_ptr_id, audience, audience_token, summary, body"
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s)", rows)  # noqa: S608 (our own names)


def body(document: Any) -> str:
    """The text as a stream of one paragraph."""
    return json.dumps([{"type": "paragraph", "value": f"<p>{document.body}</p>"}])
