"""What a role asks is accepted by whoever holds it, version by version, and only stewards see who has not."""

import pytest
from django.urls import reverse

from communities import services
from communities.models import FACILITATOR, CommunityPage, Holding, Membership, Role
from communities.models.default_roles import facilitator
from communities.permissions import is_steward
from communities.services.responsibilities import publish
from core.outbox import drain
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory, make_member, role_called


@pytest.fixture
def asked(asha: User, hub_team: User) -> Holding:
    """Asha accepted the first version, and there is a second."""
    holding = Holding.objects.get(membership__person=asha)
    publish(holding.role, f"{holding.role.responsibilities.first().text}\nKeep the minutes.", hub_team)
    return holding


def said(holding: Holding) -> tuple[bool, str, bool]:
    holding.refresh_from_db()
    return holding.accepts, holding.reason, holding.answered == holding.role.responsibilities.first()


def hears_of_it(person: User) -> bool:
    """Whether their inbox says that somebody does not take a role on."""
    drain("notices")
    return "does not take on" in browse(person).get("/inbox/").content.decode()


def respond(person: User, holding: Holding, answer: str, reason: str = "", **more: object) -> int:
    version = holding.role.responsibilities.first().pk
    data = {"version": version, "answer": answer, "reason": reason, **more}
    return browse(person).post(f"/communities/roles/{holding.pk}/", data).status_code


def test_who_accepted_is_asked_again_and_sees_what_is_new(asked: Holding, asha: User) -> None:
    assert f"/communities/roles/{asked.pk}/" in browse(asha).get("/").content.decode()
    page = browse(asha).get(f"/communities/roles/{asked.pk}/").content.decode()
    assert page.count("<ins>") == 1
    assert respond(asha, asked, "yes") == 302
    assert said(asked) == (True, "", True)
    assert f"/communities/roles/{asked.pk}/" not in browse(asha).get("/").content.decode()


def test_no_needs_a_reason_which_only_stewards_read(
    asked: Holding, asha: User, bryn: User, community: CommunityPage
) -> None:
    dilys = make_member(PersonFactory(), community, FACILITATOR).person
    assert respond(asha, asked, "no") == 422
    assert respond(asha, asked, "no", "My shifts have a quillwort.", successor=bryn.memberships.get().pk) == 302
    assert said(asked) == (False, "My shifts have a quillwort.", True)
    assert b"quillwort" in browse(asha).get(f"/communities/roles/{asked.pk}/").content  # they read their own answer
    readers = (dilys, bryn, make_member(PersonFactory(), community).person)
    shown = ["quillwort" in browse(who).get(f"{community.url}members/").content.decode() for who in readers]
    assert shown == [True, True, False]


def test_a_role_that_is_declined_opens_nothing_until_it_is_accepted(
    asked: Holding, asha: User, bryn: User, community: CommunityPage
) -> None:
    services.add_role(Membership.objects.get(person=bryn), asked.role, asha)
    make_member(PersonFactory(), community, FACILITATOR)
    assert respond(asha, asked, "no", "My shifts.") == 302
    assert (is_steward(asha, community), is_steward(bryn, community)) == (False, True)
    assert hears_of_it(bryn)
    assert respond(asha, asked, "yes") == 302
    assert (is_steward(asha, community), hears_of_it(bryn)) == (True, False)


def test_the_last_but_one_steward_names_somebody_before_they_say_no(
    asked: Holding, asha: User, bryn: User, community: CommunityPage
) -> None:
    assert respond(asha, asked, "no", "My shifts.") == 422
    mine = Membership.objects.get(person=bryn).pk
    assert respond(asha, asked, "no", "My shifts.", successor=mine) == 302
    assert (is_steward(asha, community), is_steward(bryn, community)) == (False, True)


def test_whoever_said_no_is_asked_anew_when_they_are_named_again(asked: Holding, asha: User, hub_team: User) -> None:
    make_member(PersonFactory(), asked.membership.community, FACILITATOR)
    make_member(PersonFactory(), asked.membership.community, FACILITATOR)
    respond(asha, asked, "no", "My shifts.")
    services.appoint(asked.membership.community, asha, hub_team)
    assert [one.is_declined for one in Holding.objects.filter(membership__person=asha).order_by("pk")] == [True, False]
    assert is_steward(asha, asked.membership.community)


def test_an_answer_to_older_words_counts_for_nothing(asked: Holding, asha: User, hub_team: User) -> None:
    old = asked.role.responsibilities.first().pk
    publish(asked.role, "Something else.", hub_team)
    browse(asha).post(f"/communities/roles/{asked.pk}/", {"version": old, "answer": "yes"})
    assert not said(asked)[2]


def test_the_hub_team_edits_the_catalogue_and_nobody_else(home: object, hub_team: User, asha: User) -> None:
    address = reverse("wagtailsnippets_communities_role:add")
    data = {"name": "Keeper of keys", "rank": 30, "what_for": "", "capabilities": ["surgeries"], "asks": "Lock up."}
    assert browse(asha).get(address).status_code != 200
    browse(hub_team).post(address, data)
    role = Role.objects.get(slug="keeper-of-keys")
    assert (role.capabilities, role.responsibilities.get().text) == (["surgeries"], "Lock up.")
    data["asks"] = "Lock up, and open again."
    browse(hub_team).post(reverse("wagtailsnippets_communities_role:edit", args=[role.pk]), data)
    assert role.responsibilities.first().number == 2


def test_a_role_that_somebody_held_is_not_deleted_and_says_why(home: object, hub_team: User, bryn: User) -> None:
    held, unused = role_called("observer"), role_called("keeper-of-keys")
    Holding.objects.create(membership=bryn.memberships.get(), role=held)
    for role in (held, unused, facilitator()):
        response = browse(hub_team).post(
            reverse("wagtailsnippets_communities_role:delete", args=[role.pk]), follow=True
        )
        assert response.status_code == 200
    assert set(Role.objects.values_list("slug", flat=True)) == {"observer", FACILITATOR}


def test_those_who_have_not_accepted_stand_on_several_pages(asha: User, community: CommunityPage) -> None:
    role = role_called("observer")
    publish(role, "Say for whom you are there.", asha)
    for person in PersonFactory.create_batch(30):
        Holding.objects.create(membership=make_member(person, community), role=role)
    browser = browse(asha)
    pages = [browser.get(f"{community.url}members/?answers={n}").context["not_accepted"] for n in (1, 2, "x")]
    assert [len(page.object_list) for page in pages] == [24, 6, 24]
