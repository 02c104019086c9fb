"""Whom a conversation reaches: in the inbox, in search, on the page of its community."""

import pytest

from communities import services as memberships
from communities.models import CommunityPage
from conversations import services
from conversations.choices import Kind, Level
from conversations.models import Conversation
from core.audiences import Audience, viewer_tokens
from core.outbox import drain
from indexing import maintenance
from people.models import User
from search import services as search
from search.query import Query
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import make_member
from tests.indexing import queued


def inbox(person: User) -> list[str]:
    """What the inbox says that is new."""
    drain("notices")
    matters = browse(person).get("/inbox/").context["matters"]
    return [str(one.words.title) for matter in matters for one in matter.told if not one.happening.is_read]


@pytest.fixture
def question(community: CommunityPage, carys: User) -> Conversation:
    return begun(community, carys, Kind.QUESTION)


def test_a_question_reaches_those_who_look_after_the_community(question, asha, bryn):
    assert (inbox(asha), inbox(bryn)) == (["A question: Who has a tall ladder?"], [])


def test_a_discussion_reaches_its_members_until_they_have_read_it(community, asha, bryn, carys):
    conversation = begun(community, bryn)
    assert [inbox(person) for person in (asha, bryn, carys)] == [["A new discussion: Who has a tall ladder?"], [], []]
    browse(asha).get(conversation.url)
    assert inbox(asha) == []


def test_an_answer_reaches_whoever_asked_and_not_whoever_wrote_it(question, bryn, carys):
    answered(question, bryn)
    assert (inbox(carys), inbox(bryn)) == (["Bryn Powell answered in “Who has a tall ladder?”"], [])


def test_what_was_removed_is_told_to_nobody(question, bryn, carys):
    services.remove(answered(question, bryn), bryn)
    assert inbox(carys) == []


def test_whoever_muted_it_hears_nothing(question, bryn, carys):
    services.set_level(question, carys, Level.MUTE)
    answered(question, bryn)
    assert inbox(carys) == []


def test_whoever_mutes_it_after_it_was_told_reads_no_more_of_it(question, asha, bryn, carys):
    services.set_level(question, bryn, Level.FOLLOW)
    answered(question, asha)
    services.close(question, asha, "The library lends one.")
    assert len(inbox(bryn)) == 2
    services.set_level(question, bryn, Level.MUTE)
    assert inbox(bryn) == []


def test_whoever_left_a_private_community_hears_nothing_of_what_was_said(private_community, dev):
    bryn = make_member(User.objects.create_user("b@example.org", kind="staff", name="B Example"), private_community)
    conversation = begun(private_community, dev)
    answered(conversation, bryn.person)
    memberships.leave(dev.memberships.get())
    assert inbox(dev) == []


@pytest.fixture
def index(db: None) -> None:
    maintenance.rebuild()


def found(person: User, text: str) -> bool:
    """Whether a search brings the conversation's own address."""
    queued.drain()
    return f'href="{Conversation.objects.get().url}' in browse(person).get("/search/", {"q": text}).content.decode()


def test_it_is_found_by_what_was_answered_and_no_longer_once_that_is_removed(index, question, bryn, carys):
    post = answered(question, bryn, "The timberyard lends scaffolding.")
    assert found(carys, "scaffolding")
    services.remove(post, bryn)
    assert not found(carys, "scaffolding")


def test_a_marked_answer_ranks_before_its_neighbours_and_whoever_wrote_it_is_asked_first(community, asha, bryn, carys):
    """Alike but for the mark, which is put on the one and on the other."""
    posts = []
    for place, who in (("north", asha), ("south", bryn)):
        question = begun(community, carys, Kind.QUESTION, title=f"The {place} gate", text="What do we put up there?")
        posts.append(answered(question, who, "The timberyard lends scaffolding, and a crew that puts it up."))
    for marked in (*posts, posts[0]):
        for post in posts:
            services.unmark_answer(post, carys)
        services.mark_answer(marked, carys)
        maintenance.rebuild()
        found = search.search(Query("scaffolding"), viewer_tokens(carys))
        assert [hit.url for hit in found.hits][:1] == [marked.conversation.url]
        assert search.experts("scaffolding", viewer_tokens(carys))[0].person == marked.author_id


def test_in_one_conversation_whoever_wrote_the_marked_answer_is_asked_first(community, asha, bryn, carys):
    question = begun(community, carys, Kind.QUESTION)
    posts = [answered(question, who, "The timberyard lends scaffolding.") for who in (asha, bryn)]
    for marked in posts:
        services.mark_answer(marked, carys)
        maintenance.rebuild()
        assert search.experts("scaffolding", viewer_tokens(carys))[0].person == marked.author_id


def test_what_is_for_members_is_found_by_members(index, community, bryn, carys):
    begun(community, bryn, title="Scaffolding", audience=Audience.MEMBERS)
    assert (found(bryn, "scaffolding"), found(carys, "scaffolding")) == (True, False)


def test_a_community_that_becomes_private_takes_its_conversations_along(community, bryn, carys):
    conversation = begun(community, bryn)
    assert browse(carys).get(conversation.url).status_code == 200
    community.refresh_from_db()
    community.audience = Audience.MEMBERS
    community.save_revision().publish()
    assert browse(carys).get(conversation.url).status_code == 404
    assert browse(bryn).get(conversation.url).status_code == 200


def test_its_community_shows_it_at_once(community, bryn, carys):
    assert "tall ladder" not in browse(carys).get(community.url).content.decode()
    begun(community, bryn)
    assert "tall ladder" in browse(carys).get(community.url).content.decode()
