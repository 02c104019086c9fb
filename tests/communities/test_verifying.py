"""Evidence is given by its person and verified by somebody else, at every door; nobody else learns of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communities.choices import Capability
from communities.models import Award, CommunityPage, Holding, Qualification, Role
from communities.qualifications import services
from communities.qualifications.services import CannotAward
from communities.rights import can
from communities.services import set_roles
from people.models import User
from tests.communities.qualified import awarded, demanded, in_days
from tests.conftest import browse
from tests.factories import PersonFactory, make_member


@pytest.fixture
def role(asha: User) -> Role:
    """What Asha holds, and Bryn, from now on."""
    found: Role = Holding.objects.get(membership__person=asha).role
    return found


@pytest.fixture
def what(role: Role, asha: User, hub_team: User) -> Qualification:
    """Asha has it, and her role demands it."""
    qualification = demanded(role)
    awarded(asha, qualification, hub_team)
    return qualification


@pytest.fixture
def evidence(what: Qualification, role: Role, bryn: User, asha: User) -> Award:
    """Bryn holds the role, and gives evidence on a phone."""
    set_roles(bryn.memberships.get(), [role], asha)
    give(browse(bryn), what)
    found: Award = Award.objects.get(person=bryn)
    return found


def give(browser: Client, what: Qualification, **said: Any) -> int:
    data = {"evidence": "Course, quillwort", "link": "", "awarded_on": in_days(-3), "until": in_days(300), **said}
    return browser.post(f"/qualifications/give/{what.slug}/", data).status_code


def answer(person: User, award: Award, word: str, reason: str = "") -> int:
    return browse(person).post(f"/qualifications/{award.pk}/", {"answer": word, "reason": reason}).status_code


def test_a_steward_verifies_and_the_role_comes_back(
    evidence: Award, community: CommunityPage, asha: User, bryn: User
) -> None:
    assert not can(bryn, Capability.EDIT_PAGE, community)
    assert "waits to be verified" in str(can(bryn, Capability.EDIT_PAGE, community).because)
    assert f"/qualifications/{evidence.pk}/" in browse(asha).get("/").content.decode()
    assert answer(asha, evidence, "yes") == 302
    assert can(bryn, Capability.EDIT_PAGE, community)
    evidence.refresh_from_db()
    assert (evidence.decided_by, evidence.decided_name) == (asha, asha.name)


def test_no_needs_a_reason(evidence: Award, asha: User, bryn: User) -> None:
    assert answer(asha, evidence, "no") == 422
    assert answer(asha, evidence, "no", "It is of 1998.") == 302
    assert "It is of 1998." in browse(bryn).get(f"/qualifications/{evidence.pk}/").content.decode()
    assert give(browse(bryn), evidence.qualification) == 302


def test_nobody_verifies_their_own(evidence: Award, bryn: User, hub_team: User) -> None:
    assert answer(bryn, evidence, "yes") == 404
    with pytest.raises(CannotAward):
        services.verify(evidence, bryn)
    said = services.Evidence("Mine", in_days(-1), until=in_days(5))
    with pytest.raises(CannotAward):
        services.record(hub_team, evidence.qualification, said, hub_team)
    data = {"email": hub_team.email, "qualification": evidence.qualification.slug, "evidence": "Mine"}
    days = {"awarded_on": in_days(-1), "until": in_days(5)}
    assert browse(hub_team).post("/qualifications/record/", {**data, **days}).status_code == 422
    own = services.give(hub_team, evidence.qualification, said)
    assert answer(hub_team, own, "yes") == 404
    own.refresh_from_db()
    assert own.is_waiting


def test_who_sees_evidence(
    evidence: Award, private_community: CommunityPage, role: Role, asha: User, bryn: User, carys: User, hub_team: User
) -> None:
    fellow = PersonFactory()
    make_member(fellow, asha.memberships.get().community)
    foreign = PersonFactory()
    make_member(foreign, private_community, "facilitator")
    awarded(foreign, evidence.qualification, hub_team)
    seen = {
        name: browse(who).get(f"/qualifications/{evidence.pk}/").status_code
        for name, who in locals().items()
        if isinstance(who, User)
    }
    assert seen == {"asha": 200, "bryn": 200, "carys": 404, "hub_team": 200, "fellow": 404, "foreign": 404}
    waiting = {who: browse(who).get("/qualifications/waiting/") for who in (asha, hub_team, carys, bryn)}
    lists = [bryn.name in page.content.decode().partition("<main")[2] for page in waiting.values()]
    assert lists == [True, True, False, False]
    evidence.person.memberships.get().holdings.update(until=timezone.now())
    assert browse(asha).get(f"/qualifications/{evidence.pk}/").status_code == 404


def test_whoever_lost_the_right_meanwhile_verifies_nothing(evidence: Award, what: Qualification, asha: User) -> None:
    Award.objects.filter(person=asha).update(until=in_days(-1))
    assert answer(asha, evidence, "yes") == 404
    with pytest.raises(CannotAward):
        services.verify(evidence, asha)


def test_what_was_typed_survives_an_answer_of_somebody_else(evidence: Award, asha: User, hub_team: User) -> None:
    services.verify(evidence, hub_team)
    response = browse(asha).post(f"/qualifications/{evidence.pk}/", {"answer": "no", "reason": "It is a copy."})
    assert response.status_code == 422
    assert "It is a copy." in response.content.decode()
    assert Award.objects.get(pk=evidence.pk).counts


BAD = {
    "nothing": {"evidence": " "},
    "not awarded yet": {"awarded_on": in_days(2)},
    "over": {"until": in_days(-1)},
    "before it began": {"awarded_on": in_days(-1), "until": in_days(-2)},
    "no end": {"until": ""},
    "a script": {"link": "javascript:alert(1)"},
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD)
def test_bad_evidence_is_refused_and_kept(said: dict[str, Any], what: Qualification, bryn: User) -> None:
    assert give(browse(bryn), what, **said) == 422
    assert not Award.objects.filter(person=bryn).exists()


def test_evidence_waits_once_and_can_be_taken_back(evidence: Award, bryn: User, asha: User) -> None:
    assert give(browse(bryn), evidence.qualification) == 422
    assert browse(asha).post(f"/qualifications/{evidence.pk}/take-back/").status_code == 404
    assert Award.objects.filter(pk=evidence.pk).exists()
    browse(bryn).post(f"/qualifications/{evidence.pk}/take-back/")
    assert not Award.objects.filter(pk=evidence.pk).exists()
    assert give(browse(bryn), evidence.qualification) == 302


def test_the_hub_team_records_and_withdraws(
    evidence: Award, community: CommunityPage, bryn: User, hub_team: User
) -> None:
    data = {"email": bryn.email, "qualification": evidence.qualification.slug, "evidence": "Seen"}
    browse(hub_team).post("/qualifications/record/", {**data, "awarded_on": in_days(-1), "until": in_days(90)})
    made = Award.objects.counting().get(person=bryn)
    assert can(bryn, Capability.EDIT_PAGE, community)
    evidence.refresh_from_db()
    assert evidence.refusal
    assert browse(bryn).get(f"/qualifications/{made.pk}/withdraw/").status_code == 404
    browse(hub_team).post(f"/qualifications/{made.pk}/withdraw/", {"reason": "A mix-up."})
    answer = can(bryn, Capability.EDIT_PAGE, community)
    assert "was withdrawn on" in str(answer.because)
    assert made.recorded_at - timezone.now() < timedelta(minutes=1)


def test_stewards_read_who_is_suspended_and_others_do_not(
    evidence: Award, community: CommunityPage, asha: User, carys: User
) -> None:
    make_member(carys, community)
    shown = [
        "waits to be verified" in browse(who).get(f"{community.url}members/").content.decode() for who in (asha, carys)
    ]
    assert shown == [True, False]
