"""What is talked about where, and whom to ask."""

import pytest

from communities.models import CommunityPage
from conversations.choices import Kind, Level
from conversations.models import Standing
from indexing import maintenance
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import make_member
from tests.replay import replayed


@pytest.fixture
@replayed
def talk(community: CommunityPage, private_community: CommunityPage, bryn: User, dev: User) -> dict[str, int]:
    """A question for everybody, another that is answered, and one among members."""
    make_member(bryn, private_community)
    answered(begun(community, bryn, Kind.QUESTION, title="Answered"), bryn)
    return {
        "open": begun(community, bryn, Kind.QUESTION, title="Who has a tall ladder?").pk,
        "private": begun(private_community, dev, Kind.QUESTION, title="Which door is open?").pk,
    }


@pytest.mark.parametrize(
    ("reader", "only", "expected"),
    [
        (None, "", {"open"}),
        (None, "unread", {"open"}),  # nobody can have read anything who is not signed in
        ("carys", "", set()),
        ("carys", "all", {"open"}),
        ("bryn", "all", {"open", "private"}),
        ("bryn", "open", {"open", "private"}),
        ("dev", "", {"private"}),
        ("dev", "nonsense", {"private"}),
    ],
)
def test_everywhere_is_what_one_may_read(talk, request, home, reader, only, expected):
    person = request.getfixturevalue(reader) if reader else None
    shown = {row.pk for row in browse(person).get("/conversations/", {"only": only}).context["conversations"]}
    assert {name for name, pk in talk.items() if pk in shown} == expected


def test_what_one_follows_is_near_wherever_it_stands(talk, home, carys):
    """It may have been moved to a community that one is not in."""
    Standing.objects.create(conversation_id=talk["open"], person=carys, level=Level.FOLLOW)
    near = [browse(carys).get("/conversations/", {"only": only}).context["conversations"] for only in ("", "unread")]
    assert [{row.pk for row in rows} for rows in near] == [{talk["open"]}] * 2


def test_what_is_answered_is_not_among_the_open_ones(community, bryn, asha, carys):
    question = begun(community, bryn, Kind.QUESTION)
    browse(bryn).post(f"/conversations/posts/{answered(question, asha).pk}/answer/")
    page = browse(carys).get("/conversations/", {"only": "open"})
    assert not page.context["conversations"].object_list


def test_a_question_finds_the_community_that_knows_about_it(community, private_community, bryn, dev, carys):
    begun(community, bryn, title="Ladders", text="Our tall ladder hangs in the shed and is lent to neighbours.")
    begun(private_community, dev, title="Our ladder", text="The tall ladder of the safe house.")
    maintenance.rebuild()
    asked = {"about": "who lends a tall ladder"}
    assert browse(carys).get("/conversations/ask/", asked).context["nearest"] == [community]
    assert set(browse(dev).get("/conversations/ask/", asked).context["nearest"]) == {community, private_community}


def test_the_line_that_was_asked_goes_along(community, carys):
    asked = {"kind": "question", "about": "Who lends a tall ladder? " * 20}
    form = browse(carys).get(f"/conversations/in/{community.slug}/new/", asked).context["form"]
    assert form["title"].value() == asked["about"][:200]


def test_the_line_that_was_asked_is_not_lost_to_a_draft(community, bryn):
    began = f"/conversations/in/{community.slug}/new/"
    sent = {"deed": "save", "kind": "idea", "audience": "everyone"}
    browse(bryn).post(began, {**sent, "title": "", "text": "Half a thought"})
    page = browse(bryn).get(began, {"about": "Who has a ladder?"})
    assert (page.context["form"]["title"].value(), page.context["asked"]) == ("Who has a ladder?", "")
    browse(bryn).post(began, {**sent, "title": "A hook", "text": "Half a thought"})
    page = browse(bryn).get(began, {"about": "Who has a ladder?"})
    assert (page.context["form"]["title"].value(), page.context["asked"]) == ("A hook", "Who has a ladder?")
    assert "You have just typed: “Who has a ladder?”" in page.content.decode()
    assert browse(bryn).get(began).context["asked"] == ""


def test_before_anything_is_asked_stand_ones_own_communities(community, private_community, dev, carys):
    assert browse(dev).get("/conversations/ask/").context["mine"] == [private_community]
    assert browse(carys).get("/conversations/ask/").context["mine"] == []
