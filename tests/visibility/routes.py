"""Every address pattern that the hub has, and what an answer of it counts as."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

SIGN_IN = ("/account/login/", "/admin/login/", "/django-admin/login/")
THIRD_PARTY_TREES = ("admin/", "django-admin/")


def routes() -> set[str]:
    """Every address pattern of the hub; the trees of others count as one each."""
    return set(routes_below(get_resolver(), ""))


def routes_below(resolver: Any, above: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns") and route not in THIRD_PARTY_TREES:
            yield from routes_below(pattern, route)
        else:
            yield route


def answer_of(response: Any) -> str:
    """The status, or ``sign-in`` where the viewer is sent to sign in."""
    if response.status_code == 302 and response["Location"].startswith(SIGN_IN):
        return "sign-in"
    return str(response.status_code)
