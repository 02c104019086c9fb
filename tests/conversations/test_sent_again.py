"""Forms that come back after they were sent: with the browser's button, from a second tab, over a slow network."""

import uuid
from typing import Any

import pytest

from communities.models import CommunityPage
from conversations import services
from conversations.models import Conversation, Draft
from conversations.services import drafts
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun


@pytest.fixture
def talk(community: CommunityPage, asha: User) -> Conversation:
    return begun(community, asha)


def sent(**said: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "seen": "1", "text": "Yes.", **said}


def texts(talk: Conversation) -> list[str]:
    return list(talk.posts.order_by("number").values_list("text", flat=True)[1:])


def test_a_short_answer_to_two_questions_is_said_twice(talk, asha, bryn):
    for number, day in ((2, "On Monday?"), (4, "On Tuesday?")):
        answered(talk, asha, day)
        browse(bryn).post(talk.url, sent(seen=number))
    assert texts(talk) == ["On Monday?", "Yes.", "On Tuesday?", "Yes."]


def test_the_same_words_in_answer_to_two_posts_are_said_twice(talk, asha, bryn):
    for day in ("On Monday?", "On Tuesday?"):
        answered(talk, asha, day)
    for to in ("2", "3", "3"):
        browse(bryn).post(talk.url, sent(seen=4, to=to))
    assert texts(talk)[2:] == ["Yes.", "Yes."]


def test_other_words_from_a_form_that_came_back_with_its_key_are_another_post(talk, bryn):
    form = sent(text="I have one.")
    browse(bryn).post(talk.url, form)
    for _twice in range(2):
        browse(bryn).post(talk.url, {**form, "text": "And a rope.", "seen": 2})
    assert texts(talk) == ["I have one.", "And a rope."]
    post = talk.posts.get(number=2)
    services.edit(post, "I have two.", bryn)
    browse(bryn).post(talk.url, {**form, "seen": 3})
    assert texts(talk) == ["I have two.", "And a rope."]


def test_another_beginning_from_a_form_that_came_back_is_another_conversation(community, bryn):
    form = sent(kind="discussion", title="The ladder", audience="everyone")
    for text in ("For Saturday.", "For Sunday.", "For Sunday."):
        browse(bryn).post(f"/conversations/in/{community.slug}/new/", {**form, "text": text})
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("late", ["I have one.", "I have o"])
def test_what_the_script_keeps_too_late_is_no_draft(late, talk, bryn):
    """loomio#2752, vanilla#8085."""
    form = sent(text="I have one.")
    browse(bryn).post(talk.url, form)
    browse(bryn).post(talk.url, {**form, "text": late, "deed": "save"}, headers={"Accept": "application/json"})
    assert not Draft.objects.exists()
    browse(bryn).post(talk.url, {**form, "text": "And a rope", "deed": "save"})
    assert Draft.objects.get().typed["text"] == "And a rope"


def test_a_conversation_that_was_begun_is_no_draft_either(community, bryn):
    form = sent(kind="discussion", title="The ladder", audience="everyone")
    for deed in ({}, {"deed": "save"}):
        browse(bryn).post(f"/conversations/in/{community.slug}/new/", {**form, **deed})
    assert not Draft.objects.exists()


def saved(talk: Conversation, person: User, letters: int, **headers: str) -> Any:
    """Each time from the same form."""
    said = sent(deed="save", text="a" * letters, key=str(uuid.UUID(int=1)))
    return browse(person).post(talk.url, said, headers=headers)


def test_a_draft_is_kept_whole_or_not_at_all_and_says_so(talk, bryn):
    script = {"Accept": "application/json"}
    assert saved(talk, bryn, drafts.LONGEST, **script).status_code == 200
    assert len(Draft.objects.get().typed["text"]) == drafts.LONGEST
    refused = saved(talk, bryn, drafts.LONGEST + 1, **script)
    assert (refused.status_code, str(drafts.LONGEST) in refused.json()["said"]) == (422, True)
    assert len(Draft.objects.get().typed["text"]) == drafts.LONGEST
    page = saved(talk, bryn, drafts.LONGEST + 2)
    assert (page.status_code, len(page.context["form"]["text"].value())) == (422, drafts.LONGEST + 2)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
