"""What is done inside the hub's Django to measure suggestions: as many pages as asked for, and people who type."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from benchmarks.search.content import Mixing, PassageInventor
from benchmarks.search.peer import write
from benchmarks.search.work import timed
from home.models import PlainPage
from indexing import engines, queue
from indexing.conf import options
from indexing.documents import Document, key_for
from indexing.embedding import shared_encoder
from search.spelling import corrected
from search.suggestions import suggest

PASSAGES = 2
CHANGES = 60
NOBODY = AnonymousUser()


def pages(order: Mapping[str, Any]) -> int:
    """Write as many pages to the database."""
    return write(PASSAGES * int(order["things"]))


def index(_order: Mapping[str, Any]) -> dict[str, Any]:
    """Put all pages in the index, with vectors that cost nothing."""
    invented = PassageInventor()
    mixing = Mixing(shared_encoder(), invented.sentences)
    engine = import_string(options().address.engine)
    engine(options(), lambda: mixing).rebuild(documents(invented), lambda _keys: [])
    return dict(engines.engine().stats())


def documents(invented: PassageInventor) -> Iterator[Document]:
    pks = PlainPage.objects.order_by("pk").filter(slug__startswith="bench-").values_list("pk", "title")
    for (pk, title), document in zip(pks, invented.documents(PASSAGES * len(pks), []), strict=True):
        tokens = frozenset({"everyone"})
        yield replace(document, key=key_for(PlainPage, pk), kind="page", title=title, tokens=tokens)


def typing(order: Mapping[str, Any]) -> dict[str, Any]:
    """Milliseconds of each key that is pressed, of the first one after each change, and of each correction."""
    chance = Random(3)  # noqa: S311 (content of a benchmark, not a secret)
    titles = list(PlainPage.objects.filter(slug__startswith="bench-").values_list("title", flat=True)[:2000])
    typed = [beginning(chance, chance.choice(titles)) for _key in range(order["keys"])]
    for text in typed[:20]:  # a process that has just begun reads the index and the sentence model first
        suggest(text, NOBODY)
    return {
        "keys": [timed(partial(suggest, text, NOBODY)) for text in typed],
        "after a change": [after_a_change(chance, text) for text in typed[:CHANGES]],
        "corrections": [timed(partial(corrected, text, NOBODY)) for text in map(slipped, titles[:100])],
    }


def beginning(chance: Random, title: str) -> str:
    """What somebody has typed of a title: the beginning of a word of it, or of two."""
    words = chance.sample(title.split(), k=chance.choice((1, 1, 2)))
    return " ".join(word[: chance.randrange(2, 7)] for word in words)


def slipped(title: str) -> str:
    """A title whose longest word lacks a letter."""
    longest = max(title.split(), key=len)
    return title.replace(longest, longest[:2] + longest[3:])


def after_a_change(chance: Random, text: str) -> float:
    """The time of a key after somebody renamed a page and the index was brought up to date."""
    page = PlainPage.objects.filter(slug__startswith="bench-").order_by("pk")[chance.randrange(1000)]
    page.title = f"{page.title} again"
    page.save()
    queue.drain()
    return timed(partial(suggest, text, NOBODY))
