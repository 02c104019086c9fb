"""Links and pictures in text that people wrote: each asks the one rule when it is shown.

A link that the reader may not follow keeps its words and loses its address; a picture that they may not see is left
out with its title. Who reads is known from ``core.current_reader``.
"""

import re
from collections.abc import Callable, Collection, Iterable
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.models import Page, Site
from wagtail.rich_text.pages import PageLinkHandler

from core.audiences import Visible, tokens_of
from core.current_reader import held_tokens, reader
from core.editing.access import closed_among
from core.fragments import note
from core.models import HubDocument
from core.registry import Registry

LOOKED_UP: Registry[Callable[[str], str]] = Registry("what in text is looked up for each reader", taken_by="design")
"""Each gets HTML that people wrote, and returns it as the reader may see it; it is cleaned after that."""
HREF = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"')
DOCUMENT = re.compile(r"/documents/(\d+)/")


def is_shown(thing: object) -> bool:
    """Whether the reader may see ``thing``, and it is published where that is a question."""
    if not isinstance(thing, Visible):
        return False
    note(thing)
    return bool(getattr(thing, "live", True) and not tokens_of(thing).isdisjoint(held_tokens(reader())))


def shown(thing: object) -> Any:
    """``thing``, or nothing where the reader may not see it."""
    return thing if is_shown(thing) else None


class ShownPageLink(PageLinkHandler):
    """Links to pages."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        return [shown(page) for page in super().get_many(attrs_list)]


class ShownDocumentLink(DocumentLinkHandler):
    """Links to uploaded files."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        return [shown(file) for file in super().get_many(attrs_list)]


class ShownImage(ImageEmbedHandler):
    """Uploaded pictures in a text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        return [shown(image) for image in super().get_many(attrs_list)]


class OpenPageLinkElement(PageLinkElementHandler):
    """A link to a page as the editor's own form has it: it stays, and does not tell the address of what is closed."""

    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if closed_among(Page, [attrs["id"]], reader()):
            return {"id": int(attrs["id"]), "url": None, "parentId": None}
        data: dict[str, Any] = super().get_attribute_data(attrs)
        return data


class OpenDocumentLinkElement(DocumentLinkElementHandler):
    """A link to a file likewise: neither its address nor the name of the file, which says what is in it."""

    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if closed_among(HubDocument, [attrs.get("id")], reader()):
            return {"id": int(attrs["id"]), "url": None, "filename": ""}
        data: dict[str, Any] = super().get_attribute_data(attrs)
        return data


# -- addresses that somebody typed -------------------------------------------------------------------------------------
def without_hidden_addresses(html: str, hidden: Collection[str] | None = None) -> str:
    """``html`` with typed addresses of this hub taken out where they lead to something that the reader may not see.
    ``hidden`` is known where ``hidden_addresses`` was asked for several texts at once.
    """
    paths = _paths_in(html)
    if not paths:
        return html
    if hidden is None:
        hidden = _hidden(set(paths.values()))
    return HREF.sub(lambda link: f"<a{link[1]}" if paths.get(link[2]) in hidden else link[0], html)


def hidden_addresses(texts: Iterable[str]) -> Collection[str]:
    """The paths in all of these texts that the reader is not led to: as many queries as for one."""
    paths = {path for html in texts for path in _paths_in(html).values()}
    return _hidden(paths) if paths else ()


def page_keys(paths: Iterable[str]) -> dict[str, str]:
    """The keys of the pages that stand at these paths, whoever may see them."""
    root = Site.get_site_root_paths()
    above = root[0].root_path.rstrip("/") if root else ""
    at = {f"{above}{path}": path for path in paths}
    found = Page.objects.live().filter(url_path__in=at) if at else Page.objects.none()
    rows = found.values_list("url_path", "content_type__app_label", "content_type__model", "pk")
    return {at[url_path]: f"{app}.{model}:{pk}" for url_path, app, model, pk in rows}


def _paths_in(html: str) -> dict[str, str]:
    return {href: path for _attributes, href in HREF.findall(html) if (path := path_here(href))}


def path_here(href: str) -> str:
    """The path of an address within this hub, or nothing."""
    address = urlsplit(unescape(href).strip())
    ours = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    is_here = not address.netloc or address.netloc == ours.netloc
    return unquote(address.path) if is_here and address.path.startswith("/") else ""


def title_above(path: str) -> str:
    """What the page at this path, or the nearest one above it, is called, where the reader may see it."""
    page = _pages_above([path]).get(path)
    return str(page.title) if page is not None and is_shown(page) else ""


def _hidden(paths: Iterable[str]) -> set[str]:
    pages = _pages_above(paths)
    numbers = {path: int(found[1]) for path in paths if (found := DOCUMENT.match(path))}
    files = HubDocument.objects.in_bulk([pk for pk in numbers.values() if pk < 2**31]) if numbers else {}
    hidden = set()
    for path in paths:
        thing = files.get(numbers[path]) if path in numbers else pages.get(path)
        if thing is not None and not is_shown(thing):
            hidden.add(path)
    return hidden


def _pages_above(paths: Iterable[str]) -> dict[str, Page]:
    """The page at each path or, where an address goes on behind a page, the nearest one above it."""
    root = Site.get_site_root_paths()
    above = root[0].root_path.rstrip("/") if root else ""
    steps = {path: _steps(path) for path in paths}
    wanted = {f"{above}{step}" for each in steps.values() for step in each}
    pages = {page.url_path: page for page in Page.objects.filter(url_path__in=wanted).specific()}
    nearest = {path: (pages.get(f"{above}{step}") for step in each) for path, each in steps.items()}
    return {path: found for path, each in nearest.items() if (found := next(filter(None, each), None))}


def _steps(path: str) -> list[str]:
    """A path and those above it, the longest first, without the front page."""
    names = [name for name in path.split("/") if name][:6]
    return [f"/{'/'.join(names[:count])}/" for count in range(len(names), 0, -1)]
