"""Asking, answering, and what is new for whom: through the pages, as the cast does it."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from communities import services as memberships
from communities.models import CommunityPage, Stage
from conversations import services
from conversations.choices import Kind, Level
from conversations.forms import WRITE_SOMETHING
from conversations.models import PER_PAGE, Conversation, Draft, PostVersion, Standing
from conversations.moving import services as moving
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.core.proxies import as_proxies_write


@pytest.fixture
def question(community: CommunityPage, carys: User) -> Conversation:
    """Carys, who is no member, asks the community something."""
    return begun(community, carys, Kind.QUESTION)


def sent(**said: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "seen": "1", "text": "I have one.", **said}


# -- beginning ---------------------------------------------------------------------------------------------------------
def test_a_member_begins_a_discussion(community, bryn):
    said = sent(kind="discussion", title="The ladder", audience="everyone")
    answer = browse(bryn).post(f"/conversations/in/{community.slug}/new/", said)
    conversation = Conversation.objects.get()
    assert answer.url == conversation.url
    assert (conversation.title, conversation.last_number, conversation.begun_by) == ("The ladder", 1, bryn)
    assert conversation.standings.get().level == Level.FOLLOW


def test_whoever_is_no_member_asks_a_question_and_begins_nothing_else(community, carys):
    address = f"/conversations/in/{community.slug}/new/"
    assert [value for value, _label in browse(carys).get(address).context["form"].fields["kind"].choices] == [
        "question"
    ]
    refused = browse(carys).post(address, sent(kind="discussion", title="The ladder", audience="everyone"))
    assert refused.status_code == 422
    assert not Conversation.objects.exists()


def test_nobody_asks_what_they_could_not_read_themselves(community, bryn, carys, dev):
    address = f"/conversations/in/{community.slug}/new/"
    offered = [
        [value for value, _label in browse(person).get(address).context["form"].fields["audience"].choices]
        for person in (bryn, carys, dev)
    ]
    assert offered == [
        [Audience.EVERYONE, Audience.ORGANISATION, Audience.MEMBERS],
        [Audience.EVERYONE, Audience.ORGANISATION],
        [Audience.EVERYONE],
    ]
    for person, audience in ((carys, Audience.MEMBERS), (dev, Audience.ORGANISATION)):
        with pytest.raises(services.CannotPost):
            begun(community, person, Kind.QUESTION, audience=audience)


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("dev", 200), ("carys", 404)])
def test_a_private_community_is_asked_by_its_members_alone(who, status, private_community, request, dev, carys):
    viewer = None if who == "nobody" else request.getfixturevalue(who)
    assert browse(viewer).get(f"/conversations/in/{private_community.slug}/new/").status_code == status


def test_what_was_typed_survives_a_missing_title(community, bryn):
    said = sent(kind="discussion", title="", audience="everyone", text="Four hundred words.")
    answer = browse(bryn).post(f"/conversations/in/{community.slug}/new/", said)
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == "Four hundred words."


def test_a_closed_community_is_only_read(community, bryn):
    conversation = begun(community, bryn)
    CommunityPage.objects.filter(pk=community.pk).update(stage=Stage.CLOSED)
    assert browse(bryn).get(conversation.url).status_code == 200
    assert browse(bryn).get(f"/conversations/in/{community.slug}/new/").status_code == 404
    assert browse(bryn).post(conversation.url, sent()).status_code == 409


# -- answering ---------------------------------------------------------------------------------------------------------
def test_a_member_answers_and_whoever_asked_goes_on(question, bryn, carys):
    assert browse(bryn).post(question.url, sent()).url == question.url_of(2)
    assert browse(carys).post(question.url, sent(seen="2", text="Thank you!")).url == question.url_of(3)
    assert list(question.posts.values_list("author", flat=True)) == [carys.pk, bryn.pk, carys.pk]


def test_somebody_else_reads_and_does_not_answer(question, dev):
    page = browse(dev).get(question.url)
    assert page.context["form"] is None
    assert browse(dev).post(question.url, sent()).status_code == 409
    assert question.posts.count() == 1


def test_whoever_answers_follows_it_and_whoever_muted_it_does_not(question, asha, bryn):
    for member in (asha, bryn):
        browse(member).get(question.url)
    services.set_level(question, bryn, Level.MUTE)
    answered(question, asha)
    answered(question, bryn)
    levels = Standing.objects.filter(person__in=[asha, bryn]).order_by("person").values_list("level", flat=True)
    assert list(levels) == [Level.FOLLOW, Level.MUTE]


def test_what_is_answered_stands_on_its_own_page(question, bryn, carys):
    for number in range(PER_PAGE):
        post = answered(question, bryn, f"Number {number}")
    question.refresh_from_db()
    services.reply(question, "Thanks", carys, key=uuid.uuid4(), seen=question.last_number, in_answer_to=post.number)
    shown = browse(bryn).get(f"{question.url}?page=2").context["posts"][-1]
    assert shown.answers_url == post.get_absolute_url()


def test_what_there_is_already_is_offered_to_whoever_begins(community, bryn):
    page = browse(bryn).get(f"/conversations/in/{community.slug}/new/").content.decode()
    assert f'data-as-you-write="{reverse("search:near")}"' in page
    assert "as_you_write.js" in page


def test_sent_twice_it_is_said_once(question, bryn):
    said = sent()
    assert browse(bryn).post(question.url, said).url == browse(bryn).post(question.url, said).url
    assert question.posts.count() == 2


def test_who_answers_at_once_reads_the_other_first(question, asha, bryn):
    """Asha had the page open when Bryn answered."""
    answered(question, bryn, "The library has one.")
    said = sent(text="Ask the library.")
    shown = browse(asha).post(question.url, said)
    assert shown.status_code == 409
    assert "The library has one." in shown.context["newer"]
    form = shown.context["form"]
    assert (form["text"].value(), form["seen"].value()) == ("Ask the library.", 2)
    assert browse(asha).post(question.url, {**said, "seen": 2}).status_code == 302


def test_a_draft_waits_where_it_was_typed(question, bryn):
    browse(bryn).post(question.url, sent(deed="save", text="Half a sen"))
    form = browse(bryn).get(question.url).context["form"]
    assert form["text"].value() == "Half a sen"
    browse(bryn).post(question.url, sent(text="A whole sentence.", began=form["began"].value()))
    assert not Draft.objects.exists()


def test_after_closing_the_words_come_back(question, asha, bryn):
    services.close(question, asha, "The library lends one.")
    answer = browse(bryn).post(question.url, sent(text="I have one!"))
    assert answer.status_code == 409
    assert "I have one!" in answer.content.decode()
    assert question.posts.count() == 1


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>"]
)
def test_nothing_runs_that_somebody_wrote(text, community, bryn):
    html = browse(bryn).get(begun(community, bryn, text=f"Words {text}").url).content.decode()
    assert "<script>alert" not in html
    assert "javascript:alert" not in html
    assert "onerror" not in html


# -- changing ----------------------------------------------------------------------------------------------------------
def test_ones_own_words_are_changed_and_what_they_were_is_kept(question, carys, bryn):
    post = question.posts.get()
    browse(carys).post(f"/conversations/posts/{post.pk}/edit/", {"text": "For Sunday."})
    post.refresh_from_db()
    assert (post.text, PostVersion.objects.get().text) == ("For Sunday.", "For **Saturday**.")
    assert browse(bryn).get(f"/conversations/posts/{post.pk}/edit/").status_code == 404
    assert browse(bryn).get(f"/conversations/posts/{post.pk}/changes/").status_code == 200


def test_a_post_is_removed_with_a_reason_and_put_back(question, asha, bryn):
    post = answered(question, bryn, "Something unkind.")
    address = f"/conversations/posts/{post.pk}/remove/"
    assert browse(asha).post(address, {"reason": ""}).status_code == 422
    browse(asha).post(address, {"reason": "It is about a person."})
    page = browse(bryn).get(question.url).content.decode()
    assert "Something unkind." not in page
    assert "It is about a person." in page
    browse(asha).post(f"/conversations/posts/{post.pk}/put-back/")
    assert "Something unkind." in browse(bryn).get(question.url).content.decode()


def test_nobody_removes_what_others_wrote(question, bryn, carys):
    post = answered(question, bryn)
    assert browse(carys).post(f"/conversations/posts/{post.pk}/remove/", {"reason": "I do."}).status_code == 404


def test_whoever_asked_marks_the_answer(question, bryn, carys, dev):
    post = answered(question, bryn)
    address = f"/conversations/posts/{post.pk}/answer/"
    assert browse(dev).post(address).status_code == 404
    browse(carys).post(address)
    question.refresh_from_db()
    assert question.answer == post
    services.remove(post, bryn)
    question.refresh_from_db()
    assert question.answer is None


def test_a_word_for_a_post_is_said_and_taken_back(question, bryn, carys):
    post = answered(question, bryn)
    address = f"/conversations/posts/{post.pk}/say/thanks/"
    browse(carys).post(address)
    assert post.reactions.get().person == carys
    browse(carys).post(address, {"take_back": "yes"})
    assert not post.reactions.exists()
    assert browse(bryn).post(address).status_code == 404  # one's own


# -- what is new -------------------------------------------------------------------------------------------------------
def unread(viewer: User) -> list[bool]:
    return [row.is_unread for row in browse(viewer).get("/conversations/").context["conversations"]]


def test_what_was_read_is_not_new_and_ones_own_words_never_are(community, asha, bryn):
    conversation = begun(community, bryn)
    assert (unread(asha), unread(bryn)) == ([True], [False])
    browse(asha).get(conversation.url)
    assert unread(asha) == [False]
    answered(conversation, asha)
    assert (unread(asha), unread(bryn)) == ([False], [True])


def test_a_removed_post_leaves_nothing_unread(community, asha, bryn):
    conversation = begun(community, bryn)
    browse(asha).get(conversation.url)
    post = answered(conversation, bryn)
    assert unread(asha) == [True]
    services.remove(post, bryn)
    assert unread(asha) == [False]


def test_the_first_new_post_is_found_on_its_page(community, asha, bryn):
    conversation = begun(community, bryn)
    for number in range(PER_PAGE + 5):
        answered(conversation, bryn, f"Number {number}")
    browse(asha).get(conversation.url)
    assert Standing.objects.get(person=asha).read_to == PER_PAGE
    conversation.refresh_from_db()
    go = browse(asha).get(f"/conversations/{conversation.pk}/new/")
    assert go.url == conversation.url_of(PER_PAGE + 1) == f"{conversation.url}?page=2#post-{PER_PAGE + 1}"


def test_new_posts_are_asked_for_with_a_tag(question, bryn, carys):
    address = f"/conversations/{question.pk}/since/1/"
    first = browse(carys).get(address)
    for known in as_proxies_write(first["ETag"]):
        assert browse(carys).get(address, headers={"If-None-Match": known}).status_code == 304
    answered(question, bryn, "The library has one.")
    assert (
        "The library has one." in browse(carys).get(address, headers={"If-None-Match": first["ETag"]}).content.decode()
    )


def test_what_came_while_somebody_looked_on_is_read(question, bryn, carys):
    """Asking whether there is more reads nothing; a page that is looked at says what was read."""
    post = answered(question, bryn, "The library has one.")
    browse(carys).get(f"/conversations/{question.pk}/since/1/")
    browse(carys).get(f"/conversations/{question.pk}/since/{post.number}/?read")
    assert unread(carys) == [True]
    said = [browse(who).post(f"/conversations/{question.pk}/read/{post.number}/").status_code for who in (carys, None)]
    assert (said, unread(carys)) == ([204, 302], [False])


def test_whoever_left_a_private_community_hears_no_more(private_community, dev):
    membership = dev.memberships.get()
    conversation = begun(private_community, dev)
    assert browse(dev).get(f"/conversations/{conversation.pk}/since/0/").status_code == 200
    memberships.leave(membership)
    assert browse(dev).get(f"/conversations/{conversation.pk}/since/0/").status_code == 404
    assert unread(dev) == []


# -- sent again, too long, and what does not count ---------------------------------------------------------------------
def test_what_is_sent_again_after_going_back_is_said_once(question, bryn):
    """The browser's button brings the form back with its words and another key."""
    first = browse(bryn).post(question.url, sent(text="I have one!"))
    again = browse(bryn).post(question.url, sent(text="I have one!", seen=2))
    assert (again.url, question.posts.count()) == (first.url, 2)
    browse(bryn).post(question.url, sent(text="And a rope.", seen=2))
    browse(bryn).post(question.url, sent(text="I have one!", seen=3))
    assert question.posts.count() == 4


