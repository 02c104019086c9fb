"""What a reader meets on a page of talk: long posts, earlier words, why it is locked, what waits for a decision."""

import pytest

from conversations import services
from conversations.choices import Kind, ReportReason
from conversations.models import Conversation, Post
from conversations.moderation import services as moderation
from conversations.moving import services as moving
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.replay import replayed

WHY = "Let us sleep on it."


@pytest.fixture
@replayed
def talk(community, bryn) -> Conversation:
    return begun(community, bryn)


def page_of(talk, reader):
    return browse(reader).get(talk.url)


@pytest.mark.parametrize(
    ("text", "is_long"), [("One line.", False), ("\n".join("abc" * 400), True), ("a " * 5000, True)]
)
def test_a_post_of_a_thousand_lines_is_folded_and_all_of_it_stands_there(text, is_long, talk, asha, carys):
    answered(talk, asha, f"{text}\n\nThe end.")
    page = page_of(talk, carys)
    assert [one.is_long for one in page.context["posts"]] == [False, is_long]
    assert page.content.decode().count('class="check post__all"') == is_long
    assert "The end." in page.content.decode()


def test_what_a_post_said_before_is_read_as_it_was_and_not_in_signs(talk, bryn, carys):
    post = Post.objects.get()
    services.edit(post, "For Sunday.", bryn)
    before = browse(carys).get(f"/conversations/posts/{post.pk}/changes/").content.decode()
    assert "<strong>Saturday</strong>" in before


def test_whoever_finds_it_locked_reads_why_and_adds_no_poll(community, bryn, asha, carys):
    idea = begun(community, bryn, Kind.IDEA)
    assert page_of(idea, bryn).context["course"].sets_up_poll
    moving.lock(idea, asha, 1, WHY)
    page = page_of(idea, bryn)
    assert page.context["why_locked"] == WHY
    assert WHY in page_of(idea, carys).content.decode()
    assert not page.context["course"].sets_up_poll
    moving.unlock(idea, asha)
    assert page_of(idea, bryn).context["why_locked"] == ""


def test_an_appeal_is_answered_with_a_reason_and_taken_without_one(talk, asha, bryn, carys, hub_team):
    post = answered(talk, bryn, "Mr Weasel is a thief.")
    case = moderation.report(post, carys, ReportReason.UNKIND, "")
    moderation.remove(case, asha, "It is about Mr Weasel.")
    moderation.appeal(post, bryn, "He laughed.")
    client, address = browse(hub_team), f"/conversations/reports/{case.pk}/"
    assert client.get(address).context["form"].fields["word"].required
    assert client.post(address, {"deed": "take"}).status_code == 302
    assert client.post(address, {"deed": "uphold"}).status_code == 422


def test_what_came_back_by_a_merge_does_not_say_that_it_is_elsewhere(community, asha, bryn):
    whole = begun(community, bryn)
    answered(whole, bryn, "And the urn?")
    apart, _entry = moving.split(whole, [2], Kind.DISCUSSION, "The urn", asha, "Another matter.")
    elsewhere, here = "is a conversation of its own now", "in another place of this conversation"
    assert elsewhere in page_of(whole, bryn).content.decode()
    moving.merge(whole, apart, asha, "They belong together.")
    page = page_of(apart, bryn).content.decode()
    assert elsewhere not in page
    assert here in page
