"""Querysets and managers of pages that have an audience."""

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from core.audiences import AudienceQuerySet, Viewer


class HubPageQuerySet(AudienceQuerySet, PageQuerySet):
    """Wagtail's pages, with the one rule for who may see them."""

    def shown_to(self, viewer: Viewer) -> "HubPageQuerySet":
        """Live pages that ``viewer`` may see: what every list starts from."""
        return self.live().visible_to(viewer)


HubPageManager = PageManager.from_queryset(HubPageQuerySet)
