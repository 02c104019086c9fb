"""Results that editors pin to a question, in Wagtail's own "promoted search results"."""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string

from core.audiences import Viewer, Visible, may_see


@dataclass(frozen=True, slots=True)
class Pinned:
    """One of them, as the page of results shows it above what was found."""

    title: str
    url: str
    text: str


def pinned_to(text: str, viewer: Viewer) -> Iterator[Pinned]:
    """What editors pinned to exactly this question, in their order, as far as ``viewer`` may see it."""
    promotions = SearchPromotion.objects.filter(query__query_string=normalise_query_string(text))
    for promotion in promotions.prefetch_related("page"):  # nearly always there are none, and no page is asked for
        page: Page = promotion.page.specific if promotion.page else None
        if page is None:
            yield Pinned(promotion.external_link_text, promotion.external_link_url, promotion.description)
        elif is_shown_to(viewer, page):
            yield Pinned(page.title, page.url, promotion.description or page.summary)


def is_shown_to(viewer: Viewer, page: Page) -> bool:
    return page.live and isinstance(page, Visible) and may_see(viewer, page)
