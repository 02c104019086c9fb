"""What every page knows: whose hub it is, the menus, and the way in and out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from core.mail import contact
from hub import navigation


def house(request: HttpRequest) -> dict[str, Any]:
    """The house around every page."""
    return {
        "hub_name": settings.HUB_NAME,
        "body_name": settings.BODY_NAME,
        "contact": SimpleLazyObject(contact),
        "nav": SimpleLazyObject(lambda: navigation.menu(request)),
        "footer": SimpleLazyObject(lambda: navigation.foot(request)),
        "hub_search_url": reverse("search:results"),
        "hub_suggestions_url": reverse("search:suggestions"),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        "sign_out_url": reverse("account_logout"),
    }
