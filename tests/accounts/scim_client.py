"""A directory that calls the hub, as Entra and Okta do."""

import json
from typing import Any

from django.test import Client

from accounts.scim import tokens
from accounts.scim.choices import TokenScope
from accounts.scim.models import Directory
from people.choices import PersonKind
from people.models import User

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class ScimClient:
    """Sends JSON with a token, and returns the response."""

    def __init__(self, secret: str) -> None:
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.browser = Client(enforce_csrf_checks=True)

    def get(self, path: str, **query: str) -> Any:
        return self.browser.get(f"/scim/v2/{path}", query, headers=self.headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        call = getattr(self.browser, method)
        return call(f"/scim/v2/{path}", sent, "application/scim+json", headers={**self.headers, **headers})

    def post(self, path: str, body: Any) -> Any:
        return self.send("post", path, body)

    def put(self, path: str, body: Any) -> Any:
        return self.send("put", path, body)

    def patch(self, path: str, *operations: dict[str, Any], **headers: str) -> Any:
        return self.send("patch", path, {"schemas": [PATCH], "Operations": list(operations)}, **headers)

    def delete(self, path: str) -> Any:
        return self.send("delete", path, "")

    def make(self, email: str = "ada@example.org", **more: Any) -> str:
        """Somebody's id."""
        made = self.post("Users", entra_user(email, **more))
        assert made.status_code == 201, made.content
        return str(made.json()["id"])

    def make_group(self, name: str, *members: str) -> str:
        body = {"schemas": [GROUP], "displayName": name, "members": [{"value": one} for one in members]}
        made = self.post("Groups", body)
        assert made.status_code == 201, made.content
        return str(made.json()["id"])


def directory(
    by: User, name: str = "Entra", kind: PersonKind = PersonKind.STAFF, scope: TokenScope = TokenScope.ALL
) -> ScimClient:
    """A directory of the organisation, whose addresses end in example.org."""
    made, _new = Directory.objects.get_or_create(
        name=name, defaults={"kind": kind, "organisation": "Lakeside Housing", "domains": ["example.org"]}
    )
    return ScimClient(tokens.make(made, "test", scope, 30, by))


def entra_user(email: str, **more: Any) -> dict[str, Any]:
    """As Entra ID makes somebody."""
    given = email.partition("@")[0].title()
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": email.partition("@")[0],
        "userName": email,
        "active": True,
        "displayName": f"{given} Lovelace",
        "emails": [{"primary": True, "type": "work", "value": email}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": f"{given} Lovelace", "familyName": "Lovelace", "givenName": given},
        "title": "Analyst",
        "roles": [],
        ENTERPRISE: {"department": "Engines", "employeeNumber": "7"},
        **more,
    }


def okta_user(email: str, **more: Any) -> dict[str, Any]:
    """As Okta makes and replaces somebody."""
    return {
        "schemas": [USER],
        "userName": email,
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "emails": [{"primary": True, "value": email, "type": "work"}],
        "displayName": "Ada Lovelace",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
        **more,
    }
