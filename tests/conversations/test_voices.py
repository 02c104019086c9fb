"""Under whose grant an announcement speaks, and what stays of that when the grant ends."""

from datetime import date

import pytest
from django.utils import timezone

from communities.choices import Capability
from communities.grants import services as grants
from communities.models import CommunityPage, Grant, Holding
from communities.models.default_roles import facilitator
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation, Voice
from conversations.moving import services as moving
from core.audiences import forget_tokens
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import CommunityFactory, at, make_member


@pytest.fixture
def grant(community: CommunityPage) -> Grant:
    """Every member may speak for the community, until a day that is far away."""
    decided = {"authority": "Cabinet", "reference": "C 12", "decided_on": date(2026, 3, 3), "decided_name": "Hub team"}
    times = {"decided_at": at(2026, 3, 3), "starts": at(2026, 3, 3), "until": at(2099, 1, 1, 0)}
    made: Grant = Grant.objects.create(community=community, capability=Capability.SPEAK, **decided, **times)
    return made


@pytest.fixture
def announcement(grant: Grant, community: CommunityPage, bryn: User) -> Conversation:
    return begun(community, bryn, Kind.ANNOUNCEMENT)


def withdrawn(grant: Grant, by: User) -> None:
    grants.withdraw(grant, by, grants.GrantDecision("Cabinet", timezone.localdate(), "C 13"), "The pilot is over.")


def test_an_announcement_says_under_whose_grant_it_speaks(announcement, grant, community, carys):
    voice = Voice.objects.get(post__conversation=announcement)
    assert (voice.community, voice.grant, voice.role) == (community, grant, "")
    assert (voice.authority, voice.last_day) == ("Cabinet, 3 March 2026, C 12", date(2098, 12, 31))
    assert "Cabinet, 3 March 2026, C 12" in browse(carys).get(announcement.url).content.decode()


def test_a_grant_is_named_where_a_role_gives_the_right_too(grant, community, asha):
    assert begun(community, asha, Kind.ANNOUNCEMENT).posts.get().voice.grant == grant


def test_a_role_that_gives_the_right_is_named(community, asha):
    said = begun(community, asha, Kind.ANNOUNCEMENT)
    assert said.posts.get().voice.role == str(facilitator())


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.ANNOUNCEMENT])
def test_everything_else_is_its_authors_own(kind, community, asha):
    assert begun(community, asha, kind).posts.get().spoken_for is None


def test_answers_to_an_announcement_are_their_authors_own(announcement, asha):
    assert answered(announcement, asha).spoken_for is None


def test_a_grant_that_ends_later_says_so_and_the_mark_stays(announcement, grant, hub_team, carys):
    withdrawn(grant, hub_team)
    voice = Voice.objects.get()
    assert (voice.authority, voice.ended_on) == ("Cabinet, 3 March 2026, C 12", timezone.localdate())
    assert str(voice.ended) in browse(carys).get(announcement.url).content.decode()


def test_words_said_for_the_community_are_changed_by_those_who_speak_for_it(announcement, grant, hub_team, bryn):
    post = announcement.posts.get()
    services.edit(post, "On Sunday.", bryn)
    withdrawn(grant, hub_team)
    page = browse(bryn).post(f"/conversations/posts/{post.pk}/edit/", {"text": "On Monday."})
    post.refresh_from_db()
    assert (page.status_code, page.context["form"]["text"].value(), post.text) == (409, "On Monday.", "On Sunday.")


def test_whoever_may_no_longer_announces_nothing_and_keeps_what_they_typed(community, asha):
    address, typed = f"/conversations/in/{community.slug}/new/", {"kind": "announcement", "title": "Closed"}
    key = browse(asha).get(address).context["form"]["key"].value()
    Holding.objects.filter(membership__person=asha).update(until=timezone.now())
    page = browse(asha).post(address, {**typed, "key": key, "text": "On Friday.", "audience": "everyone"})
    assert (page.status_code, page.context["form"]["text"].value()) == (422, "On Friday.")
    assert not Conversation.objects.exists()


def test_an_announcement_stays_where_it_speaks(announcement, asha):
    there = CommunityFactory()
    make_member(asha, there, "facilitator")
    with pytest.raises(services.CannotPost):
        moving.move(announcement, there, asha, "There.")


def test_what_went_elsewhere_says_that_it_was_said_for_another(announcement, asha, community):
    """In a conversation of its community, which is moved with it."""
    discussion, there = begun(community, asha), CommunityFactory()
    make_member(asha, there, "facilitator")
    forget_tokens(asha)
    moving.merge(announcement, discussion, asha, "The same.")
    moving.move(discussion, there, asha, "There.")
    assert discussion.posts.get(number=2).voice.community == community
    assert "Said for another community" in browse(asha).get(discussion.url).content.decode()
