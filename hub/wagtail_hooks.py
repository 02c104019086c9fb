"""Where Wagtail serves something, the one rule is asked first."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from hub.audiences import Visible, may_see
from hub.drafts import is_ahead, keep_what_is_live
from hub.models import HubPage
from hub.viewsets import TopicViewSet

register_snippet(TopicViewSet)


@hooks.register("before_serve_page", order=-100)
def only_its_audience_sees_a_page(page: Page, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
    """A stranger to a page gets 404, never 403, so that nobody learns that it exists."""
    _refuse_strangers(page, request)


@hooks.register("before_serve_document", order=-100)
def only_its_audience_fetches_a_file(document: Any, request: HttpRequest) -> None:
    """The same for uploaded files."""
    _refuse_strangers(document, request)


def _refuse_strangers(thing: Any, request: HttpRequest) -> None:
    if not isinstance(thing, Visible) or not may_see(request.user, thing):
        raise Http404


@hooks.register("before_publish_page")
def what_is_live_stays_until_the_date(_request: HttpRequest, page: Page) -> None:
    """The editor publishes past ``Page.publish``."""
    if isinstance(page, HubPage) and is_ahead(page):
        keep_what_is_live(page)


@hooks.register("construct_explorer_page_queryset")
def explorer_lists_by_title(parent_page: Page, pages: Any, request: HttpRequest) -> Any:
    """Thousands of stories are found by their title rather than by the order they came in."""
    return pages if request.GET.get("ordering") else pages.order_by("title")
