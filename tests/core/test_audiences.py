"""The one rule for who may see what, as a rule: whatever the cast, both ways of asking it agree."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from communities.models import CommunityPage, State
from core.audience_check import wrong_tokens
from core.audiences import (
    EVERYONE,
    NOBODY,
    ORGANISATION,
    Audience,
    community_token,
    forget_tokens,
    may_see,
    narrowest,
    viewer_tokens,
)
from people.models import User
from stories.models import StoryPage
from surgeries.models import SurgeryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
)

RANKS = [{EVERYONE}, {ORGANISATION}, {community_token(1), community_token(2)}, {NOBODY}]
tokens = st.sampled_from([EVERYONE, ORGANISATION, NOBODY, community_token(1), community_token(2)])


@given(st.lists(tokens, min_size=1))
def test_the_narrowest_is_as_private_as_the_most_private(given: list[str]) -> None:
    chosen = narrowest(*given)
    assert chosen in given
    assert max(rank for rank, held in enumerate(RANKS) if held & set(given)) == next(
        rank for rank, held in enumerate(RANKS) if chosen in held
    )


@pytest.mark.parametrize("audience", Audience.values)
def test_everybody_sees_themselves(home: Any, audience: str) -> None:
    person = PersonFactory(audience=audience, resident=True)
    assert may_see(person, person)
    assert browse(person).get(person.get_absolute_url()).status_code == 200


def test_somebody_who_was_locked_out_sees_what_everyone_sees(private_community: CommunityPage, dev: User) -> None:
    dev.is_active = False
    forget_tokens(dev)
    assert viewer_tokens(dev) == {EVERYONE}


@pytest.mark.parametrize(
    ("of_the_community", "of_the_story", "token"),
    [
        ("everyone", "everyone", EVERYONE),
        ("everyone", "organisation", ORGANISATION),
        ("organisation", "everyone", ORGANISATION),
        ("members", "everyone", "community"),
        ("everyone", "members", "community"),
    ],
)
def test_a_story_is_never_more_public_than_its_community(
    home: Any, of_the_community: str, of_the_story: str, token: str
) -> None:
    community = CommunityFactory(audience=of_the_community)
    story = StoryFactory(audience=of_the_story, community=community)
    assert story.audience_token == (community_token(community.pk) if token == "community" else token)


def test_a_story_for_members_needs_a_community(home: Any) -> None:
    with pytest.raises(ValidationError, match="Choose the community whose members"):
        StoryFactory(audience=Audience.MEMBERS)


def test_what_lost_its_community_is_seen_by_nobody(private_community: CommunityPage, hub_team: User) -> None:
    story = StoryFactory(audience=Audience.MEMBERS, community=private_community)
    private_community.delete()
    story.refresh_from_db()
    assert story.own_audience_token() == NOBODY
    assert not may_see(hub_team, story)


def test_a_community_that_opens_opens_what_it_looks_after(private_community: CommunityPage) -> None:
    guidance = GuidanceFactory(community=private_community)
    private_community.audience = Audience.EVERYONE
    private_community.save()
    assert browse().get(guidance.url).status_code == 200


def test_a_copy_of_a_private_community_is_private_to_its_own_members(
    private_community: CommunityPage, dev: User
) -> None:
    copy = private_community.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert copy.audience_token == community_token(copy.pk)
    assert browse(dev).get(copy.url).status_code == 404


def test_an_old_public_draft_of_a_private_story_brings_the_bounds_with_it(private_community: CommunityPage) -> None:
    story = StoryFactory(community=private_community)
    story.save_revision().publish()
    assert browse().get(story.url).status_code == 404


# -- people ------------------------------------------------------------------------------------------------------------
def test_residents_and_members_see_each_other(private_community: CommunityPage, dev: User, carys: User) -> None:
    hidden = PersonFactory(audience=Audience.MEMBERS)
    make_member(hidden, private_community)
    assert browse(dev).get(hidden.get_absolute_url()).status_code == 200
    assert browse(carys).get(hidden.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("state", [State.ASKED, State.WAITING])
def test_who_only_asked_sees_no_member(private_community: CommunityPage, dev: User, carys: User, state: State) -> None:
    User.objects.filter(pk=dev.pk).update(audience=Audience.MEMBERS, audience_token=NOBODY)
    make_member(carys, private_community, state=state)
    assert browse(carys).get(dev.get_absolute_url()).status_code == 404


def test_a_resident_sees_no_colleague_whom_they_do_not_know(dev: User, carys: User) -> None:
    assert browse(dev).get(carys.get_absolute_url()).status_code == 404


def test_whoever_has_gone_has_no_page(carys: User, bryn: User) -> None:
    User.objects.filter(pk=carys.pk).update(is_active=False)
    assert browse(bryn).get(carys.get_absolute_url()).status_code == 404


# -- in bulk -----------------------------------------------------------------------------------------------------------
IN_BULK = {
    "made": lambda _it: User.objects.bulk_create([User(name="Bee", slug="bee", kind="staff", audience="everyone")]),
    "people": lambda _it: User.objects.update(audience=Audience.EVERYONE),
    "stories": lambda _it: StoryPage.objects.update(audience=Audience.MEMBERS),
    "stories go to another community": lambda it: StoryPage.objects.update(community=it["private"]),
    "a community and all that it looks after": lambda _it: CommunityPage.objects.update(audience=Audience.MEMBERS),
    "objects": lambda it: StoryPage.objects.bulk_update([closed(it["story"])], ["audience"]),
}


def closed(story: StoryPage) -> StoryPage:
    story.audience = Audience.MEMBERS
    return story


@pytest.mark.parametrize("write", IN_BULK)
def test_tokens_follow_what_is_written_in_bulk(
    community: CommunityPage, private_community: CommunityPage, asha: User, write: str
) -> None:
    story = StoryFactory(community=community)
    SessionFactory(surgery=SurgeryFactory(community=community))
    IN_BULK[write]({"story": story, "private": private_community})
    assert list(wrong_tokens()) == []


BY_HAND = {
    "written": lambda surgeries: surgeries.update(audience_token=NOBODY),
    "closed to everybody": lambda surgeries: surgeries.close_to_everybody(),
    "given": lambda surgeries: surgeries.give_tokens(dict.fromkeys(Audience, NOBODY)),
}


@pytest.mark.parametrize("write", BY_HAND)
def test_what_takes_its_token_from_another_follows_one_that_is_written_in_bulk(
    community: CommunityPage, write: str
) -> None:
    session = SessionFactory(surgery=SurgeryFactory(community=community))
    BY_HAND[write](SurgeryPage.objects.all())
    session.refresh_from_db()
    assert session.audience_token == NOBODY
