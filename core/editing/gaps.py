"""Places of Wagtail's editor that ask for no permission and have no hook, closed by hand.

Each is one function put in the place of Wagtail's, which it calls. ``tests/core/test_editor_gaps.py`` holds Wagtail to
what is assumed here: read it when Wagtail is upgraded.
"""

import json
from collections.abc import Callable, Collection as Several, Iterable, Mapping
from functools import wraps
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast
from django.forms import Form, ModelChoiceField
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.forms.collections import BaseGroupCollectionMemberPermissionFormSet
from wagtail.admin.mail import EmailNotificationMixin
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChosenMultipleViewMixin,
    ChosenViewMixin,
    CreateViewMixin,
)
from wagtail.admin.views.pages import edit
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.workflows import BaseTaskChooserView, WorkflowUsageView
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.contrib.redirects.views import IndexView as RedirectsView
from wagtail.contrib.search_promotions.views.settings import IndexView as PromotionsView
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views.chooser import DocumentChosenView
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views.chooser import ImageChosenView, ImageSelectFormatView
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Collection, Page
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from core.audiences import Viewer
from core.current_reader import reader
from core.editing import people
from core.editing.access import MOST_DIGITS, closed, closed_among, is_open, without_closed
from core.editing.forms import NO_COPIES
from core.editing.lists import not_theirs_among, theirs
from core.uploads import general

GAPS: dict[tuple[Any, str], Callable[..., Any]] = {}
"""What is replaced: the class or module, and the name there."""


def close() -> None:
    """Put ours in the place of Wagtail's. Done twice, it is done once."""
    people.close()
    for (place, name), ours in GAPS.items():
        theirs = getattr(place, name)
        if not hasattr(theirs, "_closes"):
            replacement = wraps(theirs)(_bind(ours, theirs))
            replacement._closes = ours  # type: ignore[attr-defined]  # marks what is replaced
            setattr(place, name, replacement)


