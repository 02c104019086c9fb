"""Small addresses that machines ask for."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(no_store=True)
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database, for whoever watches it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: the public pages, not the searches."""
    sitemap = request.build_absolute_uri("/sitemap.xml")
    lines = (
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /account/",
        "Disallow: /admin/",
        f"Sitemap: {sitemap}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
