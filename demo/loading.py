"""Writes the demo council into the hub."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from demo import cast
from demo.kind import Content, Council, Kinds, in_order
from demo.kinds import KINDS
from home.scaffold import prepare_hub
from search import services as search

Step = Callable[[], None]


def size(content: Content) -> int:
    """How many steps a progress bar has to show."""
    return sum(map(len, content.things.values()))


@transaction.atomic
def load(content: Content, step: Step, keys: cast.Keys = cast.Keys(), kinds: Kinds = KINDS) -> Council:  # noqa: B008 (frozen)
    """Everything in one transaction: either the whole council lives here or none of it.

    Nothing is brought to the search index on the way; the caller indexes once at the end.
    """
    with search.paused():
        council = Council(timezone.now(), step, prepare_hub(), content, keys)
        for kind in in_order(kinds):
            council.load(kind)
    return council
