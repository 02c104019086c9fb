"""The hub team sets directories up, makes and withdraws their tokens, and says where groups lead."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.scim.models import Directory, DirectoryGroup, DirectoryToken
from communities.models import CommunityPage, Membership
from core.outbox import drain
from people.models import User
from tests.accounts.scim_client import ScimClient
from tests.conftest import browse
from tests.factories import PASSWORD

FORM = {"name": "Entra", "kind": "staff", "organisation": "", "named_domains": "@Example.org\nbücher.example"}


@pytest.fixture
def team(hub_team: User) -> Client:
    """Somebody of the hub team who has just proved who they are."""
    browser = browse(hub_team)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def entra(team: Client) -> Directory:
    team.post("/ways-in/directories/", FORM)
    return Directory.objects.get()


def token_from(team: Client, directory: Directory) -> str:
    shown = team.post(f"/ways-in/directories/{directory.pk}/token/", {"name": "May", "scope": "all", "days": "90"})
    return re.findall(r"fms_[\w-]+", shown.content.decode())[0]


def test_a_directory_is_set_up_with_its_domains(entra: Directory) -> None:
    assert (entra.kind, entra.domains) == ("staff", ["example.org", "xn--bcher-kva.example"])


@pytest.mark.parametrize(
    "wrong",
    [{"kind": ""}, {"kind": "resident"}, {"kind": "partner"}, {"named_domains": "not a domain"}, {"name": ""}],
    ids=str,
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(team: Client, wrong: dict[str, str]) -> None:
    answered = team.post("/ways-in/directories/", {**FORM, "name": "Entra of us", **wrong})
    assert (answered.status_code, Directory.objects.count()) == (422, 0)
    assert wrong.get("name", "Entra of us") in answered.content.decode()


def test_a_token_is_shown_once_and_opens_the_hub_until_it_is_withdrawn(team: Client, entra: Directory) -> None:
    secret = token_from(team, entra)
    assert ScimClient(secret).get("Users").status_code == 200
    page = f"/ways-in/directories/{entra.pk}/"
    assert secret not in team.get(page).content.decode()
    team.post(f"{page}tokens/{DirectoryToken.objects.get().pk}/withdraw/")
    assert ScimClient(secret).get("Users").status_code == 401


def test_a_session_alone_makes_no_token(hub_team: User, entra: Directory) -> None:
    asked = browse(hub_team).post(
        f"/ways-in/directories/{entra.pk}/token/", {"name": "x", "scope": "all", "days": "90"}
    )
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]
    assert not DirectoryToken.objects.exists()


def test_a_group_leads_to_a_community_until_it_is_taken_away(
    team: Client, entra: Directory, community: CommunityPage
) -> None:
    client = ScimClient(token_from(team, entra))
    client.make_group("Carers", client.make())
    page = f"/ways-in/directories/groups/{DirectoryGroup.objects.get().pk}/"
    team.post(page, {"community": community.pk, "role": ""})
    drain("groups of directories")
    assert Membership.objects.active().filter(community=community).count() == 1
    mapping = DirectoryGroup.objects.get().mappings.get()
    team.post(f"{page}{mapping.pk}/remove/")
    drain("groups of directories")
    assert not Membership.objects.active().filter(community=community).exists()


def test_the_list_asks_as_often_for_many_as_for_one(
    team: Client, entra: Directory, community: CommunityPage, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(40) as queries:
            team.get("/ways-in/directories/")
            team.get(f"/ways-in/directories/{entra.pk}/")
        return len(queries.captured_queries)

    def more(count: int) -> None:
        for number in range(count):
            Directory.objects.create(name=f"{number} of {count}", kind="staff")
            group = entra.groups.create(display_name=f"Group {number} of {count}")
            group.mappings.create(community=community)

    more(2)
    asked()
    few = asked()
    more(9)
    assert asked() == few
