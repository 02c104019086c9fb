"""Taking back what was done, after it was moved on: nothing is lost, and whoever comes too late reads so."""

import pytest

from communities.models import CommunityPage
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation, Post
from conversations.moving import services as moving, undoing
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(community: CommunityPage, asha: User, bryn: User) -> list[Conversation]:
    """Three questions of Bryn's, each with an answer of Asha's."""
    rows = [begun(community, bryn, Kind.QUESTION, title=f"Question {number}") for number in range(3)]
    for row in rows:
        answered(row, asha, f"Answer to {row.title}")
        row.refresh_from_db()
    return rows


def split(talk: Conversation, by: User, number: int) -> int:
    _new, entry = moving.split(talk, [number], Kind.QUESTION, "Steps", by, "It is about steps.")
    assert entry is not None
    return entry.pk


def merge(source: Conversation, into: Conversation, by: User) -> int:
    entry = moving.merge(source, into, by, "The same.")
    assert entry is not None
    return entry.pk


def taken_back(by: User, *entries: int) -> None:
    before = set(Post.objects.filter(moved_to=None).values_list("text", flat=True))
    for entry in entries:
        assert browse(by).post(f"/conversations/undo/{entry}/").status_code in {302, 404}
    assert set(Post.objects.filter(moved_to=None).values_list("text", flat=True)) == before


def test_a_merge_of_which_a_post_was_split_off(three, asha):
    first, second, _third = three
    merged = merge(second, first, asha)
    taken_back(asha, merged, split(first, asha, 4))


def test_a_merge_into_what_went_into_a_third_one(three, asha):
    first, second, third = three
    merged = merge(second, first, asha)
    taken_back(asha, merged, merge(first, third, asha), merged)


def test_a_part_that_went_into_another_one(three, asha):
    first, _second, third = three
    parted = split(first, asha, 2)
    taken_back(asha, parted, merge(Conversation.objects.get(title="Steps"), third, asha), parted)


@pytest.mark.parametrize("goes_on", [False, True], ids=["removed", "another is marked"])
def test_an_answer_is_marked_again_only_as_it_is_by_now(goes_on, three, asha, bryn):
    first, second, _third = three
    answer = second.posts.get(number=2)
    services.mark_answer(answer, asha)
    entry = undoing.Entry.objects.get(pk=merge(second, first, asha))
    answer.refresh_from_db()
    if goes_on:
        services.mark_answer(first.posts.get(number=2), asha)
    else:
        services.remove(answer, asha)
    undoing.undo(entry, asha)
    answers = [Conversation.objects.get(pk=row.pk).answer for row in (first, second)]
    assert answers == ([first.posts.get(number=2), answer] if goes_on else [None, None])


@pytest.mark.parametrize(
    ("deed", "way_back"),
    [
        ("{talk}pin/", "{talk}pin/?take_back"),
        ("{talk}close/", "{talk}reopen/"),
        ("{talk}lock/", "{talk}unlock/"),
        ("/conversations/posts/{answer}/answer/", "/conversations/posts/{answer}/answer/?take_back"),
    ],
    ids=["pinned", "closed", "locked", "marked"],
)
def test_each_deed_and_its_way_back_stand_in_the_history(deed, way_back, three, asha):
    talk = three[0]
    places = {"talk": talk.url, "answer": talk.posts.get(number=2).pk}
    state = Conversation.objects.filter(pk=talk.pk).values("pinned", "closed", "closing_word", "locked_until", "answer")
    before = state.get()
    said = {"word": "The library lends one.", "days": "1"}
    browse(asha).post(deed.format(**places), said)
    assert state.get() != before
    address, _mark, name = way_back.format(**places).partition("?")
    browse(asha).post(address, {name: "yes"} if name else {})
    assert state.get() == before
    page = browse(asha).get(talk.url)
    assert [line.by for line in page.context["history"]] == [asha.name, asha.name]
