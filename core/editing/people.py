"""Filters by people in the editor's lists: Wagtail offers everybody who ever owned, edited or locked any page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet
from wagtail.models import Page, PageLogEntry, WorkflowState

from core.editing.lists import theirs

Keys = QuerySet[Any, Any]


def _owners(pages: QuerySet[Any]) -> Keys:
    return pages.order_by().values("owner_id")


def _editors(pages: QuerySet[Any]) -> Keys:
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages.order_by().values("pk"))
    return edits.order_by().values("user_id")


def _lockers(pages: QuerySet[Any]) -> Keys:
    return pages.order_by().values("locked_by_id")


def _requesters(pages: QuerySet[Any]) -> Keys:
    keys = pages.order_by().annotate(text=Cast("pk", CharField())).values("text")
    return WorkflowState.objects.filter(object_id__in=keys).values("requested_by_id")


FILTERS: list[tuple[Any, str, Callable[[QuerySet[Any]], Keys]]] = [
    (PageFilterSet, "owner", _owners),
    (PageFilterSet, "edited_by", _editors),
    (LockedPagesReportFilterSet, "locked_by", _lockers),
    (WorkflowReportFilterSet, "requested_by", _requesters),
]


def _offered(keys: Callable[[QuerySet[Any]], Keys], request: HttpRequest) -> QuerySet[Any]:
    """Those of the pages that the editor would list."""
    pages = theirs(Page, request.user)
    people = get_user_model()._default_manager.order_by("sort_name")
    return people.none() if pages is None else people.filter(pk__in=keys(pages))


def close() -> None:
    for filters, name, keys in FILTERS:
        filters.base_filters[name].queryset = partial(_offered, keys)
