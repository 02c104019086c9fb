"""What nobody sees is no answer: a form asks again, wherever somebody typed it, and nothing empty is posted."""

import uuid
from collections.abc import Callable

import pytest

from communities.models import CommunityPage
from conversations.choices import Kind
from conversations.models import Conversation, Post
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.replay import replayed

UNSEEN = ["\u200b", "\u202e\u2066", "\u2800"]
NO_WORDS = [*UNSEEN, "&nbsp;", "<!-- words -->", "[]()", "> ", "```\n```"]
FORMS: dict[str, Callable[[Conversation, Post], str]] = {
    "word": lambda talk, _post: f"{talk.url}close/",
    "title": lambda talk, _post: f"/conversations/in/{talk.community.slug}/new/",
    "question": lambda talk, _post: f"{talk.url}poll/new/",
    "reason": lambda _talk, post: f"/conversations/posts/{post.pk}/remove/",
    "why": lambda talk, _post: f"{talk.url}move/",
}


@pytest.fixture
@replayed
def talk(community: CommunityPage, bryn: User) -> Conversation:
    return begun(community, bryn, Kind.IDEA)


@pytest.mark.parametrize("name", FORMS)
def test_a_line_of_what_nobody_sees_is_asked_for_again(name, talk, asha, bryn):
    url = FORMS[name](talk, answered(talk, bryn))
    for text in UNSEEN:
        given = {"kind": "idea", "text": "Words.", "audience": talk.audience, "key": str(uuid.uuid4())}
        page = browse(asha).post(url, {**given, name: text})
        assert page.status_code == 422, (name, text)
        assert page.context["form"].errors[name]
    assert Conversation.objects.get().closed is None


@pytest.mark.parametrize("text", NO_WORDS)
def test_a_post_says_something(text, talk, bryn):
    page = browse(bryn).post(talk.url, {"text": text, "key": str(uuid.uuid4()), "seen": 1})
    assert (page.status_code, talk.posts.count()) == (422, 1)
    assert page.context["form"].errors["text"]


@pytest.mark.parametrize("text", ["👍", "—", "ا", "1", "`x`"])
def test_a_sign_is_a_word(text, talk, bryn):
    assert browse(bryn).post(talk.url, {"text": text, "key": str(uuid.uuid4()), "seen": 1}).status_code == 302
