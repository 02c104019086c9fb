"""E-mails are sent because of events: none is lost with a process or a mail server, and one sent twice is known."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from communities import services
from communities.models import CommunityPage
from core import outbox
from core.dead_addresses.services import is_dead
from core.outbox import Delivery, claims
from core.outbox.consumers import Unavailable
from people.models import User
from tests.core.mail_server import Post, mail_server

pytestmark = pytest.mark.django_db

CONSUMER = "e-mails about memberships"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def invited(community: CommunityPage, asha: User, carys: User) -> Any:
    """Carys is invited, and the e-mail waits."""
    return services.invite(community, carys, by=asha)


def waiting() -> Any:
    return Delivery.objects.to(CONSUMER).waiting()


def test_what_waits_holds_no_word_that_somebody_wrote(invited, asha):
    row = waiting().get()
    assert (row.subject, row.actor, row.data) == (f"communities.membership:{invited.pk}", str(asha.pk), {})


def test_while_the_mail_server_is_away_e_mails_wait(invited, monkeypatch):
    def refuse(self: Any) -> None:
        raise ConnectionRefusedError("Nobody listens there.")

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", refuse)
        with pytest.raises(Unavailable):
            outbox.drain(CONSUMER)
    assert waiting().get().attempts == 0
    assert outbox.drain(CONSUMER) == 1
    assert len(mail.outbox) == 1


def test_a_process_killed_after_sending_sends_the_same_e_mail_again(invited, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(claims, "settle", lambda rows: sys.exit("killed"))
        with pytest.raises(SystemExit):
            outbox.drain(CONSUMER)
    waiting().update(claimed_until=None)
    outbox.drain(CONSUMER)
    first, again = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == again


def test_an_address_that_is_refused_for_good_is_stopped_and_holds_up_nobody(community, asha, bryn, carys, post):
    post.refused = {carys.email}
    services.invite(community, carys, by=asha)
    services.remove(bryn.memberships.get(), asha, "You have moved away.")
    outbox.drain(CONSUMER)
    assert [message["To"] for message in post.taken] == [bryn.email]
    assert not waiting().exists()
    assert is_dead(carys.email)


def test_an_e_mail_that_is_refused_for_another_reason_is_tried_again(invited, post):
    post.answer = "554 5.7.1 Not on a Monday"
    outbox.drain(CONSUMER)
    assert waiting().get().reason.startswith("NotTaken")


def test_an_invitation_that_was_taken_back_is_not_sent(invited):
    services.decline_invitation(invited)
    outbox.drain(CONSUMER)
    assert not mail.outbox


def test_two_events_are_two_e_mails(community, asha, carys, post):
    services.invite(community, carys, by=asha)
    services.invite(community, carys, by=asha)
    outbox.drain(CONSUMER)
    assert len({message["Message-ID"] for message in post.taken}) == 2
