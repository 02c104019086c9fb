"""What a phone asks for: the manifest, the icons, the worker, and the page for when there is no network."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.branding import branding
from design.art.mark import PAPER
from home.installable import icons, worker

FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """What the hub is called on a phone, and what it looks like there."""
    hub = branding(request)
    said = {
        "id": "/",
        "name": f"{hub.name}, {hub.body}",
        "short_name": hub.name,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": icons.address(hub, name),
                "sizes": f"{icon.side}x{icon.side}",
                "type": "image/png",
                "purpose": icon.purpose,
            }
            for name, icon in icons.ICONS.items()
            if name != "touch"
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def icon(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """An icon, to be kept for good. An older address leads to the present one."""
    hub = branding(request)
    if name not in icons.ICONS:
        raise Http404
    if digest != icons.digest(hub):
        return HttpResponseRedirect(icons.address(hub, name), headers={"Cache-Control": "no-store"})
    return HttpResponse(icons.png(hub, name), content_type="image/png", headers={"Cache-Control": FOR_GOOD})


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, or the one that empties and takes away what was kept."""
    return HttpResponse(worker.script(branding(request)), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    return HttpResponse(worker.offline_page(branding(request)))


@require_safe
def on_your_phone(request: HttpRequest) -> HttpResponse:
    """How one puts the hub on a phone, and what is kept there."""
    ways = [
        (_("iPhone and iPad"), _("Open the hub in Safari, press Share, and choose “Add to Home Screen”.")),
        (_("Android"), _("Open the hub in Chrome, open the menu with three dots, and choose “Install app”.")),
        (
            _("Computer"),
            _("In Chrome or Edge, press the icon at the end of the address. Safari has “Add to Dock”."),
        ),
    ]
    return render(request, "home/installable/on_your_phone.html", {"ways": ways})
