"""Whoever goes, by whatever way, is gone the same moment from all that they held where people talk: nobody is sent to
them, waits for them or is let in by them. What they wrote keeps their name as long as their account is only off.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations.models import Invitation
from communities.models import FACILITATOR, Award, Claim, CommunityPage, CommunityTopic, Qualification
from conversations.choices import Kind, ReportReason
from conversations.models import Case, CommunityPromise, Delegation, Guest, Option
from conversations.moderation import services as moderation
from conversations.polls import services as polls
from conversations.promise.keepers import keepers_of
from core.audiences import Audience
from core.models import Topic
from people.models import Absence, User
from tests.communities.test_leavers import WAYS
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, make_member
from tests.replay import replayed
from thanks import services as thanks


@pytest.fixture
@replayed
def held(community: CommunityPage, asha: User, bryn: User) -> dict[str, Any]:
    """Gwen Gone holds all that one can hold where people talk."""
    today = timezone.localdate()
    later = today + timedelta(days=30)
    gwen = PersonFactory(first_name="Gwen", last_name="Gone", public=True)
    make_member(gwen, community, FACILITATOR)
    CommunityPromise.objects.create(community=community, keeper=gwen, backup=bryn)
    question = begun(community, bryn, Kind.QUESTION)
    talk = begun(community, bryn, audience=Audience.MEMBERS)
    idea = begun(community, bryn, Kind.IDEA)
    polls.vote(polls.set_up(idea, bryn, "Where?", ["The mill", "The weir"]), gwen, [Option.objects.first().pk])
    for principal, delegate in ((gwen, bryn), (asha, gwen)):
        terms = {"since": today, "until": later, "accepted": timezone.now()}
        Delegation.objects.create(principal=principal, delegate=delegate, **terms)
    gail = PersonFactory(first_name="Gail", partner=True)
    terms = {"community": community, "until": later, "purpose": "Ladders."}
    Guest.objects.create(conversation=talk, email=gail.email, person=gail, sponsor=gwen, **terms)
    topic = Topic.objects.create(name="Ladders", slug="ladders")
    CommunityTopic.objects.create(tag=topic, content_object=community)
    Award.objects.create(
        person=gwen, qualification=Qualification.objects.create(name="Climber"), evidence="A card.", awarded_on=today
    )
    Claim.objects.create(person=gwen, community=community, topic=topic, words="I mend them.")
    Absence.objects.create(person=asha, first=today, last=later, stand_in=gwen)
    wren = PersonFactory(first_name="Wren")
    make_member(wren, community)
    case = moderation.report(answered(idea, bryn), wren, ReportReason.OTHER, "Not here.")
    moderation.take(case, gwen)
    thanks.give(bryn, gwen, "You held the ladder.")
    Invitation.objects.create(community=community, email="new@example.org", kind="staff", invited_by=gwen)
    return {"gwen": gwen, "gail": gail, "question": question, "talk": talk, "idea": idea, "asha": asha, "bryn": bryn}


def told(held: dict[str, Any], who: str, place: str) -> bool:
    """Whether it names her."""
    return "Gwen" in browse(held[who]).get(place).content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_whoever_goes_is_gone_from_all_that_they_held_where_people_talk(
    held: dict[str, Any], hub_team: User, way: str
) -> None:
    held["hub_team"] = hub_team
    question, talk = held["question"], held["talk"]
    home = f"/conversations/in/{question.community.slug}"
    places = {
        "whom one mentions": ("bryn", f"{question.url}names/?q=g"),
        "whom one mentions in a new one": ("bryn", f"{home}/names/?q=gw"),
        "for whom one writes": ("bryn", f"{home}/new/"),
        "whose delegate one is": ("bryn", "/conversations/delegates/"),
        "whom one named": ("asha", "/conversations/delegates/"),
        "all delegates": ("hub_team", "/conversations/delegates/all/"),
        "who keeps the promise": ("asha", f"{home}/promise/"),
        "who sees to a question": ("bryn", question.url),
        "who answers for a guest": ("asha", f"{talk.url}guests/"),
        "what was reported": ("asha", "/conversations/reports/"),
        "who stands in for somebody": ("asha", held["asha"].get_absolute_url()),
        "who asked to be named": ("asha", "/"),
        "all who asked to be named": ("hub_team", "/named/waiting/"),
        "who showed evidence": ("hub_team", "/qualifications/waiting/"),
    }
    assert [name for name, (who, place) in places.items() if not told(held, who, place)] == []
    assert browse(held["gail"]).get(talk.url).status_code == 200
    WAYS[way](held["gwen"], hub_team)
    assert [name for name, (who, place) in places.items() if told(held, who, place)] == []
    assert browse(held["gail"]).get(talk.url).status_code == 404
    assert not Case.objects.exclude(taken_by=None).exists()
    assert not Delegation.objects.in_force().exists()
    assert keepers_of([question.community_id])[question.community_id].first == held["bryn"]
    assert Invitation.objects.count() == 1
    assert held["idea"].poll.ballots.count() == 1  # a secret ballot is nobody's, and cannot be told from the others
