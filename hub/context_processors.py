"""What every page knows: whose hub it is, the menus, and the way in and out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from core.branding import branding
from home.installable import icons
from hub import navigation
from notifications.listings import beside_my_face


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What stands around every page."""
    whose = SimpleLazyObject(lambda: branding(request))
    return {
        "branding": whose,
        "icons": SimpleLazyObject(lambda: icons.addresses(branding(request))),
        "service_worker": settings.SERVICE_WORKER,
        "hub_name": SimpleLazyObject(lambda: whose.name),
        "body_name": SimpleLazyObject(lambda: whose.body),
        "contact": SimpleLazyObject(lambda: whose.contact),
        "nav": SimpleLazyObject(lambda: navigation.menu(request)),
        "footer": SimpleLazyObject(lambda: navigation.foot(request)),
        "hub_search_url": reverse("search:results"),
        "hub_suggestions_url": reverse("search:suggestions"),
        "inbox": SimpleLazyObject(lambda: beside_my_face(request)),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        "sign_out_url": reverse("account_logout"),
    }
