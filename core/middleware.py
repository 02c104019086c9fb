"""What happens around every request: the editor's own security policy, no shared caching of private pages, and
redirects that tell nobody what they may not see.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.models import Page, Site

from core.audiences import Visible, may_see
from core.rate_limits import refusal

GetResponse = Callable[[HttpRequest], HttpResponse]
EDITOR_PATHS = ("/admin/", "/django-admin/")


def editor_policy(get_response: GetResponse) -> GetResponse:
    """Give Wagtail's editor and Django's admin their looser policy; every other page keeps the strict one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(EDITOR_PATHS):
            response._csp_config = settings.CONTENT_SECURITY_POLICY_FOR_EDITORS["DIRECTIVES"]  # type: ignore[attr-defined]  # Django's mark
        return response

    return middleware


def private_by_default(get_response: GetResponse) -> GetResponse:
    """Tell caches between the hub and its reader to keep nothing, unless a view said otherwise itself.

    A page differs for every viewer, and one shared copy of a private page would be shown to strangers.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


UPLOADS = frozenset(
    f"{app}:{view}"
    for app in ("wagtailimages", "wagtaildocs", "wagtailimages_chooser", "wagtaildocs_chooser")
    for view in ("add", "add_multiple", "edit", "create")
)


class WithoutZeroBytes:
    """Takes zero bytes out of what a request brings. Nobody types one, and PostgreSQL refuses to look for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_zero_bytes(request.GET)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        """No address has one in it: 404. What a form brings loses them."""
        if any("\0" in value for value in (*args, *named.values()) if isinstance(value, str)):
            raise Http404
        if _chooses_no_number(request, named):
            raise Http404
        if request.method == "POST" and _has_zero_bytes(request.POST):
            request.POST = _without_zero_bytes(request.POST)


def _chooses_no_number(request: HttpRequest, named: dict[str, Any]) -> bool:
    """Wagtail's choosers look for any word as the number of a row, and fail."""
    match, number = request.resolver_match, str(named.get("pk", "0"))
    return bool(match and match.view_name.endswith(":chosen")) and not (number.isascii() and number.isdigit())


def _has_zero_bytes(brought: QueryDict) -> bool:
    return any("\0" in text for name, values in brought.lists() for text in (name, *values))


def _without_zero_bytes(brought: QueryDict) -> Any:
    clean = QueryDict(mutable=True)
    for name, values in brought.lists():
        clean.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    clean._mutable = False
    return clean


class LimitedUploads:
    """Counts what somebody uploads in Wagtail's editor; its views are not ours to decorate."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """The page that says to wait, where one file is too many."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in UPLOADS or not request.FILES:
            return None
        return refusal(request, "uploads")


class VisibleRedirects(RedirectMiddleware):
    """Wagtail's redirects from addresses that a page once had, for those who may see the page.

    A stranger keeps the 404: the new address would tell them that there is a page, and often what it is about.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if "\0" in request.path:
            return response
        answer: HttpResponse = super().process_response(request, response)
        if answer is response:
            return response if response.status_code != HTTPStatus.NOT_FOUND else _below(request) or response
        return answer if _may_follow(request, answer["Location"]) else response


def _may_follow(request: HttpRequest, address: str) -> bool:
    site = Site.find_for_request(request)
    above = site.root_page.url_path.rstrip("/") if site else ""
    page = Page.objects.filter(url_path=f"{above}{urlsplit(address).path}").first()
    return page is None or _may_open(request, page)


def _may_open(request: HttpRequest, page: Page) -> bool:
    thing = page.specific
    return page.live and isinstance(thing, Visible) and may_see(request.user, thing)


# -- addresses below a page's own --------------------------------------------------------------------------------------
STEPS = 4  # how deep the addresses of rooms go below a page's own
KEEPS_ITS_METHOD = HTTPStatus.PERMANENT_REDIRECT


def _below(request: HttpRequest) -> HttpResponse | None:
    """Where an address below a page's old one has gone: ``/communities/old/members/`` to ``/communities/new/members/``.

    Wagtail knows the page's own old address only. What rooms serve below it follows the page, and a form that was sent
    from there is sent on. The new address must be one of a room's, so that nothing else is led anywhere.
    """
    for old, rest in _split(request.path_info):
        redirect = get_redirect(request, old)
        page = redirect.redirect_page if redirect else None
        if page is not None and _may_open(request, page):
            address = f"{page.specific_deferred.get_url(request)}{rest}"
            return _moved(request, address) if _is_of_a_room(address) else None
    return None


def _split(path: str) -> Iterator[tuple[str, str]]:
    """The address of a page that may stand above ``path``, the nearest first, and what follows it."""
    steps = path.strip("/").split("/")
    for cut in range(len(steps) - 1, max(0, len(steps) - 1 - STEPS), -1):
        yield "/" + "/".join(steps[:cut]), path[len("/" + "/".join(steps[:cut])) + 1 :]


def _is_of_a_room(address: str) -> bool:
    try:
        return resolve(urlsplit(address).path).namespace in settings.ROOMS
    except Resolver404:
        return False


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING")
    answer = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    if request.method not in {"GET", "HEAD"}:
        answer.status_code = KEEPS_ITS_METHOD
    return answer
