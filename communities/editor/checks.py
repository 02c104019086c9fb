"""What ``manage.py check`` refuses, because it would go past the rights of the editor."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLResolver, get_resolver

from communities.writing.naming import content_pages

API_V2 = "wagtail.api.v2"
API_V3 = "wagtailapi_v3"


@register(Tags.urls)
def no_api_of_wagtail_is_mounted(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """It asks whether a page is live and in no private section: it would publish what is for members only.

    The editor's own API stands behind the editor's door, and asks the policy.
    """
    return [
        Error(
            f"{route} opens an API of Wagtail, which knows no audiences.",
            hint="Take it out of the addresses.",
            id="communities.E001",
        )
        for route in _open_apis(get_resolver())
    ]


def _open_apis(resolver: URLResolver, above: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = f"{above}{pattern.pattern}"
        if route.startswith("admin/"):
            continue
        if not isinstance(pattern, URLResolver):
            yield from [route] if _is_an_endpoint(pattern.callback) else []
        elif pattern.namespace == API_V3:
            yield route
        else:
            yield from _open_apis(pattern, route)


def _is_an_endpoint(callback: object) -> bool:
    """Whether a view is of Wagtail's second version, or derived from it."""
    return any(base.__module__.startswith(API_V2) for base in getattr(getattr(callback, "cls", None), "__mro__", ()))


@register()
def the_editor_searches_by_rights(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    if getattr(settings, "WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS", True):
        return []
    words = "WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS is off: the editor's search would name every page."
    return [Error(words, hint="Take the setting out.", id="communities.E002")]


@register()
def every_page_says_who_writes_it(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    return [
        Error(
            f"{model._meta.label} does not say which capabilities write and publish it.",
            hint="Give it written_with and published_with.",
            obj=model,
            id="communities.E003",
        )
        for model in content_pages()
        if not model.written_with or not model.published_with
    ]
