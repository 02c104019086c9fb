"""The map of the public pages, for search engines outside."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import get_page_models

from core.models import HubPage


class HubSitemap(Sitemap):
    """The pages that somebody who is not signed in may see, and no other."""

    limit = 2000

    def items(self) -> list[HubPage]:
        models = [model for model in get_page_models() if issubclass(model, HubPage)]
        return [page for model in models for page in model.objects.shown_to(AnonymousUser()).order_by("pk")]

    def location(self, item: HubPage) -> Any:
        return item.relative_url(None) if hasattr(item, "relative_url") else item.url

    def lastmod(self, obj: HubPage) -> Any:
        return obj.last_published_at
