"""E-mails come of events: none is lost with a process or a mail server, and one that is sent twice is known as one."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from communities import services
from core import outbox
from core.dead_addresses.services import is_dead
from core.outbox import Delivery, claims
from core.outbox.consumers import Unavailable
from notifications.mail.due import ask_for_mail
from notifications.mail.writing import CONSUMER
from notifications.models import Letter, Notice
from tests.core.mail_server import Post, mail_server
from tests.notifications.mails import SOON, TUESDAY, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def invited(community: Any, asha: Any, carys: Any) -> Any:
    """Carys is invited, and the e-mail waits."""
    with time_machine.travel(TUESDAY, tick=False):
        membership = services.invite(community, carys, by=asha)
        outbox.drain("notices")
    return membership


def waiting() -> Any:
    return Delivery.objects.to(CONSUMER).waiting()


def test_what_waits_holds_no_word_that_somebody_wrote(invited, carys):
    with time_machine.travel(TUESDAY + SOON):
        assert ask_for_mail() == 1
        assert ask_for_mail() == 0
    row = waiting().get()
    assert (row.subject, row.data) == (f"people.user:{carys.pk}", {})


def test_while_the_mail_server_is_away_e_mails_wait(invited, monkeypatch):
    def refuse(self: Any) -> None:
        raise ConnectionRefusedError("Nobody listens there.")

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", refuse)
        with pytest.raises(Unavailable):
            bring()
    assert waiting().get().attempts == 0
    assert len(bring()) == 1
    assert bring(TUESDAY + timedelta(hours=1)) == []


def test_a_process_killed_after_sending_sends_the_same_e_mail_again_or_none(invited, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr("notifications.mail.writing.finish", lambda *_args: sys.exit("killed"))
        with pytest.raises(SystemExit):
            bring()
    bring()
    first, again = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == again


def test_a_process_killed_before_it_settled_sends_nothing_again(invited, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(claims, "settle", lambda rows: sys.exit("killed"))
        with pytest.raises(SystemExit):
            bring()
    waiting().update(claimed_until=None)
    bring()
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_for_good_is_stopped_and_holds_up_nobody(community, asha, bryn, carys, post):
    post.refused = {carys.email}
    with time_machine.travel(TUESDAY, tick=False):
        services.invite(community, carys, by=asha)
        services.remove(bryn.memberships.get(), asha, "You have moved away.")
        outbox.drain("notices")
    bring()
    assert [message["To"] for message in post.taken] == [bryn.email]
    assert not waiting().exists()
    assert is_dead(carys.email)


def test_what_is_refused_for_another_reason_is_tried_again_with_the_same_message_id(invited, post):
    post.answer = "451 4.7.1 Greylisted"
    bring()
    assert waiting().get().reason.startswith("NotTaken")
    post.answer = "250 OK"
    bring(TUESDAY + timedelta(minutes=20))
    assert len({message["Message-ID"] for message in post.taken}) == 1
    assert [letter.fate for letter in Letter.objects.all()] == ["sent"]


def test_what_a_silent_server_may_have_taken_is_not_sent_again(invited, post, settings):
    settings.EMAIL_TIMEOUT, post.slow = 0.4, 1.0
    bring()
    post.slow = 0.0
    bring(TUESDAY + timedelta(hours=1))
    assert len(post.taken) == 1


def test_an_invitation_that_was_taken_back_is_not_sent(invited):
    services.decline_invitation(invited)
    assert bring() == []
    assert not Notice.objects.to_mail().exists()
