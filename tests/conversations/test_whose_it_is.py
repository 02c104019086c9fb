"""What a delegate wrote: who hears of it, changes it and answers for it, and what it counts for."""

import uuid

import pytest

from communities.models import CommunityPage
from conversations import services
from conversations.choices import Ended, Kind, ReportReason
from conversations.delegates import services as delegates
from conversations.interests import questions_answered_by
from conversations.listening.figures import Listening
from conversations.models import Conversation, Promise
from conversations.moderation import services as moderation
from conversations.moving import services as moving
from conversations.permissions import part_of
from conversations.search_documents import ConversationSource
from tests.conftest import browse
from tests.conversations.delegating import delegated
from tests.conversations.saying import answered
from tests.conversations.test_told import inbox
from tests.conversations.writing_for import BOTH, begun_for, delegation, post, question, read
from tests.factories import PersonFactory, make_member

__all__ = ["delegation", "post", "question"]


# -- whose it is -------------------------------------------------------------------------------------------------------
def test_whoever_it_is_for_hears_of_each_post_and_of_each_change(post, asha, bryn):
    assert "Bryn Powell wrote in your name in “Who has a tall ladder?”" in inbox(asha)
    services.edit(post, "Take the long one.", bryn)
    assert "Bryn Powell changed what stands in your name in “Who has a tall ladder?”" in inbox(asha)


def test_it_is_new_for_whoever_it_is_for_until_they_read_it(post, question, asha, bryn):
    """The first post, and the one in their name."""
    lists = {person: browse(person).get("/conversations/?only=unread").context for person in (asha, bryn)}
    assert {person: len(context["conversations"]) for person, context in lists.items()} == {asha: 1, bryn: 0}
    browse(asha).get(question.url)
    assert len(browse(asha).get("/conversations/?only=unread").context["conversations"]) == 0


@pytest.mark.parametrize(("ended", "who", "may"), [(0, "asha", 1), (0, "bryn", 1), (1, "asha", 1), (1, "bryn", 0)])
def test_both_change_and_remove_it_and_after_the_end_only_one(ended, who, may, post, delegation, asha, request):
    person = request.getfixturevalue(who)
    if ended:
        delegates.end(delegation, asha)
    address = f"/conversations/posts/{post.pk}/"
    assert browse(person).post(f"{address}edit/", {"text": "Take the long one."}).status_code == (302 if may else 409)
    post.refresh_from_db()
    assert (post.text == "Take the long one.") == bool(may)
    assert browse(person).post(f"{address}remove/").status_code == (302 if may else 404)


def test_neither_says_a_word_for_it_reports_it_or_moderates_it(post, asha, bryn, carys):
    """Asha facilitates the community."""
    moderation.report(post, carys, ReportReason.UNKIND, "")
    case = post.cases.get()
    for person in (asha, bryn):
        assert browse(person).post(f"/conversations/posts/{post.pk}/say/thanks/").status_code == 404
        assert browse(person).get(f"/conversations/posts/{post.pk}/flag/").status_code == 404
        assert browse(person).get(case.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["asha", "bryn"])
def test_both_are_told_why_it_was_removed_and_either_appeals(who, post, asha, bryn, community, request):
    morgan = PersonFactory()
    make_member(morgan, community, "facilitator")
    services.remove(post, morgan, "It is about Mr Weasel.")
    for person in (asha, bryn):
        assert "A post of yours was removed" in inbox(person)
        assert "Mr Weasel" in read(person, f"/conversations/posts/{post.pk}/appeal/")
    told = {"words": "It is not."}
    assert browse(request.getfixturevalue(who)).post(f"/conversations/posts/{post.pk}/appeal/", told).status_code == 302
    assert post.cases.get().appealed
    other = bryn if who == "asha" else asha
    again = {"words": "Nor do I think so."}
    assert browse(other).post(f"/conversations/posts/{post.pk}/appeal/", again).status_code == 409


def test_whoever_it_is_for_hears_of_answers_to_it(post, question, asha, carys):
    browse(asha).get(question.url)
    services.reply(question, "Thank you.", carys, key=uuid.uuid4(), seen=2, in_answer_to=2)
    assert "Carys Hughes answered in “Who has a tall ladder?”" in inbox(asha)


# -- what it counts for ------------------------------------------------------------------------------------------------
def test_it_speaks_for_neither_as_somebody_who_knows(post, question, asha, bryn, carys):
    services.mark_answer(post, carys)
    [row] = ConversationSource().queryset().filter(pk=question.pk)
    assert ConversationSource().document(row).people == ()
    assert [list(questions_answered_by(person)) for person in (asha, bryn)] == [[], []]


def test_a_first_word_for_another_acknowledges_a_question(post):
    promise = Promise.objects.get()
    assert (promise.acknowledged_by, promise.acknowledged_with) == (post.author, post)


@pytest.mark.parametrize("who", ["asha", "bryn"])
def test_neither_of_the_two_answers_what_one_asked_for_the_other(who, delegation, community, asha, bryn, request):
    person = request.getfixturevalue(who)
    asked = begun_for(asha, bryn, community, Kind.QUESTION)
    post = answered(asked, person)
    promise = Promise.objects.get()
    assert promise.acknowledged is None
    services.mark_answer(post, person)
    promise.refresh_from_db()
    assert promise.ended_as == Ended.OWN


def test_both_are_askers_and_the_delegate_as_long_as_they_write_for_the_other(community, asha, bryn, carys):
    """Neither belongs to the community."""
    people = [carys, PersonFactory()]
    delegation = delegated(*people)
    asked = begun_for(*people, community, Kind.QUESTION)
    for person in people:
        assert (part_of(person, community).replies(asked), part_of(person, community).marks_answer(asked)) == (
            True,
            True,
        )
    answered(asked, asha)
    for person in people:
        assert any("Asha Okafor answered" in said for said in inbox(person)) == (person == people[1])
    delegates.end(delegation, carys)
    assert [part_of(person, community).marks_answer(asked) for person in people] == [True, False]


def test_a_voice_is_heard_for_whoever_is_spoken_for(community, delegation, asha, bryn):
    others = [PersonFactory() for _number in range(3)]
    for person in others:
        make_member(person, community)
    talk = begun_for(asha, bryn, community)
    for person in others:
        answered(talk, person)
    assert figures(community).voices is None  # four people, and Bryn's own voice was not heard
    answered(talk, bryn)
    assert figures(community).voices.people == 5


def test_a_question_that_only_its_askers_wrote_in_is_not_answered(community, delegation, asha, bryn, carys):
    asked = begun_for(asha, bryn, community, Kind.QUESTION)
    answered(asked, asha)
    answered(asked, bryn)
    assert figures(community).questions.heard == 0
    answered(asked, make_member(carys, community).person)
    assert figures(community).questions.heard == 1


def figures(community: CommunityPage) -> Listening:
    return Listening(Conversation.objects.in_community(community))


def test_split_off_it_keeps_both_names(post, question, asha):
    new, _entry = moving.split(question, [2], Kind.DISCUSSION, "Ladders", asha, "Its own matter.")
    assert (new.by_line, new.posts.get().by_line) == (BOTH, BOTH)
