"""What the hub can do, for a directory that asks before it begins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from scim2_models import ListResponse, NotFoundException, ResourceType

from accounts.scim.api import Payload, answer, scim
from accounts.scim.models import DirectoryToken
from accounts.scim.resources import ScimGroup, ScimPerson
from accounts.scim.views import MOST

MODELS: tuple[type[Any], ...] = (ScimPerson, ScimGroup)
ENDPOINTS = {"User": "/Users", "Group": "/Groups"}


@scim("GET")
def service(_request: HttpRequest, _token: DirectoryToken) -> HttpResponse:
    return answer(
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST},
            "changePassword": {"supported": False},
            "sort": {"supported": False},
            "etag": {"supported": True},
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "OAuth Bearer Token",
                    "description": "A token that the hub team makes.",
                    "primary": True,
                }
            ],
        }
    )


@scim("GET")
def resource_types(_request: HttpRequest, _token: DirectoryToken) -> HttpResponse:
    return _all(list(_types().values()))


@scim("GET")
def resource_type(_request: HttpRequest, _token: DirectoryToken, name: str) -> HttpResponse:
    return _one(_types(), name)


@scim("GET")
def schemas(_request: HttpRequest, _token: DirectoryToken) -> HttpResponse:
    return _all(list(_schemas().values()))


@scim("GET")
def schema(_request: HttpRequest, _token: DirectoryToken, name: str) -> HttpResponse:
    return _one(_schemas(), name)


def _types() -> dict[str, Payload]:
    found = {}
    for model in MODELS:
        kind: Payload = ResourceType.from_resource(model).model_dump()
        name = str(model.__schema__).rpartition(":")[2]
        found[name] = {**kind, "id": name, "name": name, "endpoint": ENDPOINTS[name]}
    return found


def _schemas() -> dict[str, Payload]:
    found = {}
    for model in MODELS:
        made: Payload = model.to_schema().model_dump()
        name = str(model.__schema__)
        found[name] = {**made, "name": name.rpartition(":")[2], "description": name.rpartition(":")[2]}
    return found


def _all(found: list[Payload]) -> HttpResponse:
    count = len(found)
    numbers = {"totalResults": count, "startIndex": 1, "itemsPerPage": count}
    return answer({"schemas": [str(ListResponse.__schema__)], **numbers, "Resources": found})


def _one(found: dict[str, Payload], name: str) -> HttpResponse:
    if name not in found:
        raise NotFoundException(detail=f"There is no “{name[:100]}” here.")
    return answer(found[name])
