"""Where the explorer opens: for whoever writes for communities on their pages, wherever these stand in the tree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.menu import DismissibleMenuItem, MenuItem
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page

from core.desk import help as desk_help
from core.desk.pages import begins_with_what_is_theirs, pages_of

explorer = page_viewset_registry.as_view("index", is_base_page=True)


class OwnPagesView(IndexView):
    """Every page that they change, the newest first, with Wagtail's filters and search."""

    model = Page
    page_title = _("Your pages")
    header_icon = "doc-empty-inverse"
    index_url_name = "desk_pages"
    index_results_url_name = "desk_pages_results"
    list_display = ()
    """Wagtail's columns."""
    add_url_name = None

    def get_base_queryset(self) -> Any:
        return self.annotate_queryset(pages_of(self.request.user))


def explore(request: HttpRequest) -> Any:
    """Wagtail's ``/admin/pages/``."""
    return redirect("desk_pages") if begins_with_what_is_theirs(request.user) else explorer(request)


@require_safe
def helps(request: HttpRequest) -> HttpResponse:
    """What the guide for editors says, where one needs it."""
    return render(request, "core/desk/help.html", {"guide": desk_help.guide()})


addresses = [
    path("desk/pages/", OwnPagesView.as_view(), name="desk_pages"),
    path("desk/pages/results/", OwnPagesView.as_view(results_only=True), name="desk_pages_results"),
    path("desk/help/", helps, name="desk_help"),
]


def arrange_help(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Our guide in the place of Wagtail's, and no news of Wagtail."""
    guide = MenuItem(_("Help for whoever writes"), reverse("desk_help"), name="guide", icon_name="help", order=1)
    items[:] = [guide, *(item for item in items if not isinstance(item, DismissibleMenuItem))]


def style() -> str:
    """The hub's colours and type, over Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("editor/editor.css"))


def arrange_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """The desk first. Whoever writes for communities gets a list of their pages instead of a tree to climb through."""
    items.append(MenuItem(_("Your desk"), reverse("wagtailadmin_home"), name="desk", icon_name="home", order=1))
    if begins_with_what_is_theirs(request.user):
        own = MenuItem(
            _("Your pages"), reverse("desk_pages"), name="explorer", icon_name="folder-open-inverse", order=100
        )
        items[:] = [own if item.name == "explorer" else item for item in items]
