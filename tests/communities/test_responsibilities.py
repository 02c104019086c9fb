"""What a role asks is accepted by whoever holds it, version by version, and only stewards see who has not."""

import pytest
from django.urls import reverse

from communities.models import CommunityPage, Holding, Role
from communities.services.responsibilities import publish
from people.models import User
from tests.conftest import browse


@pytest.fixture
def asked(asha: User, hub_team: User) -> Holding:
    """Asha accepted the first version, and there is a second."""
    holding = Holding.objects.get(membership__person=asha)
    publish(holding.role, f"{holding.role.responsibilities.first().text}\nKeep the minutes.", hub_team)
    return holding


def said(holding: Holding) -> tuple[bool, str, bool]:
    holding.refresh_from_db()
    return holding.accepts, holding.reason, holding.answered == holding.role.responsibilities.first()


def respond(person: User, holding: Holding, answer: str, reason: str = "") -> int:
    version = holding.role.responsibilities.first().pk
    data = {"version": version, "answer": answer, "reason": reason}
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
    assert respond(asha, asked, "no") == 422
    assert respond(asha, asked, "no", "My shifts have a quillwort.") == 302
    assert said(asked) == (False, "My shifts have a quillwort.", True)
    shown = ["quillwort" in browse(who).get(f"{community.url}members/").content.decode() for who in (asha, bryn)]
    assert shown == [True, False]


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
