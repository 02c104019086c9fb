"""One question says who may join and why not; page, form, list and service give the same answer."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from communities import services
from communities.joining import JoinOutcome, may_join
from communities.models import CommunityPage, Joining, Membership, Stage, State
from communities.models.default_roles import facilitator
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory, make_member

STAGES = {
    Stage.PROPOSED: "proposed",
    Stage.PILOT: None,
    Stage.ACTIVE: None,
    Stage.PAUSED: "paused",
    Stage.CLOSED: "closed",
}
"""What each stage says to a stranger; where it says nothing, the joining decides."""
JOININGS = {Joining.OPEN: "join", Joining.ASK: "ask", Joining.INVITATION: "invitation"}
STANDINGS = {
    None: None,
    State.ENDED: None,
    State.ACTIVE: "member",
    State.ASKED: "asked",
    State.WAITING: "waiting",
    State.INVITED: "accept",
}
AFTER = {"join": State.ACTIVE, "ask": State.ASKED, "wait": State.WAITING, "accept": State.ACTIVE}


def expected(stage: Stage, joining: Joining, state: State | None) -> str:
    standing = STANDINGS[state]
    if standing == "accept":
        return {Stage.PAUSED: "paused", Stage.CLOSED: "closed"}.get(stage, "accept")
    return standing or STAGES[stage] or JOININGS[joining]


@pytest.mark.parametrize(("stage", "joining"), product(STAGES, JOININGS))
def test_the_answer_is_the_same_to_whoever_asks(community: CommunityPage, stage: Stage, joining: Joining) -> None:
    CommunityPage.objects.update(stage=stage, joining=joining)
    community.refresh_from_db()
    for state in STANDINGS:
        said = expected(stage, joining, state)
        assert answers(standing(community, state), community) == (said, said in AFTER, AFTER.get(said, state)), state


def standing(community: CommunityPage, state: State | None) -> User:
    """Somebody who belongs here in this way."""
    person = PersonFactory()
    if state is not None:
        made = make_member(person, community, state=State.ACTIVE if state == State.ENDED else state)
        if state == State.INVITED:
            Membership.objects.filter(pk=made.pk).update(invited_by=PersonFactory(is_superuser=True))
        if state == State.ENDED:
            services.leave(made)
    return person


def answers(person: User, community: CommunityPage) -> tuple[str, bool, State | None]:
    """What the question says, whether the page offers a way in, and what a form that is sent leads to."""
    decision, offers = may_join(person, community), page_offers(person, community)
    browse(person).post(f"{community.url}join/", {"note": ""})
    last = Membership.objects.last_of(person, community)
    return decision.entry, offers, last and State(last.state)


def page_offers(person: User, community: CommunityPage) -> bool:
    """Whether the community's page has the way to the form."""
    return f'href="{community.url}join/"' in browse(person).get(community.url).content.decode()


@pytest.mark.parametrize(
    ("viewer", "audience", "said"),
    [
        ("nobody", Audience.EVERYONE, "sign-in"),
        ("nobody", Audience.MEMBERS, "hidden"),
        ("carys", Audience.MEMBERS, "hidden"),
        ("carys", Audience.ORGANISATION, "join"),
        ("resident", Audience.ORGANISATION, "hidden"),
        ("gone", Audience.EVERYONE, "away"),
        ("hub_team", Audience.MEMBERS, "hidden"),
    ],
)
def test_who_asks_matters(
    community: CommunityPage, carys: User, hub_team: User, viewer: str, audience: Audience, said: str
) -> None:
    community.audience = audience
    community.save()
    cast: dict[str, Any] = {"nobody": AnonymousUser(), "carys": carys, "hub_team": hub_team}
    cast |= {"resident": PersonFactory(resident=True), "gone": PersonFactory(is_active=False)}
    person = cast[viewer]
    assert may_join(person, community).entry == said
    if person.is_authenticated and said != "join":
        with pytest.raises(services.CannotJoin):
            services.join(community, person)


def test_a_full_community_offers_a_place_on_the_waiting_list(community: CommunityPage, bryn: User, carys: User) -> None:
    community.capacity = 1
    community.save()
    assert may_join(carys, CommunityPage.objects.get(pk=community.pk)).entry is JoinOutcome.WAIT
    assert "Wait for a place" in browse(carys).get(community.url).content.decode()


def test_a_draft_lets_nobody_in(community: CommunityPage, carys: User) -> None:
    CommunityPage.objects.update(live=False)
    community.refresh_from_db()
    assert may_join(carys, community).entry is JoinOutcome.HIDDEN


def test_whoever_was_removed_asks_where_others_walk_in(community: CommunityPage, asha: User, bryn: User) -> None:
    services.remove(bryn.memberships.get(), asha, "Shouted.")
    assert may_join(bryn, community).entry is JoinOutcome.ASK
    assert services.join(community, bryn).state == State.ASKED


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSED])
def test_a_paused_community_lets_nobody_in_from_its_lists(
    community: CommunityPage, asha: User, carys: User, stage: Stage
) -> None:
    asked = make_member(carys, community, state=State.ASKED)
    waiting = make_member(PersonFactory(), community, state=State.WAITING)
    CommunityPage.objects.update(stage=stage)
    answer = browse(asha).post(f"{community.url}members/{asked.pk}/accept/", follow=True).content.decode()
    assert "nobody is let in" in answer
    services.settle([community.pk])
    assert set(Membership.objects.filter(pk__in=(asked.pk, waiting.pk)).values_list("state", flat=True)) == {
        State.ASKED,
        State.WAITING,
    }


@pytest.mark.parametrize(("facilitator", "words"), [(True, "A facilitator will answer."), (False, "The hub team will")])
def test_the_welcome_says_who_answers(
    community: CommunityPage, asha: User, carys: User, facilitator: bool, words: str
) -> None:
    CommunityPage.objects.update(joining=Joining.ASK)
    if not facilitator:
        asha.memberships.get().delete()
    assert words.split(" will", maxsplit=1)[0] in browse(carys).get(f"{community.url}join/").content.decode()
    assert words in browse(carys).post(f"{community.url}join/", {"note": ""}, follow=True).content.decode()


def test_inviting_somebody_who_asked_as_a_facilitator_makes_them_one(
    community: CommunityPage, asha: User, carys: User
) -> None:
    make_member(carys, community, state=State.ASKED)
    assert services.invite(community, carys, by=asha, role=facilitator()).is_steward


@pytest.mark.parametrize("way", ["taken back", "declined"])
def test_whoever_was_removed_does_not_walk_in_after_asking_once(
    community: CommunityPage, asha: User, bryn: User, way: str
) -> None:
    services.remove(bryn.memberships.get(), asha, "Shouted.")
    asked = services.join(community, bryn)
    services.leave(asked) if way == "taken back" else services.decline(asked, by=asha)
    assert may_join(bryn, community).entry is JoinOutcome.ASK
    assert services.join(community, bryn).state == State.ASKED
