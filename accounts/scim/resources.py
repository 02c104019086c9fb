"""What the hub takes and gives of people and groups, in SCIM's words. Whatever else a directory sends is not kept."""

from typing import Annotated, Any

from scim2_models import (
    URN,
    CaseExact,
    ComplexAttribute,
    Mutability,
    Required,
    Resource,
    Returned,
    ScimPolicy,
    Uniqueness,
)

POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,  # as Entra takes members out of a group
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,  # as Entra adds the address of work
)
"""How far directories may depart from the RFC: Entra and Okta do, each in its own way."""


class PersonName(ComplexAttribute):
    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Address(ComplexAttribute):
    """An address. It is checked when it is used: a filter may ask for anything."""

    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class ScimPerson(Resource[Any]):
    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: PersonName | None = None
    display_name: str | None = None
    title: str | None = None
    active: bool | None = None
    emails: list[Address] | None = None


class Member(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    display: Annotated[str | None, Mutability.read_only] = None


class ScimGroup(Resource[Any]):
    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    members: Annotated[list[Member] | None, Returned.default] = None
