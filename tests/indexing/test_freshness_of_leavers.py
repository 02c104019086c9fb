"""Whoever leaves, is switched off or is deleted, by whatever way: search agrees with the database the same moment."""

from typing import Any

import pytest
from django.utils import timezone

from communities.models import FACILITATOR, Claim, ClaimEvidence, CommunityPage
from conversations.choices import Kind
from core.models import Topic
from indexing import maintenance
from people.models import User
from tests.communities.test_leavers import WAYS
from tests.conversations.saying import answered, begun
from tests.factories import (
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)
from thanks import services as thanks


@pytest.fixture
def held(community: CommunityPage, carys: User) -> dict[str, User]:
    """Gwen holds all that search tells of, and Lowri has thanks alone, and belongs to nothing."""
    gwen, lowri = (PersonFactory(first_name=name, public=True) for name in ("Gwen", "Lowri"))
    make_member(gwen, community, FACILITATOR)
    tell(StoryFactory(community=community), gwen)
    GuidanceFactory(community=community, checked_by=gwen).authors.add(gwen)
    SessionFactory(surgery=SurgeryFactory(community=community), title="For beginners").mentors.add(gwen)
    answered(begun(community, gwen, Kind.QUESTION), gwen)
    topic = Topic.objects.create(name="Lanterns", slug="lanterns")
    said = {"decided_at": timezone.now(), "decided_by": carys, "decided_name": carys.name, "reason": "We know her."}
    claim = Claim.objects.create(
        person=gwen, community=community, topic=topic, words="I mend them.", until=timezone.localdate(), **said
    )
    ClaimEvidence.objects.create(claim=claim)
    for person in (gwen, lowri):
        thanks.show(thanks.give(carys, person, "You mended my lantern."))
        thanks.show(thanks.give(person, PersonFactory(), "You held the ladder."))
    return {"gwen": gwen, "lowri": lowri}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_stale_is_left_of_whoever_goes(
    held: dict[str, User], hub_team: User, way: str, django_capture_on_commit_callbacks: Any
) -> None:
    maintenance.rebuild()
    for name, person in held.items():
        with django_capture_on_commit_callbacks(execute=True):
            WAYS[way](person, hub_team)
        assert (name, maintenance.compare().keys()) == (name, [])


def test_nothing_is_missing_of_whoever_comes_back(
    held: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.update(is_active=False)
    maintenance.rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        User.objects.update(is_active=True)
    assert maintenance.compare().keys() == []
