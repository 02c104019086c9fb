"""Groups of a directory bring people into communities where the hub team mapped them, and take back what they gave."""

from typing import Any

import pytest
from wagtail.models import PageLogEntry

from accounts.scim.models import Directory, DirectoryGroup, DirectoryPerson, GroupMapping
from accounts.scim.services import map_group, unmap
from communities import services
from communities.models import CommunityPage, Joining, Membership, Role, Stage, State
from communities.models.default_roles import facilitator
from core.outbox import drain
from people.models import User
from tests.accounts.scim_client import ScimClient, directory, entra_user
from tests.factories import make_member


@pytest.fixture
def entra(hub_team: User) -> ScimClient:
    return directory(hub_team)


@pytest.fixture
def ada(entra: ScimClient) -> str:
    return entra.make()


@pytest.fixture
def group(entra: ScimClient, ada: str) -> str:
    return entra.make_group("Foster carers", ada)


def person(identifier: str) -> User:
    return DirectoryPerson.objects.get(pk=identifier).person


def mapped(group: str, community: CommunityPage, by: User, role: Role | None = None) -> GroupMapping:
    made = map_group(DirectoryGroup.objects.get(pk=group), community, role, by)
    follow()
    return made


def follow() -> None:
    drain("groups of directories")


def belongs(identifier: str, community: CommunityPage) -> tuple[str, str] | None:
    """State and part of whoever has not left."""
    found = Membership.objects.current().filter(person=person(identifier), community=community)
    one = found.first()
    return (one.state, ", ".join(held.role.slug for held in one.holdings.kept())) if one else None


MEMBER, FACILITATOR = (State.ACTIVE, ""), (State.ACTIVE, "facilitator")


# -- groups as such ----------------------------------------------------------------------------------------------------
TAKEN_OUT = {
    "Entra, a list of values": {"op": "Remove", "path": "members", "value": [{"value": "@ada"}]},
    "Entra, one value": {"op": "Remove", "path": "members", "value": {"value": "@ada"}},
    "Okta and the RFC": {"op": "remove", "path": 'members[value eq "@ada"]'},
}


@pytest.mark.parametrize("name", TAKEN_OUT)
def test_taking_one_out_leaves_the_others_in(entra: ScimClient, ada: str, name: str) -> None:
    bea = entra.make("bea@example.org")
    group = entra.make_group("Foster carers", ada, bea)
    operation = {
        key: value.replace("@ada", ada) if isinstance(value, str) else _named(value, ada)
        for key, value in TAKEN_OUT[name].items()
    }
    assert entra.patch(f"Groups/{group}", operation).status_code == 200
    assert [member["value"] for member in entra.get(f"Groups/{group}").json()["members"]] == [bea]


@pytest.mark.parametrize("value", [[], [{"value": "nobody"}], [{"value": None}], "nobody"])
def test_what_names_nobody_takes_nobody_out(entra: ScimClient, ada: str, group: str, value: Any) -> None:
    entra.patch(f"Groups/{group}", {"op": "Remove", "path": "members", "value": value})
    assert [member["value"] for member in entra.get(f"Groups/{group}").json()["members"]] == [ada]


def _named(value: Any, ada: str) -> Any:
    return [{"value": ada}] if isinstance(value, list) else {"value": ada}


def test_nobody_is_no_member_of_an_empty_group(entra: ScimClient, ada: str, group: str) -> None:
    entra.make_group("Empty")
    found = [entra.get("Groups", filter=f'members eq "{who}"').json()["totalResults"] for who in (ada, "nobody")]
    assert found == [1, 0]


def test_members_are_added_once_and_renaming_keeps_them(entra: ScimClient, ada: str, group: str) -> None:
    bea = entra.make("bea@example.org")
    for _each in range(2):
        entra.patch(f"Groups/{group}", {"op": "Add", "path": "members", "value": [{"$ref": None, "value": bea}]})
    entra.patch(f"Groups/{group}", {"op": "replace", "value": {"id": group, "displayName": "Carers"}})
    found = entra.get("Groups", filter='displayName eq "carers"').json()["Resources"]
    assert [{member["value"] for member in one["members"]} for one in found] == [{ada, bea}]
    assert "members" not in entra.get("Groups", excludedAttributes="members").json()["Resources"][0]


def test_a_name_twice_and_a_stranger_are_errors(entra: ScimClient, ada: str, group: str) -> None:
    assert entra.post("Groups", {"displayName": "FOSTER carers", "schemas": []}).status_code in {400, 409}
    stranger = {"op": "Add", "path": "members", "value": [{"value": "00000000-0000-4000-8000-000000000000"}]}
    refused = entra.patch(f"Groups/{group}", stranger)
    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidValue")


# -- communities -------------------------------------------------------------------------------------------------------
def test_a_group_that_is_not_mapped_brings_nobody_anywhere(group: str, ada: str, community: CommunityPage) -> None:
    follow()
    assert belongs(ada, community) is None


