"""Pages of a list. Every list of the hub is cut in pages."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

PER_PAGE = 24


def page_of(request: HttpRequest, things: "_SupportsPagination[Any]", per_page: int = PER_PAGE) -> Page[Any]:
    """The page of ``things`` that the address asks for; the nearest one where it asks for nonsense."""
    return Paginator(things, per_page).get_page(request.GET.get("page"))
