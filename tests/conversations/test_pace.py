"""Whoever writes very much in a short time waits a little, and keeps their words."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from conversations import posting_rate
from conversations.choices import Kind
from conversations.mail.receiving import ReceivedAs, receive
from conversations.models import Conversation, Post
from conversations.models.mail import Why
from core.outbox import drain
from people.models import User
from tests.conftest import browse
from tests.conversations.answering import answers_are_taken, proved, waiting, where
from tests.conversations.saying import answered, begun
from tests.notifications.mails import plain

__all__ = ["answers_are_taken"]


@pytest.fixture
def talk(community, asha, bryn, settings) -> Conversation:
    """Bryn has written two posts of three."""
    settings.LIMITS = {**settings.LIMITS, "posts": "3/10m", "posts_at_first": "1/10m"}
    User.objects.update(date_joined=timezone.now() - timedelta(days=30))
    made = begun(community, asha, Kind.QUESTION)
    answered(made, bryn)
    answered(made, bryn)
    return made


def sent(talk: Conversation, by: User, key: uuid.UUID | None = None, text: str = "My whole answer."):
    talk.refresh_from_db()
    said = {"key": str(key or uuid.uuid4()), "seen": str(talk.last_number), "text": text}
    return browse(by).post(talk.url, said)


def test_whoever_writes_too_much_reads_when_to_go_on_and_keeps_their_words(talk, bryn, asha):
    key = uuid.uuid4()
    assert sent(talk, bryn, key).status_code == 302
    refused = sent(talk, bryn, text="One more.")
    assert (refused.status_code, refused.context["form"]["text"].value()) == (429, "One more.")
    assert 0 < int(refused["Retry-After"]) <= 600
    assert sent(talk, bryn, key).status_code == 302  # it was sent already
    assert sent(talk, asha).status_code == 302
    Post.objects.filter(author=bryn).update(posted=timezone.now() - timedelta(minutes=11))
    assert sent(talk, bryn, text="One more.").status_code == 302


def test_a_new_conversation_and_a_question_back_count_too(talk, community, bryn, asha):
    answered(talk, bryn)
    said = {"key": str(uuid.uuid4()), "kind": "discussion", "title": "Steps", "text": "Mine.", "audience": "members"}
    begins = browse(bryn).post(f"/conversations/in/{community.slug}/new/", said)
    assert (begins.status_code, begins.context["form"]["title"].value()) == (429, "Steps")
    for _twice in range(2):
        answered(talk, asha)
    other = begun(community, bryn, Kind.QUESTION)
    back = {"key": str(uuid.uuid4()), "seen": "1", "text": "Which one?"}
    answer = browse(asha).post(f"/conversations/{other.pk}/ask-back/", back)
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 600) == (429, True)


@pytest.mark.usefixtures("answers_are_taken")
def test_an_answer_by_e_mail_that_comes_too_fast_waits_with_its_words(talk, bryn):
    answered(talk, bryn)
    came = receive(proved(bryn.email, where(talk, bryn), "One more."))
    row = waiting(bryn)
    assert (came, row.why, row.text) == (ReceivedAs.WAITING, Why.TOO_FAST, "One more.")
    drain("letters about e-mails")
    assert "> One more." in plain(mail.outbox[-1])
    pressed = browse(bryn).post(row.get_absolute_url(), {"text": "One more, then."})
    assert (pressed.status_code, pressed.context["form"]["text"].value()) == (429, "One more, then.")
    Post.objects.filter(author=bryn).update(posted=timezone.now() - timedelta(minutes=11))
    for _twice in range(2):
        assert browse(bryn).post(row.get_absolute_url(), {"text": "One more, then."}).status_code == 302
    assert Post.objects.filter(text="One more, then.").count() == 1


@pytest.mark.parametrize(
    ("who", "days", "name"),
    [("bryn", 30, "posts"), ("bryn", 6, "posts_at_first"), ("dev", 30, "posts_at_first")],
)
def test_people_from_outside_and_new_ones_write_fewer(who, days, name, request, db):
    person = request.getfixturevalue(who)
    person.date_joined = timezone.now() - timedelta(days=days)
    assert posting_rate.limit_of(person) == name
