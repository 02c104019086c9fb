"""What is taken away: by whom, what goes with it, who still reads it, and two who do it at once."""

import pytest

from communities.models import FACILITATOR, CommunityPage, Holding
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import make_member


@pytest.fixture
def question(community: CommunityPage, carys: User) -> Conversation:
    return begun(community, carys, Kind.QUESTION, title="Who lives at number nine?")


@pytest.fixture
def taken_away(question: Conversation, asha: User, bryn: User) -> Conversation:
    """A question that Bryn answered; then Asha removed what it began with."""
    answered(question, bryn)
    browse(asha).post(f"/conversations/posts/{question.posts.get(number=1).pk}/remove/", {"reason": "It names people."})
    question.refresh_from_db()
    return question


def listed(viewer: User | None) -> bool:
    return "number nine" in browse(viewer).get("/conversations/?only=all").content.decode()


def test_with_its_first_post_a_conversation_leaves_every_list(taken_away, community, dev):
    assert taken_away.withheld
    assert not listed(dev)
    for address in (community.url, f"/conversations/in/{community.slug}/"):
        assert "number nine" not in browse(dev).get(address).content.decode()


@pytest.mark.parametrize(("who", "status"), [("carys", 200), ("bryn", 200), ("asha", 200), ("dev", 410), (None, 410)])
def test_those_who_wrote_in_it_still_read_it_and_others_are_told(who, status, taken_away, dev, request):
    page = browse(request.getfixturevalue(who) if who else None).get(taken_away.url)
    assert page.status_code == status
    assert ("number nine" in page.content.decode()) is (status == 200)


def test_nothing_more_is_said_in_it_until_it_is_put_back(taken_away, asha, bryn, dev):
    with pytest.raises(services.CannotPost):
        answered(taken_away, bryn)
    first = taken_away.posts.get(number=1)
    browse(asha).post(f"/conversations/posts/{first.pk}/put-back/")
    assert listed(dev)
    answered(taken_away, bryn)


def test_whoever_asked_takes_a_question_back_until_somebody_answers(question, bryn, carys):
    first = question.posts.get()
    assert browse(carys).get(f"/conversations/posts/{first.pk}/remove/").status_code == 200
    answered(question, bryn)
    assert browse(carys).post(f"/conversations/posts/{first.pk}/remove/").status_code == 404


def test_what_somebody_took_away_themselves_is_not_put_back_by_others(question, asha, bryn):
    post = answered(question, bryn)
    services.remove(post, bryn)
    assert browse(asha).post(f"/conversations/posts/{post.pk}/put-back/").status_code == 404
    assert browse(bryn).post(f"/conversations/posts/{post.pk}/put-back/").status_code == 302


def test_whoever_moderates_does_not_put_back_their_own(question, asha, community):
    other = make_member(
        User.objects.create_user("o@example.org", kind="staff", name="O Example"), community, FACILITATOR
    )
    post = answered(question, asha)
    services.remove(post, other.person, "It names people.")
    assert browse(asha).post(f"/conversations/posts/{post.pk}/put-back/").status_code == 404


def test_of_two_who_remove_it_at_once_the_second_is_told(question, asha, bryn, hub_team):
    """Both have the form open; the first reason stays."""
    post = answered(question, bryn)
    services.remove(post, asha, "It names people.")
    with pytest.raises(services.CannotPost):
        services.remove(post, hub_team, "It is unkind.")
    post.refresh_from_db()
    assert post.why_removed == "It names people."


@pytest.mark.parametrize("deed", ["close", "pin", "mark_answer", "remove"])
def test_a_right_that_ended_while_the_page_was_open_is_not_used(deed, question, asha, bryn, community):
    post = answered(question, bryn)
    Holding.objects.filter(membership__person=asha).delete()
    given = {"close": (question, asha, "Done."), "pin": (question, asha), "remove": (post, asha, "Why.")}
    with pytest.raises(services.CannotPost):
        getattr(services, deed)(*given.get(deed, (post, asha)))
