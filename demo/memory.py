"""What some people of the demo saved and read, so that the front page has something for them."""

from datetime import datetime, timedelta

from wagtail.models import Page

from indexing.documents import key_of
from people.models import User
from reading.models import Opened, Reader, Saved

SAVED = {
    "priya-nair": ("black-spots-on-the-wall", "the-warmest-table-in-harrowby"),
    "siobhan-keogh": ("visiting-with-an-interpreter",),
    "hannah-whitlock": ("is-it-really-the-bank",),
}
READ = {
    "priya-nair": ("the-sticker-in-samirs-window", "a-break-for-carers", "the-day-amal-stopped-interpreting"),
    "siobhan-keogh": ("a-break-for-carers", "choosing-what-to-count"),
    "hannah-whitlock": ("doreen-rings-canada", "how-the-kinship-allowance-works"),
}


def remember(people: dict[str, User], now: datetime) -> None:
    """The newest thing they saved an hour ago, the newest that they read yesterday, and so on back."""
    keys = keys_of({slug for slugs in (*SAVED.values(), *READ.values()) for slug in slugs})
    Reader.objects.bulk_create([Reader(person=people[name]) for name in sorted({*SAVED, *READ}) if name in people])
    Saved.objects.bulk_create(
        Saved(person=people[name], key=keys[slug], since=now - timedelta(hours=1, days=place))
        for name, slugs in SAVED.items()
        for place, slug in enumerate(slugs)
        if name in people and slug in keys
    )
    Opened.objects.bulk_create(
        Opened(person=people[name], key=keys[slug], times=1 + place % 2, last=now - timedelta(days=1 + 3 * place))
        for name, slugs in READ.items()
        for place, slug in enumerate(slugs)
        if name in people and slug in keys
    )


def keys_of(slugs: set[str]) -> dict[str, str]:
    """The keys of those pages that are there."""
    return {page.slug: key_of(page) for page in Page.objects.filter(slug__in=slugs).specific()}