def _bind(ours: Callable[..., Any], theirs: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: ours(theirs, *args, **kwargs)


def _closes(*gaps: tuple[Any, str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(ours: Callable[..., Any]) -> Callable[..., Any]:
        GAPS.update(dict.fromkeys(gaps, ours))
        return ours

    return register


@_closes((LockedPagesView, "get_queryset"))
def only_their_locks(theirs_of_wagtail: Callable[..., Any], view: View) -> Any:
    """What somebody once locked stays in the report when it is theirs no more."""
    pages = theirs(Page, view.request.user)
    locked = theirs_of_wagtail(view)
    return locked if pages is None else locked.filter(pk__in=pages.values("pk"))


@_closes(
    (RedirectsView, "get_base_queryset"),
    (PromotionsView, "get_base_queryset"),
    (WorkflowUsageView, "get_queryset"),
)
def only_open_rows(theirs: Callable[..., Any], view: View) -> Any:
    """Lists of pages, or of what leads to a page, that the policy is not asked for."""
    return without_closed(theirs(view), view.request.user)


@_closes((PageTypesUsageReportView, "decorate_paginated_queryset"))
def only_open_last_edits(theirs: Callable[..., Any], view: PageTypesUsageReportView, page_types: QuerySet[Any]) -> Any:
    """The report names the page of each type that was edited last."""
    kinds = theirs(view, page_types)
    pks = [kind.last_edited_page_id for kind in kinds if kind.last_edited_page_id]
    hidden = not_theirs_among(Page, pks, view.request.user)
    for kind in kinds:
        if str(kind.last_edited_page_id) in hidden:
            kind.last_edited_page = kind.last_edited_page_id = None
    return kinds


@_closes((BulkAction, "get_actionable_objects"))
def only_open_things(theirs: Callable[..., Any], action: BulkAction) -> Any:
    """A bulk action names also what one may *not* do it to, and "all" means all."""
    person, of_wagtail = action.request.user, type(action).get_queryset

    def get_queryset(model: type[Model], pks: Several[str]) -> list[Any]:
        things = of_wagtail(model, pks)
        hidden = not_theirs_among(model, [thing.pk for thing in things], person)
        hidden |= closed_among(model, [thing.pk for thing in things], person)
        shown = [thing for thing in things if str(thing.pk) not in hidden]
        for thing in shown:
            thing.open_to = person.pk
        return shown

    action.get_queryset = get_queryset
    return theirs(action)


@_closes((BaseChooseView, "apply_object_list_ordering"))
def only_open_choices(theirs: Callable[..., Any], view: BaseChooseView, things: QuerySet[Any]) -> Any:
    """Choosers of what is no page list all of it."""
    return theirs(view, without_closed(things, view.request.user))


@_closes((AdminPageChooser, "get_instance"))
def only_open_choice(theirs: Callable[..., Any], widget: AdminPageChooser, value: object) -> Any:
    """A form that came back shows the title of whatever number was posted."""
    page = theirs(widget, value)
    return page if page is None or not reader().is_authenticated or is_open(reader(), page) else None


@_closes((ExternalLinkView, "post"))
def only_open_pages_behind_addresses(theirs: Callable[..., Any], view: ExternalLinkView, request: HttpRequest) -> Any:
    """An address that somebody typed is made a link to the page there, by what its newest draft is called."""
    answer = theirs(view, request)
    said = json.loads(answer.content)
    found = said.get("internal") or said.get("result") or {}
    page = Page.objects.filter(pk=found.get("id")).first()
    if page is None:
        return answer
    shown = is_open(request.user, page.specific_deferred) and page.get_admin_display_title()
    if shown == found["adminTitle"]:
        return answer
    if shown and "internal" not in said:
        return JsonResponse({**said, "result": {**found, "adminTitle": shown}})
    return view.render_chosen_response(view.get_result_data())


@_closes((ImagesAdminAPIViewSet, "get_queryset"), (DocumentsAdminAPIViewSet, "get_queryset"))
def only_uploads_they_may_choose(theirs: Callable[..., Any], api: BaseAPIViewSet) -> Any:
    """The editor's API lists every picture and every file, and says where each lies."""
    uploads = theirs(api)
    policy = policy_registry.get_by_type(uploads.model)
    chosen = policy.instances_user_has_any_permission_for(api.request.user, ["choose"])
    return uploads.filter(pk__in=chosen.order_by().values("pk"))


@_closes((BaseChooser, "get_value_data_from_instance"), (AdminImageChooser, "get_value_data_from_instance"))
def only_names_of_open_choices(theirs: Callable[..., Any], widget: BaseChooser, instance: Model) -> Any:
    """A form shows the name, and of a picture its face, of whatever it has or whatever number was posted. The number
    stays, so that nothing is lost by saving.
    """
    person = reader()
    if isinstance(instance, Page) or not person.is_authenticated or getattr(instance, "open_to", None) == person.pk:
        return theirs(widget, instance)
    if not closed_among(type(instance), [instance.pk], person):
        instance.open_to = person.pk  # type: ignore[attr-defined]  # Wagtail's own for pictures asks again
        return theirs(widget, instance)
    hidden = {"id": instance.pk, "edit_url": None, widget.display_title_key: gettext("Not yours to see")}
    return {**hidden, "preview": {"url": "", "width": 0, "height": 0}, "default_alt_text": ""}


@_closes((Page, "get_admin_display_title"))
def only_their_drafts_titles(theirs: Callable[..., Any], page: Page) -> Any:
    """Choosers show every open page. What a draft calls itself is for those who have something to do with it."""
    person = reader()
    is_a_draft = page.live and page.pk and page.draft_title and page.draft_title != page.title
    if not is_a_draft or not person.is_authenticated or person.is_superuser:
        return theirs(page)
    return theirs(page) if page.specific_deferred.permissions_for_user(person).can_edit() else page.title


@_closes((ModelLogEntryManager, "viewable_by_user"))
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


@_closes((EmailNotificationMixin, "get_valid_recipients"))
def only_those_who_may_see(theirs: Callable[..., Any], notifier: object, instance: Page, **kwargs: object) -> set[Any]:
    """A task of a workflow is announced to a group, whatever the page."""
    state = getattr(instance, "workflow_state", instance)
    task = state.current_task_state.task.specific if state.current_task_state else None
    if getattr(task, "is_told_by_the_hub", False):
        return set()
    recipients = theirs(notifier, instance, **kwargs)
    page = state.content_object
    return {person for person in recipients if not isinstance(page, Page) or is_open(person, page.specific)}


@_closes((edit, "send_notification"))
def only_to_those_who_may_see(
    theirs: Callable[..., Any], recipients: Iterable[Viewer], notification: str, context: Mapping[str, Any]
) -> Any:
    """A comment is announced to whoever once wrote one."""
    page = context.get("page")
    return theirs([each for each in recipients if page is None or is_open(each, page.specific)], notification, context)


@_closes((CopyPageAction, "check"), (CreatePageAliasAction, "check"))
def only_what_they_publish(theirs: Callable[..., Any], action: Any, **kwargs: Any) -> Any:
    """Whoever may publish below an index publishes something there, and not a copy of everything."""
    makes_live = action.user and action.page.live and getattr(action, "keep_live", True)
    if makes_live and not action.page.permissions_for_user(action.user).can_publish():
        raise action.permission_error_class(NO_COPIES)
    return theirs(action, **kwargs)


@_closes((BaseTaskChooserView, "get_create_model"))
def no_tasks_of_groups(_theirs: Callable[..., Any], _view: BaseTaskChooserView) -> None:
    """A task of Wagtail lets a group agree to anything: workflows are put together of what there is."""


@_closes((BaseGroupCollectionMemberPermissionFormSet, "__init__"))
def only_rows_of_general_collections(
    theirs: Callable[..., Any], rows: BaseGroupCollectionMemberPermissionFormSet, *args: Any, **kwargs: Any
) -> None:
    """The form of a group lists what it may in each collection."""
    theirs(rows, *args, **kwargs)
    offered = set(general(Collection.objects.all()).values_list("pk", flat=True)) if rows.initial else set()
    rows.initial = [row for row in rows.initial if row["collection"].pk in offered]


@_closes((BaseGroupCollectionMemberPermissionFormSet, "add_fields"))
def only_general_collections(
    theirs: Callable[..., Any], rows: BaseGroupCollectionMemberPermissionFormSet, form: Form, index: int | None
) -> None:
    """The form of a group offers every collection by its name."""
    theirs(rows, form, index)
    offered = cast("ModelChoiceField[Collection]", form.fields["collection"])
    offered.queryset = general(Collection.objects.all())


# -- addresses that somebody made up: 404 instead of an error ----------------------------------------------------------
@_closes((ChosenViewMixin, "get_object"))
def only_numbers(theirs: Callable[..., Any], view: ChosenViewMixin, pk: str) -> Any:
    """Choosers take any text for a key."""
    try:
        return theirs(view, pk)
    except (ValueError, OverflowError) as error:
        raise Http404 from error


@_closes((ImageChosenView, "get_object"), (ImageSelectFormatView, "get_object"), (DocumentChosenView, "get_object"))
def only_what_they_may_choose(theirs: Callable[..., Any], view: View, pk: str) -> Any:
    """A refusal would say that there is something."""
    try:
        return theirs(view, pk)
    except PermissionDenied as error:
        raise Http404 from error


@_closes((ChosenMultipleViewMixin, "get_objects"))
def only_numbers_of_many(theirs: Callable[..., Any], view: ChosenMultipleViewMixin, pks: Iterable[str]) -> Any:
    """The same, for several at once."""
    return theirs(view, [pk for pk in pks if pk.isascii() and pk.isdigit() and len(pk) < MOST_DIGITS])


@_closes((CreateViewMixin, "dispatch"))
def only_what_can_be_made(theirs: Callable[..., Any], view: CreateViewMixin, *args: object, **kwargs: object) -> Any:
    """Choosers have an address for making a thing, also where it cannot be made there."""
    if not view.get_creation_form_class():
        raise Http404
    return theirs(view, *args, **kwargs)
