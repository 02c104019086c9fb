"""A form of the editor that arrives after its sender's right has ended.

Wagtail answers with a redirect, and the gate with 404: either way what somebody typed would be lost. Rooms above answer
those who had the right, and nobody else: to a stranger there is no such thing.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page

from core.registry import Registry

View = Callable[..., HttpResponseBase]
Answer = Callable[[HttpRequest, type[Model], Model | None], HttpResponseBase | None]
ANSWERS: Registry[Answer] = Registry("what is answered where a right ended in the middle of writing", taken_by="core")


def answer(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    """What a room says to whoever sent this form; ``None`` where it is no form of the editor, or nobody knows them."""
    if request.method != "POST" or not request.user.is_authenticated or not request.user.is_active:
        return None
    model = _model_written(request, view, kwargs)
    if model is None:
        return None
    pk = str(kwargs.get("page_id", kwargs.get("pk", "")))
    thing = model._default_manager.filter(pk=pk).first() if pk.isdigit() else None
    if pk and thing is None:
        return None
    found = thing.specific if isinstance(thing, Page) else thing
    kind = type(found) if found is not None else model
    return next((said for one in ANSWERS if (said := one(request, kind, found))), None)


def _model_written(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> type[Model] | None:
    """What the form of this address makes or changes."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name == "wagtailadmin_pages:edit":
        return Page
    if name == "wagtailadmin_pages:add":
        return _page_type(kwargs["content_type_app_name"], kwargs["content_type_model_name"])
    is_thing = name.startswith("wagtailsnippets_") and name.endswith((":edit", ":add"))
    model = getattr(view, "view_initkwargs", {}).get("model") if is_thing else None
    return model if isinstance(model, type) and issubclass(model, Model) else None


def _page_type(app: str, name: str) -> type[Model] | None:
    try:
        model = apps.get_model(app, name)
    except LookupError:
        return None
    return model if issubclass(model, Page) else None
