"""When e-mails about saved searches cannot be sent: nothing is lost or sent twice, and nobody waits for another."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError

from core import outbox
from core.dead_addresses import services as dead_addresses
from core.models import DeadAddress
from indexing import engines
from indexing.engines.base import EngineUnavailable
from people.models import User
from reading.models import AlertMail, SavedSearch
from reading.searches import alerts, rounds
from stories.models import StoryPage
from tests.core.mail_server import Post, mail_server
from tests.reading.saving import MORNING, keep, send, tell_of_bees, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(home: Any, bryn: User) -> SavedSearch:
    """Bryn knows of the bees on the roof."""
    tell_of_bees("Bees on the roof")
    return keep(bryn, alerts=True)


@pytest.fixture
def news(mine: SavedSearch) -> StoryPage:
    """Something that Bryn does not know yet."""
    return tell_of_bees("Bees at the library")


def test_while_search_is_away_nothing_is_sent_and_nothing_is_lost(news, bryn, monkeypatch):
    def away(self: Any, request: Any) -> None:
        raise EngineUnavailable("The disk is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(type(engines.engine()), "search", away)
        with pytest.raises(CommandError, match="Search cannot answer"):
            send()
    assert told() == []
    assert outbox.drain(rounds.NEWS) == 1  # without another run
    assert told() == [bryn.email]


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with mail_server(settings) as server:
        yield server


def test_a_mail_server_gets_text_html_and_the_way_to_stop(news, post, bryn):
    send()
    (message,) = post.taken
    assert message["To"] == bryn.email
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert {part.get_content_type() for part in message.iter_parts()} == {"text/plain", "text/html"}
    assert "Bees at the library" in message.get_body(("plain",)).get_content()


def test_nothing_goes_to_a_dead_address_until_it_is_tried_again(news, bryn):
    dead_addresses.stop(bryn.email, reason="550 gone")
    send()
    assert told() == []
    dead_addresses.try_again(DeadAddress.objects.get())
    send(MORNING + timedelta(hours=1))
    assert told() == [bryn.email]


def test_who_is_refused_gets_it_at_the_next_run_and_the_others_get_it_now(news, post, bryn, asha):
    keep(asha, alerts=True)
    SavedSearch.objects.update(known=[])
    post.refused = {bryn.email}
    with pytest.raises(CommandError, match="could not be written to"):
        send()
    assert [message["To"] for message in post.taken] == [asha.email]
    post.refused = set()
    send(MORNING + timedelta(hours=1))
    assert [message["To"] for message in post.taken] == [asha.email, bryn.email]


def test_who_was_refused_is_tried_again_by_the_outbox(news, post, bryn):
    post.refused = {bryn.email}
    with pytest.raises(CommandError, match="could not be written to"):
        send()
    assert "550" in outbox.Delivery.objects.get().reason
    post.refused = set()
    for seconds, brought in ((5, 0), (15, 1)):
        with time_machine.travel(MORNING + timedelta(seconds=seconds), tick=False):
            assert outbox.drain(rounds.NEWS) == brought
    assert [message["To"] for message in post.taken] == [bryn.email]


def test_no_mail_server_is_a_failure_that_loses_nothing(news, bryn, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(CommandError, match="No mail server can be reached"):
        send()
    assert outbox.Delivery.objects.to(rounds.NEWS).get().attempts == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send()
    assert told() == [bryn.email]


def test_what_a_late_server_may_have_taken_is_not_sent_again(news, post, bryn, settings):
    settings.EMAIL_TIMEOUT, post.slow = 0.4, 1.2
    assert "the mail server did not answer: 1" in send()
    for later in (timedelta(minutes=5), timedelta(days=1)):
        send(MORNING + later)
    assert [message["To"] for message in post.taken] == [bryn.email]


class Killed(BaseException):
    """What nothing catches."""


def test_who_was_about_to_be_written_to_when_the_process_was_killed_hears_of_it_the_next_day(news, bryn, monkeypatch):
    def killed(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(alerts, "send", killed)
        with pytest.raises(Killed):
            send()
    with time_machine.travel(MORNING, tick=False):
        assert outbox.drain(rounds.NEWS) == 1
    assert told() == []
    send(MORNING + timedelta(days=1))
    assert told() == [bryn.email]


def test_what_a_server_refuses_after_reading_it_is_sent_again(news, post):
    post.answer = "554 Not on a Monday"
    with pytest.raises(CommandError, match="could not be written to"):
        send()
    post.answer = "250 OK"
    assert "sent: 1" in send(MORNING + timedelta(minutes=5))


def test_one_broken_search_stops_nobody_elses_e_mail_and_takes_nobodys_day(news, mine, bryn, carys):
    keep(carys, alerts=True)
    SavedSearch.objects.update(known=[])
    SavedSearch.objects.filter(pk=mine.pk).update(filters=["no", "choices"])
    with pytest.raises(CommandError, match="could not be written to"):
        send()
    assert told() == [carys.email]
    assert AlertMail.objects.get(owner=bryn).sent is None


def test_one_broken_thing_hides_no_other(news, bryn, monkeypatch):
    tell_of_bees("Bees in the park")
    monkeypatch.setattr(StoryPage, "url", property(lambda page: 1 / 0 if page.pk == news.pk else "/park/"))
    send()
    assert told() == [bryn.email]
