"""What a fragment of a page is kept under: its name, the reader's rights as far as they matter, and versions.

A reader's rights are their audience tokens. Most fragments of a thing's page show nothing but the thing and what its
community looks after: these are kept for everybody, for the organisation, and for the members of that community. A list
shows things of all communities, so that each of the reader's tokens matters. The tag is ``{% kept %}``.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import BaseCache, cache, caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeData
from django.utils.translation import get_language

from core import versions
from core.audiences import (
    EVERYONE,
    ORGANISATION,
    community_pks,
    community_token,
    is_personal,
    tokens_of,
    viewer_tokens,
)

T = TypeVar("T")
V = TypeVar("V")

PAGE = "page"
"""Whoever may see the same of the thing ``of``: everyone, the organisation, the members of its community."""
RIGHTS = "rights"
"""Readers with the same tokens, whoever they are."""
GENERAL = "general"
"""Whoever belongs alike, whatever they are a member of: for what is open to everyone or to the organisation."""
FELLOWS = "fellows"
"""The same, for what shows people: fellow members see each other, wherever they come and go."""
PERSON = "person"
"""One reader alone."""
TOLD = "told"
"""The same, for what waits for them."""
NEWS = "news"
"""The same, for how much is new to them."""
PLAIN = frozenset({str, int, bool, datetime, type(None)})
"""Most of what the values of pieces are made of, and never HTML."""
NEVER = -1
"""The version of nothing: numbers are never negative."""
ALONE = frozenset({PERSON, TOLD, NEWS})
TOLD_MEMBERS = ":told"
"""What ends the scope of what waits for members of a community, and of what they may be told."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What a fragment depends on beside its name: see ``{% kept %}``."""

    of: Any = None
    shows: str = ""
    also: str = ""
    reader: str = ""
    links: bool = False

    @property
    def for_whom(self) -> str:
        if self.links and self.reader in {"", PAGE}:
            return RIGHTS  # a link leads anywhere, and shows whether the reader may follow it
        return self.reader or (RIGHTS if self.of is None else PAGE)


def key_of(request: HttpRequest, name: str, vary: Iterable[Any], needs: Dependencies) -> str | None:
    """What the fragment is kept under for this reader; nothing for a draft in the editor, which is never kept."""
    if getattr(request, "is_preview", False):
        return None
    person = request.user.pk if needs.for_whom in ALONE else ""
    tokens = sorted(_tokens(request, needs))
    numbers = [f"{scope}={number}" for scope, number in sorted(versions_of(request, _scopes(request, needs)).items())]
    # Who is away, what is due and which day is "tomorrow" change at midnight by themselves.
    for_whom = [get_language(), timezone.localdate(), request.user.is_authenticated, person]
    parts = [name, *for_whom, tokens, numbers, [str(each) for each in vary]]
    return f"kept.{blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"


def _tokens(request: HttpRequest, needs: Dependencies) -> frozenset[str]:
    held = frozenset(token for token in viewer_tokens(request.user) if not is_personal(token))
    if needs.for_whom == GENERAL:
        return held & {EVERYONE, ORGANISATION}
    if needs.for_whom == PAGE:
        return held & ({EVERYONE, ORGANISATION} | tokens_of(needs.of))
    return held


def _scopes(request: HttpRequest, needs: Dependencies) -> set[str]:
    scopes = {versions.SITE, *needs.shows.split(), *needs.also.split()}
    if needs.of is not None:
        scopes.add(needs.of.version_scope)
    if needs.for_whom in {FELLOWS, *ALONE}:
        own = community_pks(viewer_tokens(request.user))
        scopes.update(f"members:{pk}" for pk in own)
        if needs.for_whom in ALONE and request.user.is_authenticated:
            scopes.update(map(community_token, own))
            scopes.add(f"{versions.PERSON}{request.user.pk}")
        if needs.for_whom in {TOLD, NEWS} and request.user.is_authenticated:
            scopes.update(map(told_to_members, own))
            scopes.add(versions.waiting_for(request.user.pk))
        if needs.for_whom == NEWS and request.user.is_authenticated:
            scopes.update(map(news_to_members, own))
            scopes.add(versions.news_of(request.user.pk))
    return scopes


def told_to_members(community: int | None) -> str:
    """The scope of what waits for members of a community, and of what they may be told, by its key."""
    return f"{community_token(community or 0)}{TOLD_MEMBERS}"  # 0: no community


