"""Pages of a list. Every list of the hub is cut in pages."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination
    from django.db.models import QuerySet

PER_PAGE = 24


def page_of(
    request: HttpRequest,
    things: "_SupportsPagination[Any]",
    per_page: int = PER_PAGE,
    counted: "QuerySet[Any] | None" = None,
) -> Page[Any]:
    """The page of ``things`` that the address asks for; the nearest one where it asks for nonsense.

    ``counted`` are the same things where they are cheaper to count: without what is worked out for each, and cut where
    the list shall end, so that no database counts all that there ever was.
    """
    pages = Paginator(things, per_page)
    if counted is not None:
        vars(pages)["count"] = counted.count()
    return pages.get_page(request.GET.get("page"))
