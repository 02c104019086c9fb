"""Addresses that a directory calls, under ``scim/v2/``.

Their views are imported at the first call: the models of SCIM take a second to load, which commands and workers, and
hubs without a directory, need not wait for.
"""

from collections.abc import Callable
from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def later(module: str, name: str) -> View:
    """The view of that name in a module beside this one."""

    @csrf_exempt  # as the view itself is: whoever calls shows a token, and no cookie is read
    def view(request: HttpRequest, **named: object) -> HttpResponse:
        found: View = getattr(import_module(f"accounts.scim.{module}"), name)
        return found(request, **named)

    return view


urlpatterns = [
    path("ServiceProviderConfig", later("discovery", "service"), name="scim_service"),
    path("ResourceTypes", later("discovery", "resource_types"), name="scim_resource_types"),
    path("ResourceTypes/<str:name>", later("discovery", "resource_type"), name="scim_resource_type"),
    path("Schemas", later("discovery", "schemas"), name="scim_schemas"),
    path("Schemas/<str:name>", later("discovery", "schema"), name="scim_schema"),
    path("Users", later("views", "all_people"), name="scim_people"),
    path("Users/<uuid:pk>", later("views", "one_person"), name="scim_person"),
    path("Groups", later("views", "all_groups"), name="scim_groups"),
    path("Groups/<uuid:pk>", later("views", "one_group"), name="scim_group"),
    re_path(r"^(?P<path>.*)$", later("views", "nothing"), name="scim_nothing"),
]