@pytest.mark.parametrize("role", ["", "facilitator"])
def test_a_mapped_group_brings_its_people_in_and_lets_them_go(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, hub_team: User, role: str
) -> None:
    mapped(group, community, hub_team, facilitator() if role else None)
    assert belongs(ada, community) == (State.ACTIVE, role)
    entra.patch(f"Groups/{group}", {"op": "Remove", "path": "members", "value": [{"value": ada}]})
    follow()
    assert belongs(ada, community) is None
    assert set(PageLogEntry.objects.values_list("action", flat=True)) >= {"accounts.brought", "accounts.taken_back"}


def test_what_somebody_had_anyway_stays(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, hub_team: User
) -> None:
    make_member(person(ada), community)
    mapped(group, community, hub_team, facilitator())
    assert belongs(ada, community) == FACILITATOR
    entra.delete(f"Groups/{group}")
    follow()
    assert belongs(ada, community) == MEMBER


def test_a_part_that_people_gave_since_then_stays(
    group: str, ada: str, community: CommunityPage, asha: User, hub_team: User
) -> None:
    mapping = mapped(group, community, hub_team)
    services.set_roles(Membership.objects.get(person=person(ada)), [facilitator()], by=asha)
    unmap(mapping, hub_team)
    follow()
    assert belongs(ada, community) == FACILITATOR


def test_two_groups_that_lead_to_one_community(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, hub_team: User
) -> None:
    mapped(group, community, hub_team)
    mapped(entra.make_group("Leads", ada), community, hub_team, facilitator())
    assert belongs(ada, community) == FACILITATOR
    entra.delete(f"Groups/{group}")
    follow()
    assert belongs(ada, community) == FACILITATOR


def test_whom_the_facilitators_removed_does_not_come_back(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, asha: User, hub_team: User
) -> None:
    mapped(group, community, hub_team)
    services.remove(Membership.objects.get(person=person(ada)), asha, "Moved away.")
    entra.patch(f"Groups/{group}", {"op": "replace", "path": "members", "value": [{"value": ada}]})
    mapped(entra.make_group("Again", ada), community, hub_team)
    assert belongs(ada, community) is None


@pytest.mark.parametrize("values", [{"capacity": 0}, {"stage": Stage.CLOSED}])
def test_nobody_is_let_in_where_there_is_no_room(
    group: str, ada: str, community: CommunityPage, hub_team: User, values: dict[str, Any]
) -> None:
    for name, value in values.items():
        setattr(community, name, value)
    community.save()
    mapped(group, community, hub_team)
    assert belongs(ada, community) in {None, (State.WAITING, "")}


def test_whoever_asked_is_let_in(group: str, ada: str, community: CommunityPage, hub_team: User) -> None:
    community.joining = Joining.ASK
    community.save()
    services.join(community, person(ada))
    mapped(group, community, hub_team)
    assert belongs(ada, community) == MEMBER


def test_switching_off_pauses_and_back_again(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, hub_team: User
) -> None:
    mapped(group, community, hub_team)
    entra.patch(f"Users/{ada}", {"op": "Replace", "path": "active", "value": "False"})
    follow()
    assert belongs(ada, community) == (State.PAUSED, "")
    entra.patch(f"Users/{ada}", {"op": "Replace", "path": "active", "value": "True"})
    follow()
    assert belongs(ada, community) == MEMBER


def test_whoever_is_taken_out_while_their_account_is_off_does_not_belong_when_it_is_on(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, hub_team: User
) -> None:
    mapped(group, community, hub_team)
    entra.patch(f"Users/{ada}", {"op": "Replace", "path": "active", "value": False})
    follow()
    entra.patch(f"Groups/{group}", {"op": "Remove", "path": f'members[value eq "{ada}"]'})
    follow()
    entra.patch(f"Users/{ada}", {"op": "Replace", "path": "active", "value": True})
    follow()
    assert belongs(ada, community) is None


def test_somebody_removed_is_in_no_group_and_no_community_that_it_led_to(
    entra: ScimClient, group: str, ada: str, community: CommunityPage, hub_team: User
) -> None:
    mapped(group, community, hub_team)
    entra.delete(f"Users/{ada}")
    follow()
    assert "members" not in entra.get(f"Groups/{group}").json()
    assert entra.post("Users", entra_user("ada@example.org")).status_code == 201
    follow()
    assert belongs(ada, community) is None


def test_a_large_group_is_written_with_few_queries(
    entra: ScimClient, hub_team: User, community: CommunityPage, django_assert_max_num_queries: Any
) -> None:
    people = [entra.make(f"a{number}@example.org") for number in range(12)]
    group = entra.make_group("Many")
    GroupMapping.objects.create(group_id=group, community=community)
    with django_assert_max_num_queries(30):
        values = [{"value": one} for one in people]
        entra.patch(f"Groups/{group}", {"op": "Add", "path": "members", "value": values})
    follow()
    assert Membership.objects.active().filter(community=community).count() == 12
    assert Directory.objects.get().people.count() == 12
