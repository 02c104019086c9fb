"""Which page somebody means who says that something is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Length
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from core.audiences import Viewer, may_see
from people.models import User
from surgeries.models import Session

LONGEST_PATH = 1000
ANY_PAGE = "wagtail_serve"  # answers every address that no other view does


@dataclass(frozen=True, slots=True)
class Meant:
    """What a report is about: an address of this hub, what stands there is called, and the page behind it, if any."""

    path: str = ""
    title: str = ""
    page: Page | None = None


def meant_by(viewer: Viewer, path: str) -> Meant:
    """What ``viewer`` means by an address. Of what they may not see no more is said than of what does not exist."""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH or not path.isprintable():
        return Meant()
    path = path.partition("?")[0]
    page = page_of_view(viewer, path) or page_at(viewer, path)
    if page is not None:
        return Meant(path, page.title, page)
    person = person_at(viewer, path)
    return Meant(path, str(person) if person else path) if person or is_list(path) else Meant()


def page_at(viewer: Viewer, path: str) -> Page | None:
    """The page at this address, or the nearest one above it: a community's list of members belongs to the community.

    Where that is hidden from ``viewer`` it is the next one, as where nothing stands at the address.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    root = site.root_page.url_path
    addresses = [root.rstrip("/") + above for above in ways_up(path)]
    found = Page.objects.live().filter(url_path__in=addresses).order_by(Length("url_path").desc()).specific()
    page = next((page for page in found if may_see(viewer, page)), None)
    return None if page is None or (page.url_path == root and path != "/") else page


def ways_up(path: str) -> Iterator[str]:
    """``/a/b/``, ``/a/`` and ``/``."""
    steps = [step for step in path.split("/") if step]
    for count in range(len(steps), -1, -1):
        yield "/" + "".join(f"{step}/" for step in steps[:count])


def page_of_view(viewer: Viewer, path: str) -> Page | None:
    """The surgery that a session belongs to."""
    name, arguments = view_at(path)
    if name != "surgeries:session":
        return None
    session = Session.objects.visible_to(viewer).select_related("surgery").filter(**arguments).first()
    return session.surgery if session else None


def person_at(viewer: Viewer, path: str) -> User | None:
    """Whose page stands at this address."""
    name, arguments = view_at(path)
    if name != "people:person":
        return None
    found: User | None = User.objects.shown_to(viewer).filter(**arguments).first()
    return found


def is_list(path: str) -> bool:
    """Whether something stands there that is no one's page: a search, the directory, somebody's own things."""
    name, arguments = view_at(path)
    return bool(name) and not arguments and name != ANY_PAGE


def view_at(path: str) -> tuple[str, dict[str, Any]]:
    """The name of the view at this address, and what it is called with."""
    try:
        match = resolve(path)
    except Resolver404:
        return "", {}
    return match.view_name, match.kwargs
