"""The main menu and the foot of every page."""

from typing import Any, TypedDict

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page, Site, get_page_models

from core import fragments, versions
from core.audiences import viewer_tokens
from core.models import HubPage

MENU_LASTS = 3600  # seconds


class MenuLink(TypedDict, total=False):
    """One entry of a menu."""

    title: str
    url: str
    current: bool


def menu(request: HttpRequest) -> list[MenuLink]:
    """The main menu: the pages that editors show in menus, what is talked about, and the directory of people."""
    links: list[MenuLink] = [{"title": _("Today"), "url": "/"}, *_pages(request)]
    links.append({"title": _("Conversations"), "url": reverse("conversations:everywhere")})
    links.append({"title": _("People"), "url": reverse("people:directory")})
    for link in links:
        link["current"] = request.path == link["url"] or (link["url"] != "/" and request.path.startswith(link["url"]))
    return links


def _pages(request: HttpRequest) -> list[MenuLink]:
    """The entries that this viewer may see; which pages there are is kept for everybody, with their audiences."""
    key = f"hub.navigation.{fragments.current(request)[versions.SITE]}"
    pages: list[tuple[str, MenuLink]] | None = cache.get(key)
    if pages is None:
        site = Site.find_for_request(request)
        shown = site.root_page.get_children().live().in_menu() if site else Page.objects.none()
        pages = [(page.token, {"title": page.title, "url": page.get_url(request)}) for page in _with_tokens(shown)]
        cache.set(key, pages, MENU_LASTS)
    tokens = viewer_tokens(request.user)
    return [{**link} for token, link in pages if token in tokens]


def _with_tokens(pages: QuerySet[Any]) -> Any:
    """Pages of any kind, each with its ``token``, in one query instead of one for each kind."""
    kinds = (model._meta.model_name for model in get_page_models() if issubclass(model, HubPage))
    return pages.annotate(token=Coalesce(*(f"{kind}__audience_token" for kind in kinds)))


def foot(request: HttpRequest) -> list[dict[str, Any]]:
    """The columns at the foot of every page."""
    return [
        {
            "heading": _("Find your way"),
            "links": [
                {"title": _("Search"), "url": reverse("search:results")},
                {"title": _("Ask a question"), "url": reverse("conversations:ask")},
                {"title": _("People"), "url": reverse("people:directory")},
                {"title": _("Who knows"), "url": reverse("people:who_knows")},
                {"title": _("On your phone"), "url": reverse("home:on_your_phone")},
            ],
        },
        {
            "heading": _("When something is wrong"),
            "links": [
                {"title": _("Something wrong with this page?"), "url": report_url(request)},
                {"title": _("Accessibility statement"), "url": "/accessibility/"},
                {"title": _("What we hold about you"), "url": "/privacy/"},
            ],
        },
    ]


def report_url(request: HttpRequest) -> str:
    """Where to say that something is wrong, with the page that is being read filled in."""
    here = request.path if not request.path.startswith("/report/") else ""
    return f"/report/?{urlencode({'page': here})}" if here else "/report/"
