"""Lists, reports and bulk actions of Wagtail's editor show what is theirs."""

from collections.abc import Callable, Collection as Several
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast
from django.views.generic import View
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.workflows import WorkflowUsageView
from wagtail.contrib.redirects.views import IndexView as RedirectsView
from wagtail.contrib.search_promotions.views.settings import IndexView as PromotionsView
from wagtail.models import Page
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.snippets.models import get_snippet_models

from core.audiences import Viewer
from core.editing.access import closed, without_closed
from core.editing.gaps.replacing import closes
from core.editing.lists import not_theirs_among, theirs


@closes((LockedPagesView, "get_queryset"))
def only_their_locks(theirs_of_wagtail: Callable[..., Any], view: View) -> Any:
    """What somebody once locked stays in the report when it is theirs no more."""
    pages = theirs(Page, view.request.user)
    locked = theirs_of_wagtail(view)
    return locked if pages is None else locked.filter(pk__in=pages.values("pk"))


@closes(
    (RedirectsView, "get_base_queryset"),
    (PromotionsView, "get_base_queryset"),
    (WorkflowUsageView, "get_queryset"),
)
def only_open_rows(theirs: Callable[..., Any], view: View) -> Any:
    """Lists of pages, or of what leads to a page, that the policy is not asked for."""
    return without_closed(theirs(view), view.request.user)


@closes((PageTypesUsageReportView, "decorate_paginated_queryset"))
def only_open_last_edits(theirs: Callable[..., Any], view: PageTypesUsageReportView, page_types: QuerySet[Any]) -> Any:
    """The report names the page of each type that was edited last."""
    kinds = theirs(view, page_types)
    pks = [kind.last_edited_page_id for kind in kinds if kind.last_edited_page_id]
    hidden = not_theirs_among(Page, pks, view.request.user)
    for kind in kinds:
        if str(kind.last_edited_page_id) in hidden:
            kind.last_edited_page = kind.last_edited_page_id = None
    return kinds


@closes((BulkAction, "get_actionable_objects"))
def only_open_things(theirs: Callable[..., Any], action: BulkAction) -> Any:
    """A bulk action names also what one may *not* do it to, and "all" means all."""
    person, of_wagtail = action.request.user, type(action).get_queryset

    def get_queryset(model: type[Model], pks: Several[str]) -> list[Any]:
        things = of_wagtail(model, pks)
        hidden = not_theirs_among(model, [thing.pk for thing in things], person)
        shown = [thing for thing in things if str(thing.pk) not in hidden]
        for thing in shown:
            thing.open_to = person.pk
        return shown

    action.get_queryset = get_queryset
    return theirs(action)


@closes((ModelLogEntryManager, "viewable_by_user"))
def only_open_entries(theirs: Callable[..., Any], manager: ModelLogEntryManager, person: Viewer) -> Any:
    """The log of what is no page knows types only. Of what is gone nobody can say whose it was."""
    entries = theirs(manager, person)
    for model in get_snippet_models():
        if (hidden := closed(model, person)) is None:
            continue
        kind = ContentType.objects.get_for_model(model)
        pks = hidden.annotate(text=Cast("pk", CharField())).values("text")
        entries = entries.exclude(content_type=kind, object_id__in=pks)
        if not person.is_superuser:
            gone = manager.filter(content_type=kind, deleted=True).values("object_id")
            entries = entries.exclude(content_type=kind, object_id__in=gone)
    return entries
