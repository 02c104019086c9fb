"""What happens around every request: the editor's own security policy, and no shared caching of private pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]
EDITOR_PATHS = ("/admin/", "/django-admin/")


def editor_policy(get_response: GetResponse) -> GetResponse:
    """Give Wagtail's editor and Django's admin their looser policy; every other page keeps the strict one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(EDITOR_PATHS):
            response._csp_config = settings.CONTENT_SECURITY_POLICY_FOR_EDITORS["DIRECTIVES"]  # type: ignore[attr-defined]
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
