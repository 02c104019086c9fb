"""Moved, split, merged, locked: addresses, readers, what is new for whom, and the way back."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communities.models import FACILITATOR, CommunityPage
from conversations import services
from conversations.choices import IdeaStage, Kind
from conversations.models import PER_PAGE, Attachment, Conversation, Draft, Entry, Poll, Promise, Standing
from conversations.moving import services as moving, undoing
from conversations.unread import only_unread
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import inbox
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.replay import replayed


@pytest.fixture
@replayed
def question(community: CommunityPage, carys: User) -> Conversation:
    return begun(community, carys, Kind.QUESTION)


@pytest.fixture
@replayed
def parks(home: object, asha: User) -> CommunityPage:
    """Another community, to which Asha belongs."""
    made: CommunityPage = CommunityFactory(title="Parks at Dusk", slug="parks-at-dusk")
    make_member(asha, made)
    return made


@pytest.fixture
def closed_circle(home: object, asha: User) -> CommunityPage:
    """One for its members alone, to which Asha belongs."""
    made: CommunityPage = CommunityFactory(title="Closed Circle", slug="closed-circle", private=True)
    make_member(asha, made)
    return made


def listed(viewer: User | None, where: CommunityPage) -> bool:
    return "tall ladder" in browse(viewer).get(f"/conversations/in/{where.slug}/").content.decode()


def unread(viewer: User) -> set[str]:
    return set(only_unread(Conversation.objects.shown_to(viewer), viewer).values_list("title", flat=True))


# -- moving ------------------------------------------------------------------------------------------------------------
def test_a_moved_conversation_keeps_its_address_and_its_author_reads_why(question, community, parks, asha, carys):
    page = browse(asha).post(f"/conversations/{question.pk}/move/", {"to": parks.pk, "why": "Parks lend ladders."})
    assert page.url == question.url
    assert (listed(carys, community), listed(carys, parks)) == (False, True)
    assert browse(carys).get(question.url).context["page"].pk == parks.pk
    assert "“Who has a tall ladder?” stands in Parks at Dusk now" in inbox(carys)
    assert browse(carys).get(question.url).context["history"][0].word == "Parks lend ladders."


def test_what_goes_into_a_closed_community_is_gone_for_others_who_are_told(question, closed_circle, asha, bryn, carys):
    post = answered(question, bryn)
    moving.move(question, closed_circle, asha, "It is about a person.")
    for viewer in (None, bryn, carys):
        assert browse(viewer).get(question.url).status_code == 404
        assert browse(viewer).get(f"/conversations/posts/{post.pk}/changes/").status_code == 404
    assert inbox(carys) == ["What you began was moved to a community that you are not in"]
    assert "Closed Circle" not in browse(carys).get("/inbox/").content.decode()
    assert (unread(bryn), browse(asha).get(question.url).status_code) == (set(), 200)


@pytest.mark.parametrize("reader_there", ["dev", "bryn"])
def test_nothing_is_moved_to_where_others_would_read_it(reader_there, community, closed_circle, asha, dev, bryn):
    """Members of one community read it; it may go where only such people are."""
    talk = begun(community, asha, audience=Audience.MEMBERS)
    make_member(dev if reader_there == "dev" else bryn, closed_circle)
    if reader_there == "bryn":
        moving.move(talk, closed_circle, asha, "It belongs there.")
        return
    with pytest.raises(services.CannotPost):
        moving.move(talk, closed_circle, asha, "It belongs there.")
    talk.refresh_from_db()
    assert talk.community.pk == community.pk


def test_the_organisations_words_do_not_go_to_residents(community, closed_circle, asha, dev):
    talk = begun(community, asha, audience=Audience.ORGANISATION)
    make_member(dev, closed_circle)
    with pytest.raises(services.CannotPost):
        moving.move(talk, closed_circle, asha, "It belongs there.")


def test_only_who_moderates_moves_and_only_to_where_they_may_begin(community, parks, asha, bryn, private_community):
    talk = begun(community, bryn)
    assert browse(bryn).get(f"/conversations/{talk.pk}/move/").status_code == 404
    refused = browse(asha).post(f"/conversations/{talk.pk}/move/", {"to": private_community.pk, "why": "There."})
    assert refused.status_code == 422
    asha.memberships.get(community=community).holdings.all().delete()
    with pytest.raises(services.CannotPost):
        moving.move(talk, parks, asha, "There.")


def test_a_move_is_undone_for_ten_minutes_and_not_after_somebody_wrote(question, community, parks, asha, bryn):
    entry = moving.move(question, parks, asha, "There.")
    browse(asha).post(f"/conversations/undo/{entry.pk}/")
    question.refresh_from_db()
    assert question.community.pk == community.pk
    again = moving.move(question, parks, asha, "There.")
    answered(question, asha)
    with pytest.raises(services.CannotPost):
        undoing.undo(again, asha)
    Entry.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert not undoing.may_undo(Entry.objects.get(pk=again.pk), asha)


def test_undo_is_offered_to_whoever_may_until_somebody_writes(question, parks, asha, bryn, carys):
    """However they come back to the page."""
    make_member(bryn, parks)
    moving.move(question, parks, asha, "There.")
    offered = [browse(person).get(question.url).context["undoable"] for person in (asha, bryn, carys)]
    assert [one is not None for one in offered] == [True, False, False]
    answered(question, bryn)
    assert browse(asha).get(question.url).context["undoable"] is None


# -- splitting ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def long_talk(question: Conversation, asha: User, bryn: User) -> Conversation:
    """A question with four answers; Carys has read the first two of them."""
    for number in range(2, 6):
        answered(question, bryn if number % 2 else asha, f"Number {number}")
    services.read_up_to(question, question.begun_by, 3)
    question.refresh_from_db()
    return question


def split(talk: Conversation, by: User, *numbers: int) -> tuple[Conversation, Entry]:
    return moving.split(talk, numbers, Kind.DISCUSSION, "Steps", by, "It is about steps.")


def test_posts_go_with_all_that_hangs_on_them_and_leave_a_link(long_talk, asha, bryn, carys):
    said = {"posts": ["3", "5"], "title": "Steps", "kind": "question", "why": "It is about steps."}
    moved = list(long_talk.posts.filter(number__in=(3, 5)))
    services.mark_answer(moved[1], asha)
    services.react(moved[0], carys, "thanks")
    browse(asha).post(f"/conversations/{long_talk.pk}/split/", said)
    new = Conversation.objects.get(title="Steps")
    long_talk.refresh_from_db()
    assert list(new.posts.values_list("pk", "number")) == [(moved[0].pk, 1), (moved[1].pk, 2)]
    assert (new.answer, long_talk.answer, moved[0].reactions.count()) == (moved[1], None, 1)
    page = browse(carys).get(long_talk.url)
    assert [bool(one.moved_url) for one in page.context["posts"]] == [False, False, True, False, True]
    assert [one.number for one in page.context["posts"]] == [1, 2, 3, 4, 5]


def test_after_a_split_everybody_has_read_what_they_had_read(long_talk, asha, carys):
    new, _entry = split(long_talk, asha, 3, 5)
    assert Standing.objects.get(person=carys, conversation=new).read_to == 1
    assert unread(carys) == {"Who has a tall ladder?", "Steps"}
    services.read_up_to(new, carys, 2)
    services.read_up_to(long_talk, carys, 4)
    assert unread(carys) == set()


def test_a_split_is_undone(long_talk, asha, bryn):
    before = list(long_talk.posts.values_list("pk", "number"))
    new, entry = split(long_talk, asha, 2, 4)
    browse(asha).post(f"/conversations/undo/{entry.pk}/")
    assert list(long_talk.posts.values_list("pk", "number")) == before
    assert not Conversation.objects.filter(pk=new.pk).exists()


def test_an_old_post_that_becomes_a_question_is_promised_an_answer_from_now(community, asha, bryn):
    talk = begun(community, asha)
    for who, text in ((bryn, "How high is the hall?"), (asha, "Eight metres.")):
        answered(talk, who, text)
    talk.posts.update(posted=timezone.now() - timedelta(days=60))
    new, _entry = moving.split(talk, (2, 3), Kind.QUESTION, "How high?", asha, "It is a question.")
    promise = Promise.objects.get(conversation=new)
    assert (promise.answer_by > timezone.now(), promise.acknowledged_by) == (True, asha)


# -- merging -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def other(community: CommunityPage, bryn: User) -> Conversation:
    return begun(community, bryn, Kind.QUESTION, title="A ladder?")


def test_two_become_one_and_the_old_address_leads_there(long_talk, other, asha, bryn, carys):
    answered(other, asha, "Here.")
    page = browse(asha).post(f"/conversations/{other.pk}/merge/", {"into": long_talk.pk, "why": "The same."})
    assert page.url.startswith(long_talk.url)
    long_talk.refresh_from_db()
    assert list(long_talk.posts.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert browse(carys).get(other.url).url == long_talk.url_of(6)
    assert browse(carys).get(f"/conversations/{other.pk}/since/0/").status_code == 404
    assert "A ladder?" not in browse(carys).get("/conversations/?only=all").content.decode().split("<main")[1]


def test_who_asked_the_same_has_not_acknowledged_it(question, community, asha, bryn, carys):
    """Carys asked first. Bryn asks it, too, and says so once more."""
    same = begun(community, bryn, Kind.QUESTION, title="Has anybody a ladder?")
    answered(same, bryn, "Nobody?")
    moving.merge(same, question, asha, "The same.")
    question.promise.refresh_from_db()
    assert question.promise.acknowledged is None
    word = answered(question, asha)
    question.promise.refresh_from_db()
    assert (question.promise.acknowledged_with, question.promise.acknowledged_by) == (word, asha)


def test_whoever_began_what_is_put_into_another_one_reads_where_it_stands_and_why(question, other, asha, carys):
    entry = moving.merge(question, other, asha, "The same ladder.")
    assert inbox(carys) == [f"“{question.title}” stands in “{other.title}” now"]
    page = browse(carys).get("/inbox/")
    [matter] = page.context["matters"]
    assert matter.told[0].words.text.endswith("The same ladder.")
    undoing.undo(entry, asha)
    assert inbox(carys) == []


def test_old_links_lead_to_the_posts_and_to_none_of_another_number(long_talk, other, asha, bryn):
    """A browser keeps #post-2 where the new address names no place: that is another post there."""
    for number in range(2, PER_PAGE + 3):
        answered(other, asha, f"Other {number}")
    moving.merge(other, long_talk, asha, "The same.")
    long_talk.refresh_from_db()
    second_page = browse(bryn).get(f"{other.url}?page=2").url
    assert second_page == long_talk.url_of(long_talk.posts.get(text=f"Other {PER_PAGE + 1}").number)
    assert browse(bryn).get(f"{other.url}?page=9").url == long_talk.url_of(long_talk.last_number)
    assert browse(bryn).get(other.new_url).url == long_talk.new_url
    assert browse(None).get(other.new_url).status_code == 302


