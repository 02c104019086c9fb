"""Redirects from the addresses that pages once had.

Wagtail would make them for drafts as well: nobody was ever told the address of a draft, and its redirect would take an
old address away from a live page. So its own receivers are off (``WAGTAILREDIRECTS_AUTO_CREATE``), and these ask first.
"""

from copy import copy

from wagtail.contrib.redirects.signal_handlers import create_redirects
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move


def follow_pages() -> None:
    """Leave a redirect behind whatever is renamed or moved."""
    page_slug_changed.connect(on_renamed, dispatch_uid="core.redirects")
    post_page_move.connect(on_moved, dispatch_uid="core.redirects")


def on_renamed(instance: Page, instance_before: Page, **_kwargs: object) -> None:
    if not getattr(instance, "leaves_no_address", False):
        _leave_redirects(instance, instance_before)


def on_moved(instance: Page, url_path_before: str, url_path_after: str, **_kwargs: object) -> None:
    if url_path_before == url_path_after:
        return  # it only has another place among its siblings
    page = instance.specific
    before = copy(page)
    before.url_path = url_path_before
    _leave_redirects(page, before)


def _leave_redirects(page: Page, before: Page) -> None:
    if before.live or before.first_published_at:
        sites = Site.objects.filter(root_page__in=page.get_ancestors())
        create_redirects(page=page, page_old=before, sites=sites)