def test_a_post_that_is_too_long_stays_in_its_box_and_is_told_what_to_do(question, bryn):
    page = browse(bryn).post(question.url, sent(text="word " * 20_000))
    assert page.status_code == 422
    assert len(page.context["form"]["text"].value()) == 100_000
    said = page.context["form"].errors["text"][0]
    assert said == str(WRITE_SOMETHING["max_length"]) % {"show_value": 99_999, "limit_value": 40_000}


def test_what_was_refused_waits_until_one_may_write_there_again(question, asha, bryn):
    services.close(question, asha, "The library lends one.")
    browse(bryn).post(question.url, sent(text="I have one!"))
    services.reopen(question, asha)
    assert browse(bryn).get(question.url).context["form"]["text"].value() == "I have one!"


def test_lists_count_the_answers_that_can_be_read(question, asha, bryn):
    posts = [answered(question, bryn, text) for text in ("One.", "Two.", "Three.")]
    services.remove(posts[0], bryn)
    moving.split(question, [3], Kind.DISCUSSION, "Two", asha, "It is another matter.")
    pages = [("/conversations/", "conversations"), (f"/conversations/in/{question.community.slug}/", "conversations")]
    for address, name in pages:
        rows = browse(asha).get(address).context[name]
        assert next(row.replies for row in rows if row.pk == question.pk) == 1
