"""The register of grants: everybody reads what they may see, stewards ask, the hub team decides."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.choices import Capability, GrantState
from communities.grants import services
from communities.models import CommunityPage, Grant
from communities.rights import can
from people.models import User
from tests.communities.granting import CABINET, given, in_days
from tests.conftest import browse
from tests.factories import CommunityFactory, facilitator
from tests.test_query_budgets import LIST, warm

REGISTER, FEED, TABLE = "/rights/", "/rights/feed/", "/rights/table.csv"
DECIDED = {"authority": "Cabinet", "decided_on": "2026-03-12", "reference": "minute 47"}


def read(person: User | None, address: str) -> str:
    """What somebody reads there."""
    response = browse(person).get(address)
    assert response.status_code == 200
    return b"".join(response).decode()


# -- who reads what ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [REGISTER, FEED, TABLE])
def test_what_a_private_community_was_granted_is_for_its_members_and_the_hub_team(
    address: str, private_community: CommunityPage, community: CommunityPage, carys: User, dev: User, hub_team: User
) -> None:
    given(private_community, hub_team, Capability.USE_ASSET, asset="The quillwort van")
    given(community, hub_team, Capability.USE_ASSET, asset="The library van")
    for person, sees in ((None, False), (carys, False), (dev, True), (hub_team, True)):
        page = read(person, address)
        assert ("quillwort" in page) is sees
        assert (private_community.title in page) is sees
        assert "library van" in page


def test_it_is_narrowed_by_community_capability_and_state(community: CommunityPage, hub_team: User) -> None:
    other = CommunityFactory()
    given(community, hub_team, Capability.SPEAK)
    given(community, hub_team, Capability.MODERATE, until=in_days(9))
    over = given(other, hub_team, Capability.SPEAK, since=-9, until=in_days(-2))
    for query, n in (
        (f"community={community.slug}", 2),
        ("capability=speak", 2),
        ("state=ended", 1),
        ("state=in-force&capability=speak", 1),
        ("state=nonsense&capability=nonsense", 3),
        ("community=nothing", 0),
        ("community=%00", 3),
    ):
        context = browse().get(f"{REGISTER}?{query}").context
        assert len(context["lines"]) == n, query
    assert over.get_absolute_url() in read(None, f"{FEED}?state=ended")


def test_a_spreadsheet_runs_nothing(community: CommunityPage, asha: User, hub_team: User) -> None:
    services.ask(community, asha, Capability.USE_ASSET, "=1+1", asset="=cmd|'/c calc'!A1")
    rows = list(csv.reader(io.StringIO(read(hub_team, TABLE))))
    assert len(rows) == 2
    assert not any(cell.startswith("=") for cell in rows[1])


def test_every_right_that_one_has_not_got_asks_no_more(community: CommunityPage, bryn: User) -> None:
    assert len(warm(browse(bryn), f"{community.url}rights/")) <= LIST


def test_more_grants_ask_no_more_of_the_database(community: CommunityPage, asha: User, hub_team: User) -> None:
    grant = given(community, hub_team, until=in_days(3))
    pages = (REGISTER, grant.get_absolute_url(), f"{community.url}rights/", community.url)
    before = [len(warm(browse(asha), page)) for page in pages]
    assert max(before) <= LIST
    for _number in range(20):
        given(CommunityFactory(), hub_team)
        given(community, hub_team, until=in_days(3))
    assert [len(warm(browse(asha), page)) for page in pages] == before


# -- the community's page ----------------------------------------------------------------------------------------------
def test_the_community_s_page_has_its_ledger(community: CommunityPage, asha: User, hub_team: User) -> None:
    sections = browse(asha).get(community.url).context["sections"]
    assert "grants" not in [section.name for section in sections if section.is_there]
    asked = services.ask(community, asha, Capability.SPEAK, "The paper asks us.")
    assert asked.get_absolute_url() in read(None, community.url)
    services.refuse(asked, hub_team, CABINET, "The law gives that to the panel.")
    assert "The law gives that to the panel." in read(None, community.url)


def test_whoever_asks_reads_why_or_why_not(community: CommunityPage, bryn: User, hub_team: User) -> None:
    grant = given(community, hub_team)
    page = browse(bryn).get(f"{community.url}rights/").context
    assert [(one.what, [line.url for line in one.grants]) for one in page["may"]] == [
        (Capability.EDIT_PAGE.label, [grant.get_absolute_url()])
    ]
    assert [(len(one.what), bool(one.answer.ask)) for one in page["may_not"]] == [(len(Capability) - 1, True)]
    assert browse(bryn).get(grant.get_absolute_url()).context["answer"]


def test_whoever_may_by_a_role_reads_on_which_conditions_it_was_granted_too(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    grant = given(community, hub_team, role=facilitator(), conditions="Never about one child.")
    may = {one.what: one for one in browse(asha).get(f"{community.url}rights/").context["may"]}
    assert [line.text for line in may[grant.what].grants] == ["Never about one child."]
    assert not browse(bryn).get(f"{community.url}rights/").context["may"]


# -- asking and deciding -----------------------------------------------------------------------------------------------
def post(person: User, name: str, key: Any, **data: str) -> Any:
    return browse(person).post(reverse(name, args=[key]), data)


def test_a_steward_asks_and_the_hub_team_grants(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    asked = {"capability": "use_asset", "asset": "The van", "purpose": "To bring chairs."}
    assert post(asha, "communities:ask_for_grant", community.slug, **asked).status_code == 302
    grant = Grant.objects.get()
    assert (grant.state, grant.asked_by) == (GrantState.ASKED, asha)
    days = {"first": timezone.localdate().isoformat(), "last": timezone.localdate().isoformat()}
    assert post(hub_team, "rights:give_what_was_asked", grant.pk, **DECIDED, **days).status_code == 302
    grant.refresh_from_db()
    assert grant.last_day == grant.first_day == timezone.localdate()
    assert can(bryn, Capability.USE_ASSET, community)
    assert post(hub_team, "rights:withdraw", grant.pk, **DECIDED, reason="It broke.").status_code == 302
    assert not can(bryn, Capability.USE_ASSET, community)


WRONG: dict[str, dict[str, str]] = {
    "no authority": {"authority": " "},
    "decided tomorrow": {"decided_on": "2999-01-01"},
    "ends before it begins": {"first": "2026-06-01", "last": "2026-05-31"},
    "a day that no calendar has": {"first": "0001-01-01"},
    "an asset without a name": {"capability": "use_asset"},
    "no such capability": {"capability": "fly"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_form_that_is_wrong_keeps_what_was_typed(wrong: str, community: CommunityPage, hub_team: User) -> None:
    right = {**DECIDED, "capability": "speak", "first": "2026-06-01", "last": "", "conditions": "Plain words."}
    response = post(hub_team, "communities:give_grant", community.slug, **{**right, **WRONG[wrong]})
    assert response.status_code == 422
    assert "Plain words." in response.content.decode()
    assert not Grant.objects.exists()


def test_whoever_opened_the_form_before_another_decided_keeps_what_they_typed(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    asked = services.ask(community, asha, Capability.SPEAK, "The paper asks us.")
    services.refuse(asked, hub_team, CABINET, "Not yet.")
    response = post(hub_team, "rights:refuse", asked.pk, **DECIDED, reason="My own reason.")
    assert response.status_code == 422
    assert "My own reason." in response.content.decode()


# -- who is told -------------------------------------------------------------------------------------------------------
def test_those_whom_it_concerns_are_told(
    community: CommunityPage, asha: User, bryn: User, hub_team: User, django_capture_on_commit_callbacks: Any
) -> None:
    other = User.objects.create_superuser("other.team@example.org", "a long enough password")
    with django_capture_on_commit_callbacks(execute=True):
        asked = services.ask(community, asha, Capability.SPEAK, "The paper asks us.")
    assert "The paper asks us." in read(hub_team, "/inbox/")
    with django_capture_on_commit_callbacks(execute=True):
        services.refuse(asked, hub_team, CABINET, "The law gives that to the panel.")
        services.withdraw(given(community, hub_team), hub_team, CABINET, "Two stories named people.")
    assert "The law gives that to the panel." in read(asha, "/inbox/")
    assert "Two stories named people." in read(other, "/inbox/")
    assert "Two stories named people." not in read(bryn, "/inbox/")


def test_whoever_asked_is_told_a_steward_or_not(
    private_community: CommunityPage, dev: User, hub_team: User, django_capture_on_commit_callbacks: Any
) -> None:
    given(private_community, hub_team, Capability.MANAGE_MEMBERS)
    with django_capture_on_commit_callbacks(execute=True):
        given(private_community, hub_team, Capability.USE_ASSET, asset="The quiet room")
        asked = services.ask(private_community, dev, Capability.SPEAK, "The paper asks us.")
        services.refuse(asked, hub_team, CABINET, "The law gives that to the panel.")
    inbox = read(dev, "/inbox/")
    assert ("The law gives that to the panel." in inbox, "The quiet room" in inbox) == (True, False)
    dev.memberships.update(state="ended", until=timezone.now())
    assert "The law gives that to the panel." not in read(dev, "/inbox/")
