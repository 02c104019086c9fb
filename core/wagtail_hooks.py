"""Where Wagtail serves something, the one rule is asked first."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler
from wagtail.documents.models import AbstractDocument
from wagtail.documents.rich_text.contentstate import document_link_entity
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import AbstractPage, BaseLogEntry, Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from core.audiences import Visible, may_see
from core.current_reader import GRANTED
from core.dead_addresses import report as dead_addresses
from core.desk import panels, views as desk
from core.drafts import is_ahead, keep_what_is_live
from core.editing import gaps, reasons
from core.editing.access import closed_pages, is_open
from core.editing.policy import OpenPagesPolicy
from core.editing.publishing import PublishWhatIsReady
from core.links import OpenDocumentLinkElement, OpenPageLinkElement, ShownDocumentLink, ShownImage, ShownPageLink
from core.models import HubPage
from core.viewsets import TopicViewSet
from core.working_days.viewsets import ClosedDayViewSet

register_permission_policy(AbstractPage, OpenPagesPolicy())
register_snippet(TopicViewSet)
register_snippet(ClosedDayViewSet)
hooks.register("register_bulk_action", PublishWhatIsReady, order=10)  # after Wagtail's, in its place
hooks.register("register_admin_urls", dead_addresses.addresses)
hooks.register("register_reports_menu_item", dead_addresses.menu_item)
hooks.register("register_admin_urls", lambda: desk.addresses)
hooks.register("construct_homepage_panels", panels.lay_out)
hooks.register("construct_main_menu", desk.arrange_menu)
hooks.register("construct_help_menu", desk.arrange_help)
hooks.register("insert_global_admin_css", desk.style)
gaps.close()


@hooks.register("before_serve_page", order=-100)
def only_its_audience_sees_a_page(page: Page, request: HttpRequest, *_args: object, **_kwargs: object) -> None:
    """A stranger to a page gets 404, never 403, so that nobody learns that it exists."""
    _refuse_strangers(page, request)


@hooks.register("before_serve_document", order=-100)
def only_its_audience_fetches_a_file(document: AbstractDocument, request: HttpRequest) -> None:
    """The same for uploaded files."""
    _refuse_strangers(document, request)


def _refuse_strangers(thing: object, request: HttpRequest) -> None:
    if not isinstance(thing, Visible) or not may_see(request.user, thing):
        raise Http404


@hooks.register("before_publish_page")
def what_is_live_stays_until_the_date(_request: HttpRequest, page: Page) -> None:
    """The editor publishes past ``Page.publish``."""
    if isinstance(page, HubPage) and is_ahead(page):
        keep_what_is_live(page)


@hooks.register("construct_explorer_page_queryset")
def explorer_lists_by_title(parent_page: Page, pages: QuerySet[Any], request: HttpRequest) -> Any:
    """Thousands of stories are found by their title rather than by the order they came in."""
    return pages if request.GET.get("ordering") else pages.order_by("title")


# -- what is closed to an editor ---------------------------------------------------------------------------------------
@hooks.register("construct_page_chooser_queryset")
def only_open_pages_to_choose(pages: Any, request: HttpRequest) -> Any:
    """Choosers list every page to whoever may enter the editor, and ask for the state of each row by itself."""
    shown = pages.exclude(closed_pages(request.user))
    return shown.prefetch_workflow_states().annotate_approved_schedule() if shown.is_specific else shown


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def told_when_made_private(request: HttpRequest, page: Page) -> None:
    """Whoever runs the hub may make something for members alone, and its facilitators hear of it."""
    if not request.user.is_superuser:
        return
    setattr(request.user, GRANTED, reasons.granted(request))  # without what the form lent for saving
    fresh = type(page)._default_manager.get(pk=page.pk)
    if not is_open(request.user, fresh):
        reasons.grant(request, [fresh], str(_("It was made for members only.")))


@hooks.register("register_rich_text_features", order=10)
def links_ask_the_one_rule(features: FeatureRegistry) -> None:
    """Links and pictures in text, on pages and in the editor's own forms."""
    features.register_link_type(ShownPageLink)
    features.register_link_type(ShownDocumentLink)
    features.register_embed_type(ShownImage)
    rule = {
        "from_database_format": {
            "a[href]": ExternalLinkElementHandler("LINK"),
            'a[linktype="page"]': OpenPageLinkElement("LINK"),
        },
        "to_database_format": {"entity_decorators": {"LINK": link_entity}},
    }
    features.register_converter_rule("contentstate", "link", rule)
    of_files = {
        "from_database_format": {'a[linktype="document"]': OpenDocumentLinkElement("DOCUMENT")},
        "to_database_format": {"entity_decorators": {"DOCUMENT": document_link_entity}},
    }
    features.register_converter_rule("contentstate", "document-link", of_files)


@hooks.register("register_log_actions")
def opened_with_a_reason(actions: LogActionRegistry) -> None:
    """Who opened what is for members alone, and why, is an entry."""
    actions.register_action("core.opened")(OpenedFormatter)


class OpenedFormatter(LogFormatter):
    """The entry, with the reason."""

    label = _("Open with a reason")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return str(_("Opened, because: %(reason)s")) % {"reason": log_entry.data.get("reason", "")}
