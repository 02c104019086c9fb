"""A community has somebody who looks after it from its first day, and the hub team where it has not."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from communities import services
from communities.models import FACILITATOR, CommunityPage, Membership, State
from communities.models.default_roles import facilitator
from communities.services.succession import give
from home.models import HomePage
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.notifications.mails import bring_what_waits


def form_of_a_community(*people: User, **values: Any) -> dict[str, Any]:
    """What the editor's form sends of a new community that names these people."""
    rows = [
        {f"first_facilitators-{n}-{name}": value for name, value in row.items()}
        for n, row in enumerate(
            {"id": "", "ORDER": n + 1, "DELETE": "", "person": one.pk} for n, one in enumerate(people)
        )
    ]
    empty = {"INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    formsets = {f"first_facilitators-{name}": value for name, value in empty.items()}
    formsets |= {f"comments-{name}": value for name, value in (empty | {"TOTAL_FORMS": 0}).items()}
    texts = {"title": "Night Buses", "slug": "night-buses", "body-count": 0, "stage": "active", "joining": "ask"}
    data = {**texts, "audience": "everyone", "first_facilitators-TOTAL_FORMS": len(people), **formsets, **values}
    return {**data, **{name: value for row in rows for name, value in row.items()}}


def create(hub_team: User, *people: User, **values: Any) -> Any:
    index = Page.objects.get(slug="communities", depth=3)
    address = reverse("wagtailadmin_pages:add", args=["communities", "communitypage", index.pk])
    return browse(hub_team).post(address, form_of_a_community(*people, **values), follow=True)


def facilitators(community: CommunityPage) -> set[User]:
    return {each.person for each in Membership.objects.stewards().filter(community=community)}


# -- a new community ---------------------------------------------------------------------------------------------------
def test_who_is_named_facilitates_from_the_moment_it_is_published(
    hub_team: User, carys: User, django_capture_on_commit_callbacks: Any
) -> None:
    other = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        create(hub_team, carys, other, **{"action-publish": "1"})
    community = CommunityPage.objects.get()
    assert community.live
    assert facilitators(community) == {carys, other}
    assert community.taken == 2
    assert {message.to[0] for message in bring_what_waits()} == {carys.email, other.email}


def test_it_is_not_published_without_one(hub_team: User, carys: User) -> None:
    assert "Name at least one person who looks after" in create(hub_team, **{"action-publish": "1"}).content.decode()
    carys.is_active = False
    carys.save()
    create(hub_team, carys, **{"action-publish": "1"})
    assert not CommunityPage.objects.exists()


def test_it_is_not_published_with_fewer_places_than_facilitators(hub_team: User, carys: User) -> None:
    page = create(hub_team, carys, PersonFactory(), capacity=1, **{"action-publish": "1"}).content.decode()
    assert "Each facilitator needs a place." in page


def test_a_draft_may_lack_them_and_who_is_named_in_one_is_nothing_yet(hub_team: User, carys: User) -> None:
    create(hub_team)
    create(hub_team, carys, slug="day-buses")
    assert CommunityPage.objects.filter(live=False).count() == 2
    assert not Membership.objects.exists()
    CommunityPage.objects.get(slug="day-buses").get_latest_revision().publish()
    assert carys.memberships.get().is_steward


def test_a_draft_without_one_is_not_published_by_the_dozen(hub_team: User) -> None:
    create(hub_team)
    page = CommunityPage.objects.get()
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={page.pk}&next=/admin/"
    assert "“Night Buses” was not published." in browse(hub_team).post(address, follow=True).content.decode()
    page.refresh_from_db()
    assert not page.live


def test_once_it_has_had_one_the_form_asks_no_more(community: CommunityPage, asha: User, hub_team: User) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[community.pk])
    assert "first_facilitators-TOTAL_FORMS" not in browse(hub_team).get(address).content.decode()
    data = form_of_a_community(title="Night Buses", slug=community.slug, **{"action-publish": "1"})
    browse(hub_team).post(address, {name: value for name, value in data.items() if not name.startswith("first_")})
    community.refresh_from_db()
    assert community.title == "Night Buses"


# -- the hub team ------------------------------------------------------------------------------------------------------
def test_the_hub_team_names_one_in_a_community_that_it_may_not_see(
    private_community: CommunityPage, hub_team: User, carys: User
) -> None:
    address = f"{private_community.url}facilitators/"
    assert browse(hub_team).get(private_community.url).status_code == 404
    browse(hub_team).post(address, {"email": carys.email})
    assert carys.memberships.get().is_steward
    assert "Carys Hughes" in browse(hub_team).get(address).content.decode()
    assert browse(hub_team).get(private_community.url).status_code == 404
    assert PageLogEntry.objects.get(action="communities.appointed").user == hub_team


@pytest.mark.parametrize("state", [State.ASKED, State.WAITING, State.INVITED, State.ACTIVE])
def test_whoever_belongs_in_some_way_becomes_a_facilitator(
    community: CommunityPage, hub_team: User, carys: User, state: State
) -> None:
    make_member(carys, community, state=state)
    services.appoint(community, carys, by=hub_team)
    assert carys.memberships.get().is_steward
    assert CommunityPage.objects.get().taken == 1


