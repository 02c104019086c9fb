"""Sent after something changed: a sentence, nothing written, and the words are still there to be copied."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from communities import services as memberships
from communities.choices import Stage
from communities.models import FACILITATOR, CommunityPage
from conversations import services
from conversations.choices import Feeling, Kind, ReportReason
from conversations.models import Conversation, Draft, Post
from conversations.moving import services as moving
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import CommunityFactory, PersonFactory, make_member

WORDS = "Behind the bins, where nobody looks."


@pytest.fixture
def talk(private_community: CommunityPage, asha: User, bryn: User) -> Conversation:
    """A consultation among members, which Bryn answered."""
    make_member(asha, private_community, FACILITATOR)
    make_member(bryn, private_community)
    found = begun(private_community, asha, Kind.CONSULTATION)
    answered(found, bryn)
    found.refresh_from_db()
    return found


def leave(talk: Conversation, _asha: User, bryn: User) -> None:
    memberships.leave(bryn.memberships.get(community=talk.community))


def close_it(talk: Conversation, asha: User, _bryn: User) -> None:
    services.close(talk, asha, "It is done.")


def lock_it(talk: Conversation, asha: User, _bryn: User) -> None:
    moving.lock(talk, asha, 1, "Sleep on it.")


def move_it(talk: Conversation, asha: User, _bryn: User) -> None:
    """Where Bryn does not belong."""
    elsewhere = CommunityFactory(title="Elsewhere", slug="elsewhere", private=True)
    make_member(asha, elsewhere, FACILITATOR)
    moving.move(talk, elsewhere, User.objects.get(pk=asha.pk), "There.")  # with the rights that she has now


def take_it_away(talk: Conversation, _asha: User, _bryn: User) -> None:
    """And Bryn has written nothing in it that would let him read on."""
    talk.posts.filter(number=2).delete()
    morgan = PersonFactory(first_name="Morgan", last_name="Price")
    make_member(morgan, talk.community, FACILITATOR)
    services.remove(talk.posts.get(number=1), morgan, "It is about somebody.")


def close_the_community(talk: Conversation, _asha: User, _bryn: User) -> None:
    CommunityPage.objects.filter(pk=talk.community_id).update(stage=Stage.CLOSED)


def said(**more: Any) -> dict[str, Any]:
    return {"text": WORDS, "key": str(uuid.uuid4()), "seen": "2", **more}


def new() -> dict[str, Any]:
    return said(title="Bins", kind="question", audience="members", seen="")


def begin_there(talk: Conversation) -> str:
    return reverse("conversations:begin", args=[talk.community.slug])


def of_post(deed: str, number: int) -> Callable[[Conversation], str]:
    return lambda talk: reverse(f"conversations:{deed}", args=[talk.posts.get(number=number).pk])


def of_talk(deed: str) -> Callable[[Conversation], str]:
    return lambda talk: reverse(f"conversations:{deed}", args=[talk.pk])


LATE = [
    *((deed, of_talk("conversation"), said) for deed in (leave, close_it, lock_it, move_it, close_the_community)),
    (take_it_away, of_talk("conversation"), said),
    *((deed, begin_there, new) for deed in (leave, close_the_community)),
    *((deed, of_post("edit", 2), said) for deed in (leave, close_it, move_it)),
    *((deed, of_post("report", 1), lambda: {"reason": ReportReason.FALSE, "word": WORDS}) for deed in (leave, move_it)),
]


@pytest.mark.parametrize(("meanwhile", "address", "form"), LATE)
def test_what_came_too_late_is_given_back(meanwhile, address, form, talk, asha, bryn):
    to, count = address(talk), Post.objects.count()
    browser = browse(bryn)
    assert browser.get(to).status_code == 200
    meanwhile(talk, asha, bryn)
    answer = browser.post(to, form(), headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code in {403, 404, 409, 410}
    assert WORDS in answer.content.decode()
    assert Post.objects.filter(text=WORDS).count() == 0
    assert Post.objects.count() <= count


@pytest.mark.parametrize(("address", "form"), [(of_talk("conversation"), said), (begin_there, new)])
def test_after_the_session_ended_the_words_wait_behind_the_sign_in(address, form, talk, bryn):
    browser, to = browse(bryn), address(talk)
    assert browser.get(to).status_code == 200
    browser.logout()
    sent = browser.post(to, form())
    assert sent.status_code == 302
    assert sent.url.startswith("/account/login/")
    browser.force_login(bryn)
    page = browser.get("/account/kept/")
    assert WORDS in page.content.decode()
    assert [one.title for one in page.context["forms"]] == [talk.title if str(talk.pk) in to else talk.community.title]
    memberships.leave(bryn.memberships.get(community=talk.community))
    assert [one.title for one in browser.get("/account/kept/").context["forms"]] == [""]


def test_a_closed_conversation_takes_words_for_a_post_and_a_locked_one_takes_nothing(talk, asha, bryn):
    """Who reads on may say thanks; a lock is there so that nobody says anything for a while."""
    post = answered(talk, asha)
    said = f"/conversations/posts/{post.pk}/say/{Feeling.THANKS}/"
    services.close(talk, asha, "It is found.")
    browse(bryn).post(said)
    assert post.reactions.count() == 1
    services.reopen(talk, asha)
    browse(bryn).post(said, {"take_back": "yes"})
    moving.lock(talk, asha, 1, "Sleep on it.")
    page = browse(bryn).post(said, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert (post.reactions.count(), any(one.says for one in page.context["posts"])) == (0, False)


def test_what_is_closed_is_not_closed_with_another_word_and_that_word_comes_back(talk, asha):
    for word in ("It is found.", "It is found."):
        assert list(messages_after(browse(asha), talk, word)) == []
    [said] = messages_after(browse(asha), talk, "It is lost.")
    assert "It is lost." in said
    talk.refresh_from_db()
    assert talk.closing_word == "It is found."


def messages_after(client: Client, talk: Conversation, word: str) -> Iterator[str]:
    page = client.post(f"{talk.url}close/", {"word": word}, follow=True)
    return (str(message) for message in page.context["messages"])


def test_a_draft_of_a_new_conversation_is_found_where_its_community_was_closed(community, bryn):
    began = f"/conversations/in/{community.slug}/new/"
    chosen = SimpleUploadedFile("bins.txt", b"Green ones.")
    browse(bryn).post(began, {"deed": "save", "kind": "idea", "title": "<i>Bins", "text": WORDS, "files": chosen})
    CommunityPage.objects.filter(pk=community.pk).update(stage=Stage.CLOSED)
    for address in (began, f"/conversations/in/{community.slug}/"):
        unsent = browse(bryn).get(address).context["unsent"]
        assert (unsent.title, unsent.text, [each.name for each in unsent.files.here]) == (
            "<i>Bins",
            WORDS,
            ["bins.txt"],
        )
    left = browse(bryn).post(unsent.url, {"deed": "discard"}, follow=True)
    assert (left.redirect_chain[-1][0], left.context["unsent"]) == (f"/conversations/in/{community.slug}/", None)
    assert not Draft.objects.exists()
    assert browse(bryn).get(began).status_code == 404


def test_a_draft_of_a_new_conversation_is_found_by_who_left_and_names_no_community(talk, asha, bryn, carys):
    private = talk.community
    began = f"/conversations/in/{private.slug}/new/"
    browse(bryn).post(began, {"deed": "save", "kind": "idea", "title": "Bins", "text": WORDS})
    leave(talk, asha, bryn)
    page = browse(bryn).get(began)
    assert (page.status_code, page.context["unsent"].text) == (410, WORDS)
    assert private.title not in page.content.decode()
    assert browse(carys).get(began).status_code == 404
    sent = browse(bryn).post(began, {"kind": "idea", "title": "Bins", "text": "Other words."})
    assert (sent.status_code, "Other words." in sent.content.decode()) == (404, True)
    assert browse(bryn).post(began, {"deed": "discard"}).url == reverse("conversations:everywhere")
    assert browse(bryn).get(began).status_code == 404


def test_one_word_is_given_back_too(talk, asha, bryn):
    leave(talk, asha, bryn)
    answer = browse(bryn).post(talk.url, said(text="Agreed"))
    assert answer.status_code == 403
    assert "Agreed" in answer.content.decode()


def test_one_word_for_what_was_taken_away_is_given_back_and_no_key_of_its_form(talk, asha, bryn):
    take_it_away(talk, asha, bryn)
    sent = said(text="Agreed")
    answer = browse(bryn).post(talk.url, sent)
    assert [field.value for field in answer.context["typed"]] == ["Agreed"]