def news_to_members(community: int | None) -> str:
    """The scope of how much is new to members of a community, by its key."""
    return f"{community_token(community or 0)}{versions.NEWS}"


def current(request: HttpRequest) -> versions.Versions:
    """The versions that answer ``request``, looked up once, with those that belong to its reader alone."""
    found: versions.Versions | None = getattr(request, "_versions", None)
    if found is None:
        reader = request.user
        own = community_pks(viewer_tokens(reader)) if reader.is_authenticated else ()
        owners = [f"{versions.PERSON}{reader.pk}", *map(community_token, own)] if reader.is_authenticated else []
        found = request._versions = versions.read(owners)  # type: ignore[attr-defined]  # ours
    return found


# -- what shows only when it is rendered ---------------------------------------------------------------------------
_noted: ContextVar[set[str] | None] = ContextVar("scopes of what the fragment leads to", default=None)


def note(*things: object) -> None:
    """Say that the fragment that is being rendered shows these, or would if the reader might see them: where links of a
    text lead, what is near. It is kept as long as none of them has changed.
    """
    noted = _noted.get()
    if noted is not None:
        noted.update(getattr(thing, "version_scope", versions.SITE) for thing in things)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collects the scopes of what is noted within the block."""
    noted: set[str] = set()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def versions_of(request: HttpRequest, scopes: Collection[str]) -> dict[str, int]:
    found = current(request)
    found.need(scopes)
    return {scope: found[scope] for scope in scopes}


def still_hold(request: HttpRequest, kept: Mapping[str, int]) -> bool:
    return kept == versions_of(request, kept)


def keep(request: HttpRequest, key: str | None, lasts: int, make: Callable[[], T]) -> T:
    """What ``make`` gives, kept under ``key`` as long as nothing that it noted has changed. Without a key it is made
    anew.
    """
    if key is None:
        return make()
    kept: tuple[T, dict[str, int]] | None = cache.get(key)
    if kept is None or not still_hold(request, kept[1]):
        known = current(request)
        before = frozenset(known.owners)
        with noting() as scopes:
            made = make()
        # A version that is read after the words may be newer than they are: they do not hold, and whoever comes next
        # reads it first.
        numbers = {scope: known[scope] if versions.apart(scope) in before else NEVER for scope in scopes}
        kept = (made, numbers)
        cache.set(key, kept, lasts)
    return kept[0]


def kept_by_value(name: str, values: Sequence[V], lasts: int, make: Callable[[V], str]) -> list[str]:
    """What ``make`` gives for each of ``values``, kept for so many seconds under the value itself.

    It is for many small pieces of a page that are rendered from plain values alone (a frozen dataclass of texts,
    numbers and moments) and show nothing else. Such a piece is never out of date, and whoever gets the same values gets
    it. A text that is marked as safe is another value than the same letters that are not.
    """
    # Texts like "Today, 14:05" change with the day.
    alike = f"{name} {get_language()} {timezone.get_current_timezone_name()} {timezone.localdate()}"
    keys = [
        f"piece.{blake2b(f'{alike} {value!r} {_html_in((value,))}'.encode(), digest_size=16).hexdigest()}"
        for value in values
    ]
    kept: dict[str, str] = _pieces().get_many(keys)
    missing = {key: value for key, value in zip(keys, values, strict=True) if key not in kept}
    if made := {key: make(value) for key, value in missing.items()}:
        _pieces().set_many(made, lasts)
    pieces = {**kept, **made}
    return [pieces[key] for key in keys]


def _html_in(value: object) -> list[object]:
    """Where in ``value`` HTML stands: its ``repr`` is that of plain text of the same letters, which is escaped."""
    found: list[object] = []
    kind: object = type(value)
    inner = value if isinstance(value, tuple | list) else [getattr(value, name) for name in _names(kind)]
    for number, each in enumerate(inner):
        if type(each) in PLAIN:
            continue
        if isinstance(each, SafeData):
            found.append(number)
        elif deeper := _html_in(each):
            found.append((number, deeper))
    return found


@lru_cache
def _names(kind: object) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _pieces() -> BaseCache:
    """A cache of their own where each process has one: they are many, and push out no menu."""
    return caches["pieces" if "pieces" in settings.CACHES else "default"]