def test_a_full_community_needs_a_place_for_one(
    community: CommunityPage, bryn: User, carys: User, hub_team: User
) -> None:
    community.capacity = 1
    community.save()
    response = browse(hub_team).post(f"{community.url}facilitators/", {"email": carys.email})
    assert response.status_code == 422
    assert "Every place is taken." in response.content.decode()


def test_nobody_signs_in_with_it(community: CommunityPage, hub_team: User) -> None:
    response = browse(hub_team).post(f"{community.url}facilitators/", {"email": "nobody@example.org"})
    assert "Nobody signs in with this address." in response.content.decode()
    assert 'value="nobody@example.org"' in response.content.decode()


def test_the_hub_team_says_twice_that_it_removes_the_last_one(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    address = f"{community.url}members/{asha.memberships.get().pk}/remove/"
    first = browse(hub_team).post(address, {"reason": "Moved away."})
    assert "There would be fewer than two" in first.content.decode()
    assert "Moved away." in first.content.decode()
    browse(hub_team).post(address, {"reason": "Moved away.", "without": "on"})
    assert facilitators(community) == set()


def test_requests_to_a_community_without_one_reach_the_hub_team(
    community: CommunityPage, carys: User, hub_team: User
) -> None:
    asked = make_member(carys, community, state=State.ASKED)
    front = browse(hub_team).get("/").content.decode()
    assert "Carys Hughes asks to join Foster Care Together" in front
    assert "Nobody looks after Foster Care Together" in front
    page = browse(hub_team).get(f"{community.url}facilitators/").content.decode()
    assert f"members/{asked.pk}/accept/" in page
    browse(hub_team).post(f"{community.url}members/{asked.pk}/accept/")
    assert carys.memberships.get().is_active


def test_where_somebody_facilitates_the_hub_team_does_not_answer(
    community: CommunityPage, asha: User, carys: User, hub_team: User
) -> None:
    asked = make_member(carys, community, state=State.ASKED)
    assert "asks to join" not in browse(hub_team).get("/").content.decode()
    assert browse(hub_team).post(f"{community.url}members/{asked.pk}/accept/").status_code == 404


def test_a_private_community_without_one_is_counted_and_not_named_on_the_front_page(
    private_community: CommunityPage, hub_team: User
) -> None:
    front = browse(hub_team).get("/").content.decode()
    assert "One community to see to" in front
    assert "Safe Homes" not in front
    assert "Safe Homes" in browse(hub_team).get("/communities/unattended/").content.decode()


def test_many_are_counted(home: HomePage, hub_team: User) -> None:
    CommunityFactory.create_batch(5)
    CommunityFactory(closed=True)
    assert "2 more communities to see to" in browse(hub_team).get("/").content.decode()


@pytest.mark.parametrize("role", [FACILITATOR, ""])
def test_the_hub_team_reaches_it_from_the_members_page(
    community: CommunityPage, bryn: User, hub_team: User, role: str
) -> None:
    make_member(PersonFactory(), community, FACILITATOR)
    if role:
        give(bryn.memberships.get(), facilitator())
    page = browse(hub_team).get(f"{community.url}members/").content.decode()
    assert f"{community.url}facilitators/" in page
    assert f"members/{bryn.memberships.get().pk}/remove/" in page


def test_those_who_facilitate_hear_whom_the_hub_team_names_themselves_included(
    private_community: CommunityPage, carys: User, hub_team: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_member(carys, private_community, FACILITATOR)
    with django_capture_on_commit_callbacks(execute=True):
        browse(hub_team).post(f"{private_community.url}facilitators/", {"email": hub_team.email})
    told = {one.to[0]: one.body for one in bring_what_waits()}
    assert "Hub Team made Hub Team a facilitator" in told[carys.email]
    assert "Safe Homes" in told[carys.email]


def test_whoever_was_removed_is_not_named_again_by_an_old_page(private_community: CommunityPage, carys: User) -> None:
    private_community.first_facilitators.create(person=carys)
    membership = make_member(carys, private_community)
    membership.state, membership.until = State.ENDED, timezone.now()
    membership.save()
    CommunityPage.objects.get(pk=private_community.pk).save_revision().publish()
    assert not Membership.objects.current().filter(person=carys).exists()


# -- what the hub team reaches of a community that it may not see ------------------------------------------------------
@pytest.mark.parametrize("deed", ["accept", "decline", "roles", "remove"])
def test_no_members_name_is_read_by_a_changed_number(
    private_community: CommunityPage, dev: User, hub_team: User, deed: str
) -> None:
    address = f"{private_community.url}members/{dev.memberships.get().pk}/{deed}/"
    browser = browse(hub_team)
    answers = [browser.post(address, {"roles": "facilitator", "reason": "Moved away."}, follow=True)]
    if deed == "remove":
        answers.append(browser.get(address, follow=True))
    assert "Dev Anand" not in "".join(answer.content.decode() for answer in answers)
    assert (dev.memberships.get().state, dev.memberships.get().roles) == (State.ACTIVE, [])


def test_whom_its_page_names_the_hub_team_reaches_and_the_look_is_logged(
    private_community: CommunityPage, dev: User, hub_team: User
) -> None:
    give(dev.memberships.get(), facilitator())
    page = browse(hub_team).get(f"{private_community.url}members/{dev.memberships.get().pk}/remove/")
    assert "Dev Anand" in page.content.decode()
    assert PageLogEntry.objects.get(action="communities.looked_after").user == hub_team
