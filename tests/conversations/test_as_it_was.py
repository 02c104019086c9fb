"""A merge, a move and a split that are undone leave everything as it was: for whoever wrote, follows, muted, typed or
looked at it meanwhile.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from communities.models import CommunityPage
from conversations import services
from conversations.attachments import services as files
from conversations.choices import Kind, Level
from conversations.models import Attachment, Conversation, Draft, Entry, Post, ReadAhead, Standing
from conversations.moving import services as moving, undoing
from conversations.services import draft_at, keep_draft, place_of
from conversations.topics import services as topics
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.replay import replayed

Pair = tuple[Conversation, Conversation]


@pytest.fixture
@replayed
def pair(community: CommunityPage, asha: User, bryn: User, carys: User) -> Pair:
    """Two questions, each with a marked answer, a pin, topics, readers, people who follow or muted it, and words of
    two people that are not sent yet, with a file each.
    """
    ladder, steps = begun(community, carys, Kind.QUESTION, title="Ladders"), begun(community, bryn, Kind.QUESTION)
    for talk, names in ((ladder, ["Ladders", "Tools"]), (steps, ["Tools"])):
        services.mark_answer(answered(talk, asha), asha)
        answered(talk, asha, "Or two.")
        services.pin(talk, asha)
        topics.put(talk, names)
    services.read_up_to(ladder, bryn, 3)
    services.read_up_to(steps, carys, 1)
    muted, both = PersonFactory(first_name="Mo"), PersonFactory(first_name="Nan")
    services.set_level(ladder, muted, Level.MUTE)
    services.set_level(ladder, both, Level.FOLLOW)
    services.set_level(steps, both, Level.NORMAL)
    for talk, person in ((ladder, bryn), (ladder, carys), (steps, carys)):
        keep_draft(talk, person, {"text": f"Half of {talk.title}", "files": "1"})
        files.take(SimpleUploadedFile("ladder.txt", b"Tall."), person, place_of(talk))
    return fresh(ladder), fresh(steps)


def fresh(talk: Conversation) -> Conversation:
    return Conversation.objects.select_related("community").get(pk=talk.pk)


def everything() -> dict[str, Any]:
    """All that people can tell the difference by. A row that says nothing of its reader is none."""
    standings = Standing.objects.exclude(read_to=0, level=Level.NORMAL).order_by("conversation", "person")
    talks = Conversation.objects.order_by("pk")
    said = ("pk", "community", "audience", "pinned", "answer", "closed", "merged_into", "last_number", "last_posted")
    return {
        "conversations": list(talks.values(*said)),
        "topics": {talk.pk: sorted(topic.name for topic in talk.topics.all()) for talk in talks},
        "posts": list(Post.objects.order_by("pk").values("pk", "conversation", "number", "removed")),
        "standings": list(standings.values("conversation", "person", "read_to", "level")),
        "ahead": list(ReadAhead.objects.values("standing__person", "first", "last")),
        "drafts": list(Draft.objects.order_by("pk").values("place", "person", "typed")),
        "files": list(Attachment.objects.order_by("pk").values("place", "unsent_by")),
    }


def merged(pair: Pair, asha: User) -> Entry | None:
    return moving.merge(*pair, asha, "The same.")


def moved(pair: Pair, asha: User) -> Entry | None:
    elsewhere = CommunityFactory(title="Elsewhere", slug="elsewhere")
    make_member(asha, elsewhere)
    return moving.move(pair[0], elsewhere, User.objects.get(pk=asha.pk), "There.")


def split(pair: Pair, asha: User) -> Entry | None:
    return moving.split(pair[0], [2, 3], Kind.QUESTION, "Apart", asha, "Another matter.")[1]


@pytest.mark.parametrize("deed", [merged, moved, split])
def test_undone_it_is_all_as_it_was(deed: Callable[[Pair, User], Entry], pair: Pair, asha: User) -> None:
    before = everything()
    entry = deed(pair, asha)
    assert everything() != before
    undoing.undo(entry, asha)
    assert everything() == before


def test_what_people_did_while_the_two_were_one_stays(pair: Pair, asha: User, bryn: User, carys: User) -> None:
    """Bryn typed on, and muted it; Carys read on; Asha said better what it is about, and marked another answer."""
    ladder, steps = pair
    entry = merged(pair, asha)
    assert entry is not None
    whole = fresh(steps)
    keep_draft(whole, bryn, {"text": "Half, and more", "files": "1"})
    services.set_level(whole, bryn, Level.MUTE)
    services.read_up_to(whole, carys, 5)
    topics.set_topics(whole, asha, ["Tools", "Ladders", "Heights"])
    better = whole.posts.get(number=3)
    services.mark_answer(better, asha)
    undoing.undo(entry, asha)
    assert draft_at(ladder, bryn)["text"] == "Half, and more"
    assert Standing.objects.get(conversation=steps, person=bryn).level == Level.MUTE
    assert Standing.objects.get(conversation=ladder, person=carys).read_to >= 2
    assert sorted(topic.name for topic in fresh(steps).topics.all()) == ["Heights", "Tools"]
    assert fresh(steps).answer == better


def test_what_was_typed_for_posts_that_stood_apart_waits_where_they_are_again(pair: Pair, asha: User) -> None:
    entry = split(pair, asha)
    assert entry is not None
    dan = PersonFactory(first_name="Dan")
    keep_draft(Conversation.objects.get(title="Apart"), dan, {"text": "Half a sen"})
    undoing.undo(entry, asha)
    assert draft_at(pair[0], dan) == {"text": "Half a sen"}


def test_whoever_typed_for_both_finds_their_words_together(pair: Pair, asha: User, carys: User) -> None:
    ladder, steps = pair
    make_member(carys, steps.community)
    merged(pair, asha)
    context = browse(carys).get(steps.url).context
    assert context["form"]["text"].value() == f"Half of {steps.title}\n\nHalf of {ladder.title}"
    assert len(context["files"].here) == 2


def test_more_files_than_a_post_takes_stay_with_the_words_for_the_other(pair: Pair, asha: User, carys: User) -> None:
    ladder, steps = pair
    make_member(carys, steps.community)
    for number in range(4):
        files.take(SimpleUploadedFile(f"{number}.txt", b"Tall."), carys, place_of(ladder))
    before = everything()
    entry = merged(pair, asha)
    assert entry is not None
    assert Attachment.objects.unsent(carys, place_of(steps)).count() == files.MOST
    undoing.undo(entry, asha)
    assert everything() == before


@pytest.mark.parametrize("does", ["sends", "changes"])
def test_what_was_typed_for_both_comes_once_after_the_merge_is_undone(
    does: str, pair: Pair, asha: User, carys: User
) -> None:
    ladder, steps = pair
    entry = merged(pair, asha)
    assert entry is not None
    if does == "sends":
        services.forget_draft(steps, carys)
    else:
        keep_draft(steps, carys, {"text": "Something else."})
    undoing.undo(entry, asha)
    assert draft_at(ladder, carys).get("text", "") == ""
    assert draft_at(steps, carys) == ({} if does == "sends" else {"text": "Something else."})