def test_what_was_typed_for_the_one_is_kept_for_the_other(question, other, asha, bryn):
    services.keep_draft(other, bryn, {"text": "Half a sen"})
    moving.merge(other, question, asha, "The same.")
    sent = {"key": str(uuid.uuid4()), "seen": "1", "text": "My whole answer."}
    page = browse(bryn).post(other.url, sent)
    assert (page.status_code, page.context["form"]["text"].value()) == (409, "My whole answer.")
    assert Draft.objects.get(person=bryn).place == f"conversation:{question.pk}"


def test_whoever_may_write_in_neither_any_more_reads_what_they_typed_and_discards_it(question, other, asha, carys):
    """Carys, who is no member, goes on with what she asked, and not with what Bryn did. She was a member meanwhile."""
    services.keep_draft(question, carys, {"text": "For mine."})
    services.keep_draft(other, carys, {"text": "<i>For his."})
    moving.merge(question, other, asha, "The same.")
    page = browse(carys).get(other.url)
    assert page.context["form"] is None
    assert page.context["unsent"].text == "<i>For his.\n\nFor mine."
    assert "&lt;i&gt;For his." in page.content.decode()
    assert browse(asha).get(other.url).context["unsent"] is None
    discarded = browse(carys).post(question.url, {"deed": "discard"}, follow=True)  # in a tab that stood open
    assert discarded.context["unsent"]
    discarded = browse(carys).post(other.url, {"deed": "discard"}, follow=True)
    assert discarded.context["unsent"] is None
    assert not Draft.objects.filter(person=carys, place=f"conversation:{other.pk}").exists()


