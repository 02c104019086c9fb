"""Taking back what was done, after it was moved on: nothing is lost, and whoever comes too late reads so."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from communities.models import FACILITATOR, CommunityPage
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation, Entry, Post, Promise, Wait
from conversations.moving import services as moving, undoing
from conversations.promise import services as promise
from conversations.undoable import SAID
from conversations.views import GONE_AFTER
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, make_member
from tests.replay import replayed

pytestmark = pytest.mark.django_db


@pytest.fixture
@replayed
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
    done = browse(asha).post(deed.format(**places), said)
    assert state.get() != before
    assert done.url == f"{talk.url}#undo"  # however far down the post is that was marked
    assert 'id="undo"' in browse(asha).get(talk.url).content.decode()
    address, _mark, name = way_back.format(**places).partition("?")
    browse(asha).post(address, {name: "yes"} if name else {})
    assert state.get() == before
    page = browse(asha).get(talk.url)
    assert [line.by for line in page.context["history"]] == [asha.name, asha.name]


def all_that_was_set(talk: Conversation) -> list[object]:
    """With what became of its promise."""
    row = Conversation.objects.filter(pk=talk.pk).values(
        "pinned", "closed", "closed_by", "closing_word", "locked_until", "answer"
    )
    kept = Promise.objects.filter(conversation=talk).values(
        "ended", "ended_as", "waiting_since", "waiting_by", "answer_by", "acknowledged"
    )
    waits = Wait.objects.filter(promise__conversation=talk).values("since", "until")
    return [row.get(), kept.get(), list(waits)]


def mark(talk: Conversation, number: int, by: User) -> None:
    services.mark_answer(talk.posts.get(number=number), by)


PRESSES: dict[str, tuple[Callable[..., object], Callable[..., object]]] = {
    "pin": (lambda _talk, _by: None, services.pin),
    "unpin": (services.pin, services.unpin),
    "mark": (lambda _talk, _by: None, lambda talk, by: mark(talk, 2, by)),
    "mark another": (lambda talk, by: mark(talk, 2, by), lambda talk, by: mark(talk, 3, by)),
    "unmark": (
        lambda talk, by: mark(talk, 2, by),
        lambda talk, by: services.unmark_answer(talk.posts.get(number=2), by),
    ),
    "close": (
        lambda talk, by: promise.ask_back(talk, "Which?", by, key=uuid.uuid4(), seen=9),
        lambda talk, by: services.close(talk, by, "It is settled."),
    ),
    "reopen": (lambda talk, by: services.close(talk, by, "It is settled."), services.reopen),
    "lock": (lambda _talk, _by: None, lambda talk, by: moving.lock(talk, by, 3, "Sleep over it.")),
    "unlock": (lambda talk, by: moving.lock(talk, by, 7, "Sleep over it."), moving.unlock),
}


@pytest.mark.parametrize("press", PRESSES)
def test_one_press_is_undone_for_ten_minutes_as_it_was_before(press, three, asha):
    talk, (first, then) = three[0], PRESSES[press]
    answered(talk, asha, "And another one.")
    first(talk, asha)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        before = all_that_was_set(talk)
        then(talk, asha)
        assert all_that_was_set(talk) != before
        offered = browse(asha).get(talk.url).context["undoable"]
        browse(asha).post(f"/conversations/undo/{offered.pk}/")
        assert all_that_was_set(talk) == before
        assert browse(asha).get(talk.url).context["history"][0].undone
        then(talk, asha)
        again = browse(asha).get(talk.url).context["undoable"]
    after = all_that_was_set(talk)
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=11)):
        assert browse(asha).get(talk.url).context["undoable"] is None
        browse(asha).post(f"/conversations/undo/{again.pk}/")
    assert all_that_was_set(talk) == after


@pytest.mark.parametrize(
    ("press", "came_since"),
    [
        ("pin", services.unpin),
        ("mark", lambda talk, by: mark(talk, 3, by)),
        ("close", services.reopen),
        ("reopen", lambda talk, by: answered(talk, by, "One more word.")),
        ("unlock", lambda talk, by: answered(talk, by, "One more word.")),
        ("lock", moving.unlock),
    ],
)
def test_what_came_since_stays_and_undoing_it_is_refused(press, came_since, three, asha):
    talk, (first, then) = three[0], PRESSES[press]
    answered(talk, asha, "And another one.")
    first(talk, asha)
    then(talk, asha)
    entry = talk.history.first()
    came_since(talk, asha)
    after = all_that_was_set(talk)
    page = browse(asha).post(f"/conversations/undo/{entry.pk}/", follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert all_that_was_set(talk) == after
    assert getattr(page.context["undoable"], "pk", None) != entry.pk


def test_whoever_did_it_and_those_who_moderate_undo_it(three, asha, bryn, carys):
    talk = three[0]
    mark(talk, 2, bryn)  # who asked
    offered = [browse(person).get(talk.url).context["undoable"] is not None for person in (asha, bryn, carys)]
    assert offered == [True, True, False]
    entry = talk.history.first()
    assert browse(carys).post(f"/conversations/undo/{entry.pk}/").status_code == 404
    services.unmark_answer(talk.posts.get(number=2), asha)
    by_asha = talk.history.first()
    assert browse(bryn).post(f"/conversations/undo/{by_asha.pk}/").status_code == 404


def test_a_mark_that_is_undone_is_not_put_on_what_was_removed_meanwhile(three, asha):
    talk = three[0]
    other = answered(talk, asha, "And another one.")
    mark(talk, 2, asha)
    services.mark_answer(other, asha)
    entry = talk.history.first()
    services.remove(talk.posts.get(number=2), asha, "Not so.")
    undoing.undo(entry, asha)
    assert Conversation.objects.get(pk=talk.pk).answer is None


def test_the_word_of_a_lock_that_was_undone_is_shown_no_more(three, asha):
    talk = three[0]
    moving.lock(talk, asha, 7, "Sleep over it.")
    moving.unlock(talk, asha)
    unlocked = talk.history.first()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        moving.lock(talk, asha, 1, "Pressed by mistake.")
        undoing.undo(talk.history.first(), asha)
        undoing.undo(unlocked, asha)
        assert browse(asha).get(talk.url).context["why_locked"] == "Sleep over it."


@pytest.mark.parametrize("said_since", [0, 1, 2, 3])
def test_an_open_page_goes_on_where_it_was_after_a_merge_is_undone(said_since, three, asha, bryn):
    """However many are said before it asks again: none, as many as went, or more."""
    first, second, _third = three
    entry = merge(second, first, asha)
    newest = first.posts.get(number=4)
    address = f"{first.url}since/4/?post={newest.pk}"
    known = browse(bryn).get(address)
    assert GONE_AFTER not in known
    undoing.undo(undoing.Entry.objects.get(pk=entry), asha)
    for number in range(said_since):
        answered(first, asha, f"Said later {number}")
    answer = browse(bryn).get(address, headers={"If-None-Match": known["ETag"]})
    words = answer.content.decode()
    assert (answer.status_code, answer[GONE_AFTER]) == (200, "2")
    assert [f"Said later {number}" in words for number in range(3)] == [number < said_since for number in range(3)]


def test_what_was_split_off_takes_nothing_away_from_an_open_page(three, asha, bryn):
    first, second, _third = three
    undoing.undo(undoing.Entry.objects.get(pk=merge(second, first, asha)), asha)
    answered(first, asha, "One more.")
    post = first.posts.get(number=3)
    split(first, asha, 3)
    assert GONE_AFTER not in browse(bryn).get(f"{first.url}since/3/?post={post.pk}")


@pytest.mark.parametrize("deed", ["unpin", "unmark", "reopen", "unlock"])
def test_what_is_taken_back_too_late_says_so_and_changes_nothing(deed, three, community, asha, bryn):
    """Whoever did it, and whoever moderates there and has the page open still."""
    helper = PersonFactory(first_name="Cerys", last_name="Rees")
    make_member(helper, community, FACILITATOR)
    talk, answer = three[0], three[0].posts.get(number=2)
    for each in {
        "unpin": (lambda: services.pin(talk, asha), lambda: services.unpin(talk, asha)),
        "unmark": (lambda: services.mark_answer(answer, asha), lambda: services.unmark_answer(answer, asha)),
        "reopen": (lambda: services.close(talk, asha, "Over."), lambda: services.reopen(talk, asha)),
        "unlock": (lambda: moving.lock(talk, asha, 1, "Sleep."), lambda: moving.unlock(talk, asha)),
    }[deed]:
        each()
    offered = browse(asha).get(talk.url).context["undoable"]
    assert offered.said == SAID[Entry.objects.get(pk=offered.pk).action]
    before = Conversation.objects.filter(pk=talk.pk).values().get()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        for person in (asha, helper):
            answered_with = browse(person).post(f"/conversations/undo/{offered.pk}/", follow=True)
            assert [each.level_tag for each in answered_with.context["messages"]] == ["error"]
            assert answered_with.context["undoable"] is None
        assert browse(bryn).post(f"/conversations/undo/{offered.pk}/").status_code == 404
    assert Conversation.objects.filter(pk=talk.pk).values().get() == before


def test_every_deed_that_can_be_undone_is_said_on_the_page():
    assert set(SAID) == set(undoing.WAYS_BACK)
