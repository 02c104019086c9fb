"""Choosers of Wagtail's editor, and the forms that show what was chosen, name only what is open."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
)
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.current_reader import reader
from core.editing.access import closed_among, is_open, without_closed
from core.editing.gaps.replacing import closes


@closes((BaseChooseView, "apply_object_list_ordering"))
def only_open_choices(theirs: Callable[..., Any], view: BaseChooseView, things: QuerySet[Any]) -> Any:
    """Choosers of what is no page list all of it."""
    return theirs(view, without_closed(things, view.request.user))


@closes((AdminPageChooser, "get_instance"))
def only_open_choice(theirs: Callable[..., Any], widget: AdminPageChooser, value: object) -> Any:
    """A form that came back shows the title of whatever number was posted."""
    page = theirs(widget, value)
    return page if page is None or not reader().is_authenticated or is_open(reader(), page) else None


@closes((ExternalLinkView, "post"))
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


@closes((ImagesAdminAPIViewSet, "get_queryset"), (DocumentsAdminAPIViewSet, "get_queryset"))
def only_uploads_they_may_choose(theirs: Callable[..., Any], api: BaseAPIViewSet) -> Any:
    """The editor's API lists every picture and every file, and says where each lies."""
    uploads = theirs(api)
    policy = policy_registry.get_by_type(uploads.model)
    chosen = policy.instances_user_has_any_permission_for(api.request.user, ["choose"])
    return uploads.filter(pk__in=chosen.order_by().values("pk"))


@closes((BaseChooser, "get_value_data_from_instance"), (AdminImageChooser, "get_value_data_from_instance"))
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


@closes((Page, "get_admin_display_title"))
def only_their_drafts_titles(theirs: Callable[..., Any], page: Page) -> Any:
    """Choosers show every open page. What a draft calls itself is for those who have something to do with it."""
    person = reader()
    is_a_draft = page.live and page.pk and page.draft_title and page.draft_title != page.title
    if not is_a_draft or not person.is_authenticated or person.is_superuser:
        return theirs(page)
    return theirs(page) if page.specific_deferred.permissions_for_user(person).can_edit() else page.title