def test_a_draft_and_its_files_are_found_after_it_was_closed(question, asha, carys):
    chosen = SimpleUploadedFile("ladder.txt", b"Tall.")
    browse(carys).post(question.url, {"deed": "save", "text": "Half a sen", "files": chosen})
    services.close(question, asha, "It is settled.")
    unsent = browse(carys).get(question.url).context["unsent"]
    assert (unsent.text, [each.name for each in unsent.files.here]) == ("Half a sen", ["ladder.txt"])
    assert b"".join(browse(carys).get(unsent.files.here[0].get_absolute_url())) == b"Tall."
    browse(carys).post(question.url, {"deed": "discard"})
    assert not Attachment.objects.filter(unsent_by=carys).exists()
    assert browse(carys).get(question.url).context["unsent"] is None


def test_only_those_with_the_same_readers_become_one(question, community, asha, bryn):
    narrower = begun(community, bryn, audience=Audience.MEMBERS)
    for pair in ((narrower, question), (question, narrower)):
        with pytest.raises(services.CannotPost):
            moving.merge(*pair, asha, "The same.")


def test_what_has_a_poll_or_an_outcome_goes_into_nothing_else(question, other, asha):
    poll = Poll.objects.create(conversation=other, question="Which day?")
    with pytest.raises(services.CannotPost):
        moving.merge(other, question, asha, "The same.")
    poll.delete()
    other.steps.create(stage=IdeaStage.DONE, word="It hangs there.", by=asha)
    with pytest.raises(services.CannotPost):
        moving.merge(other, question, asha, "The same.")
    moving.merge(question, other, asha, "The other way round.")
    assert other.posts.count() > 1


