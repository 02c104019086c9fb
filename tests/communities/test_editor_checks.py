"""What would open the hub past its rights is refused before it starts."""

from typing import Any

import pytest
from django.urls import clear_url_caches, path

from communities.editor import checks
from hub import urls


def _mounted(api: str) -> object:
    if api == "v3":
        from wagtail.api.v3.urls import api as ninja

        return path("open/", ninja.urls)
    from wagtail.api.v2.router import WagtailAPIRouter
    from wagtail.api.v2.views import PagesAPIViewSet

    router = WagtailAPIRouter("open")
    router.register_endpoint("pages", PagesAPIViewSet)
    return path("open/", router.urls)


@pytest.mark.parametrize("api", ["v2", "v3"])
def test_an_api_of_wagtail_is_refused(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not checks.no_api_of_wagtail_is_mounted(None)
    monkeypatch.setattr(urls, "urlpatterns", [_mounted(api), *urls.urlpatterns])
    clear_url_caches()
    try:
        assert {error.id for error in checks.no_api_of_wagtail_is_mounted(None)} == {"communities.E001"}
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_a_search_of_every_page_is_refused(settings: Any) -> None:
    assert not checks.the_editor_searches_by_rights(None)
    settings.WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS = False
    assert checks.the_editor_searches_by_rights(None)
