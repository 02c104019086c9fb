"""The endpoints of SCIM 2.0."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from scim2_models import (
    Context,
    ListResponse,
    NotFoundException,
    PatchOp,
    PreconditionFailedException,
    Resource,
    ResponseParameters,
)

from accounts.scim import filters, groups, people
from accounts.scim.api import Payload, answer, body_of, refused, scim
from accounts.scim.models import DirectoryGroup, DirectoryPerson, DirectoryToken
from accounts.scim.resources import ScimGroup, ScimPerson

MOST = 200  # on a page
USUAL = 100
READ, WRITE = ("GET", "HEAD"), ("PUT", "PATCH", "DELETE")


# -- people ------------------------------------------------------------------------------------------------------------
@scim(*READ, "POST")
def all_people(request: HttpRequest, token: DirectoryToken) -> HttpResponse:
    if request.method == "POST":
        resource = ScimPerson.model_validate(body_of(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
        return _person(request, people.create(token, resource), 201)
    found = _asked(request, people.known_to(token.directory), filters.PEOPLE)
    return _listed(request, ScimPerson, found, lambda link: _person_payload(request, link))


@scim(*READ, *WRITE)
def one_person(request: HttpRequest, token: DirectoryToken, pk: UUID) -> HttpResponse:
    link = people.known_to(token.directory).filter(pk=pk).first()
    if link is None:
        raise NotFoundException(detail="There is no such person in this directory.")
    _ask_version(request, _person_payload(request, link))
    if request.method == "DELETE":
        people.remove(token, link)
        return HttpResponse(status=204)
    if request.method in WRITE:
        link = people.change(token, link, _how(request, ScimPerson))
    return _person(request, link)


def _person(request: HttpRequest, link: DirectoryPerson, status: int = 200) -> HttpResponse:
    return _one(request, ScimPerson, _person_payload(request, link), status)


def _person_payload(request: HttpRequest, link: DirectoryPerson) -> Payload:
    return _payload(request, people.resource_of(link), link, "User", "scim_person")


# -- groups ------------------------------------------------------------------------------------------------------------
@scim(*READ, "POST", writes_groups=True)
def all_groups(request: HttpRequest, token: DirectoryToken) -> HttpResponse:
    if request.method == "POST":
        resource = ScimGroup.model_validate(body_of(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
        return _group(request, groups.create(token, resource), 201)
    found = _asked(request, token.directory.groups.all(), filters.GROUPS).distinct()
    return _listed(request, ScimGroup, found, lambda group: _group_payload(request, group))


@scim(*READ, *WRITE, writes_groups=True)
def one_group(request: HttpRequest, token: DirectoryToken, pk: UUID) -> HttpResponse:
    group = token.directory.groups.filter(pk=pk).first()
    if group is None:
        raise NotFoundException(detail="There is no such group in this directory.")
    if "If-Match" in request.headers:
        _ask_version(request, _group_payload(request, group))
    if request.method == "DELETE":
        groups.remove(token, group)
        return HttpResponse(status=204)
    if request.method in WRITE:
        group = groups.change(token, group, _how(request, ScimGroup))
    return _group(request, group)


def _group(request: HttpRequest, group: DirectoryGroup, status: int = 200) -> HttpResponse:
    return _one(request, ScimGroup, _group_payload(request, group), status)


def _group_payload(request: HttpRequest, group: DirectoryGroup) -> Payload:
    """Entra asks for groups without their members, which may be thousands."""
    with_members = "members" not in request.GET.get("excludedAttributes", "")
    resource = groups.resource_of(group, with_members=with_members)
    return _payload(request, resource, group, "Group", "scim_group")


# -- both --------------------------------------------------------------------------------------------------------------
def _how(request: HttpRequest, model: type[Any]) -> Any:
    """What the request does with a resource: PUT says all of it, PATCH what is to change."""
    sent = body_of(request)
    if request.method == "PUT":
        whole = model.model_validate(sent, scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
        return lambda before: whole.model_copy(update={"active": _or(whole, before)}) if model is ScimPerson else whole
    patching: Any = PatchOp.__class_getitem__(model)
    patch = patching.model_validate(sent, scim_ctx=Context.RESOURCE_PATCH_REQUEST)

    def patched(resource: Any) -> Any:
        patch.patch(resource)
        return resource

    return patched


def _or(whole: ScimPerson, before: ScimPerson) -> bool | None:
    """A PUT that does not say whether somebody is active leaves that as it is."""
    return before.active if whole.active is None else whole.active


def _asked(request: HttpRequest, rows: QuerySet[Any], columns: dict[str, filters.Column]) -> QuerySet[Any]:
    text = request.GET.get("filter", "").strip()
    return rows.filter(filters.condition(text, columns)) if text else rows


def _listed(request: HttpRequest, model: type[Resource[Any]], rows: QuerySet[Any], payload: Any) -> HttpResponse:
    """A page of them. What is no number counts as not said, and what is below one as one, as the RFC has it."""
    start = max(_number(request, "startIndex", 1), 1)
    count = min(max(_number(request, "count", USUAL), 0), MOST)
    page = [_chosen(request, model, payload(row)) for row in rows[start - 1 : start - 1 + count]]
    total = rows.count()
    return answer(
        {
            "schemas": [str(ListResponse.__schema__)],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": len(page),
            "Resources": page,
        }
    )


def _number(request: HttpRequest, name: str, usual: int) -> int:
    try:
        return max(-1, min(int(request.GET.get(name, usual)), 10**9))
    except ValueError:
        return usual


def _payload(request: HttpRequest, resource: Any, row: Any, kind: str, view: str) -> Payload:
    """The resource with its ``meta``; its version is a digest of all that it says."""
    payload: Payload = resource.model_dump(scim_ctx=Context.DEFAULT)
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:16]
    payload["meta"] = {
        "resourceType": kind,
        "created": row.created.isoformat(),
        "lastModified": row.changed.isoformat(),
        "location": request.build_absolute_uri(reverse(view, args=[row.pk])),
        "version": f'W/"{digest}"',
    }
    return payload


def _one(request: HttpRequest, model: type[Resource[Any]], payload: Payload, status: int) -> HttpResponse:
    meta = payload["meta"]
    headers = {"ETag": meta["version"], **({"Location": meta["location"]} if status == 201 else {})}
    return answer(_chosen(request, model, payload), status, headers)


def _chosen(request: HttpRequest, model: type[Resource[Any]], payload: Payload) -> Payload:
    """With the attributes that were asked for, by their first step; ``id`` and ``schemas`` always."""
    asked = {name: request.GET[name] for name in ("attributes", "excludedAttributes") if request.GET.get(name)}
    if not asked:
        return payload
    parameters: Any = ResponseParameters.__class_getitem__(model)
    chosen = parameters.model_validate(asked)
    wanted = {_first(path) for path in chosen.attributes or ()}
    unwanted = {_first(path) for path in chosen.excluded_attributes or ()}
    kept = {"id", "schemas"}
    return {
        name: value
        for name, value in payload.items()
        if name in kept or (name.lower() in wanted if wanted else name.lower() not in unwanted)
    }


def _first(path: object) -> str:
    return str(path).rpartition(":")[2].partition(".")[0].partition("[")[0].lower()


def _ask_version(request: HttpRequest, payload: Payload) -> None:
    wanted = request.headers.get("If-Match", "").strip()
    if wanted not in {"", "*", payload["meta"]["version"]} and request.method in WRITE:
        raise PreconditionFailedException(detail="It was changed meanwhile. Read it again.")


@scim("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
def nothing(_request: HttpRequest, _token: DirectoryToken, path: str = "") -> HttpResponse:
    return refused(404, f"There is nothing at “{path[:100]}”. The hub has Users and Groups.")