@pytest.mark.parametrize(("kind", "may"), [(Kind.DISCUSSION, False), (Kind.CONSULTATION, True)])
def test_a_consultation_that_owes_an_outcome_is_lost_in_nothing_else(kind, may, community, asha, bryn):
    asked = begun(community, bryn, Kind.CONSULTATION, title="Which gate?")
    into = begun(community, asha, kind, title="Gates")
    if may:
        moving.merge(asked, into, asha, "The same.")
        return
    with pytest.raises(services.CannotPost):
        moving.merge(asked, into, asha, "The same.")
    moving.merge(into, asked, asha, "The same.")
    asked.refresh_from_db()
    assert asked.closing_day is not None


def test_a_merge_is_undone_and_the_next_post_is_new(question, other, asha, bryn, carys):
    question.refresh_from_db()
    entry = moving.merge(other, question, asha, "The same.")
    services.read_up_to(question, carys, 2)
    undoing.undo(entry, asha)
    assert list(other.posts.values_list("number", flat=True)) == [1]
    assert browse(carys).get(other.url).status_code == 200
    answered(question, bryn)
    assert "Who has a tall ladder?" in unread(carys)


def test_what_was_removed_meanwhile_is_not_back_after_an_undo(question, other, asha, carys):
    entry = moving.merge(other, question, asha, "The same.")
    moved = Conversation.objects.get(pk=question.pk).posts.last()
    moderator = PersonFactory(first_name="Morgan")
    make_member(moderator, question.community, FACILITATOR)
    services.remove(moved, moderator, "It is about somebody.")
    undoing.undo(entry, asha)
    other.refresh_from_db()
    assert other.withheld is not None
    assert browse(carys).get(f"/conversations/in/{other.community.slug}/").content.decode().count(other.title) == 0


# -- locking -----------------------------------------------------------------------------------------------------------
def test_while_it_is_locked_nobody_writes_and_it_opens_by_itself(question, asha, bryn):
    browse(asha).post(f"/conversations/{question.pk}/lock/", {"days": "1", "word": "Let us sleep on it."})
    assert browse(bryn).get(question.url).context["form"] is None
    refused = browse(bryn).post(question.url, {"key": str(uuid.uuid4()), "seen": "1", "text": "But!"})
    assert refused.status_code == 409
    assert "But!" in refused.content.decode()
    Conversation.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    answered(question, bryn)
