"""How often somebody may do a thing: for each person, and for each network where nobody is signed in.

A limit guards against scripts and against a stolen session, so that no person meets it by working quickly. The counts
are in the cache: with the cache in memory each process counts for itself, with Redis all count together.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TypeVar, cast

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.network import network
from core.typed_forms import shown, typed

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MANY = 10  # behind one network's address stand many readers
View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds, counted from the first."""

    name: str
    amount: int
    seconds: int

    def take(self, *who: object) -> bool:
        """Count once for ``who``; whether that was still within the limit."""
        key, cache = self._key(who), _cache()
        cache.add(key, 0, self.seconds)
        cache.add(f"{key}:since", time.time(), self.seconds)
        return _add(cache, key, 1, self.seconds) <= self.amount

    def give_back(self, *who: object) -> None:
        """Undo one ``take``: what was counted did not happen."""
        if _cache().get(key := self._key(who)):
            _add(_cache(), key, -1, self.seconds)

    def forget(self, *who: object) -> None:
        """Begin anew for ``who``."""
        _cache().delete_many([key := self._key(who), f"{key}:since"])

    def wait(self, *who: object) -> int:
        """Seconds until ``who`` may go on, at least one."""
        since = _cache().get(f"{self._key(who)}:since", time.time())
        return max(1, round(since + self.seconds - time.time()))

    def _key(self, who: tuple[object, ...]) -> str:
        return ":".join(("limit", self.name, *(str(part) for part in who)))


def limit(name: str) -> Limit:
    """The limit that the settings give: ``{"invitations": "60/h"}``, or ``"5/15m"`` for a quarter of an hour."""
    amount, _slash, span = settings.LIMITS[name].partition("/")
    return Limit(name, int(amount), int(span[:-1] or 1) * SECONDS[span[-1]])


def limited(
    name: str, methods: tuple[str, ...] = ("POST",), counts: Callable[[HttpRequest], object] = bool
) -> Callable[[View], View]:
    """A view that one person, or one network without a name, calls so often and no more.

    ``counts`` says which of its requests count; all of them where it is not given.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method in methods and counts(request) and (refused := refusal(request, name)):
                return refused
            return view(request, *args, **kwargs)

        return cast("View", wrapper)

    return decorator


def refusal(request: HttpRequest, name: str) -> HttpResponse | None:
    """Count this request; the page that says to wait where it is one too many."""
    chosen = limit(name)
    if request.user.is_authenticated:
        who: tuple[object, ...] = ("person", request.user.pk)
    else:
        who = ("network", network(request))
        chosen = Limit(chosen.name, chosen.amount * MANY, chosen.seconds)
    return None if chosen.take(*who) else too_many(request, chosen.wait(*who))


def too_many(request: HttpRequest, wait: int = 60) -> HttpResponse:
    """The page that says to wait. What was typed comes along, so that sending it again is one press."""
    context = {"fields": shown(typed(request)), "minutes": -(-wait // 60), "wait": wait}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response


def _cache() -> BaseCache:
    return caches["limits" if "limits" in settings.CACHES else "default"]


def _add(cache: BaseCache, key: str, number: int, seconds: int) -> int:
    """Count up or down in one step; a count that went out of the cache in between begins anew."""
    try:
        return cache.incr(key, number)
    except ValueError:
        cache.set(key, max(number, 0), seconds)
        return max(number, 0)
