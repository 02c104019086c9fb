"""The hub as it is served, saying with each answer how many of its fragments were kept: ``X-Kept: 7/8``."""

from collections.abc import Callable, Iterable
from threading import local
from typing import Any

from hub.wsgi import application as hub  # isort: skip (it sets Django up)

from django.conf import settings

from core import fragments

# One browser asks here what a whole council asks: the limits for one person are not its own.
settings.LIMITS = {**settings.LIMITS, **dict.fromkeys(("searches", "suggestions"), "1000000/m")}

counts = local()
cache: Any = vars(fragments)["cache"]


class CountingCache:
    """The cache, counting what is asked for and what had to be rendered."""

    def get(self, key: str) -> Any:
        counts.asked += 1
        return cache.get(key)

    def set(self, key: str, value: Any, lasts: int) -> None:
        counts.rendered += 1
        cache.set(key, value, lasts)


vars(fragments)["cache"] = CountingCache()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    counts.asked = counts.rendered = 0

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        share = f"{counts.asked - counts.rendered}/{counts.asked}"
        return start_response(status, [*headers, ("X-Kept", share)], *more)

    return hub(environ, start)
