"""A dead address is written to no more; the hub team sees it and has it tried again."""

from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.dead_addresses import services
from core.dead_addresses.refusals import says_dead
from core.mail import HubMail
from core.message_ids import message_id
from core.models import DeadAddress
from core.outbox import drain
from core.outbox.consumers import Unavailable
from core.sending import MailConnection, NotTaken, ServerReply
from notifications.models import Happening
from notifications.wording import put_in_words
from people.models import User
from tests.conftest import browse
from tests.core.mail_server import Post, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with mail_server(settings) as server:
        yield server


def send(*addresses: str) -> list[ServerReply]:
    with MailConnection() as line:
        return [line.send(HubMail("A word", "Two words", to=[address])) for address in addresses]


# -- what a server says at once ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "words", "is_dead"),
    [
        (550, "5.1.1 <x@y.example>: User unknown", True),
        (550, b"5.1.1 \xff", True),
        (550, "No such person here", True),
        (553, "5.1.2 no such domain", True),
        (550, "5.2.1 The account is disabled", True),
        (552, "5.2.2 Mailbox full", False),
        (550, "5.7.1 Relaying denied", False),
        (550, "Relaying denied", False),
        (554, "5.7.1 Blocked by our policy", False),
        (550, "Your network is on a blocklist", False),
        (450, "4.1.1 try again", False),
        (451, "Greylisted", False),
        (554, "No", False),
    ],
)
def test_which_answers_say_that_nobody_is_there(code, words, is_dead):
    assert says_dead(code, words) is is_dead


def test_a_refused_address_is_stopped_after_it_happened_and_the_others_get_theirs(post):
    post.refused = {"gone@y.example"}
    assert send("gone@y.example", "here@y.example", "Gone@y.example") == [
        ServerReply.DEAD,
        ServerReply.TAKEN,
        ServerReply.DEAD,
    ]
    assert DeadAddress.objects.get().reason == "550 No such person here"
    assert len(post.taken) == 1


def test_a_server_that_refuses_for_another_reason_stops_nobody(post):
    post.answer = "554 5.7.1 Not on a Monday"
    with pytest.raises(NotTaken):
        send("here@y.example")
    assert not DeadAddress.objects.exists()


def test_without_a_server_everything_waits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(Unavailable):
        send("here@y.example")


def test_a_server_that_falls_silent_after_it_was_given_everything_keeps_no_other_waiting(post, settings):
    settings.EMAIL_TIMEOUT, post.slow = 0.3, 0.8
    first = send("here@y.example")
    post.slow = 0.0
    assert (first, send("also@y.example")) == ([ServerReply.SILENT], [ServerReply.TAKEN])


def test_a_line_that_is_cut_between_two_e_mails_is_opened_again(post):
    with MailConnection() as line:
        line.send(HubMail("A word", "Two words", to=["here@y.example"]))
        line.backend.carrier.connection.sock.close()
        assert line.send(HubMail("A word", "Two words", to=["also@y.example"])) == ServerReply.TAKEN
    assert len(post.taken) == 2


# -- what comes back later ---------------------------------------------------------------------------------------------
def returned(
    to: str, *, status: str = "5.1.1", ids: str = "", sent_to: str = "", date: str = "", action: str = "failed"
) -> Any:
    """A report as Postfix writes it."""
    number = ids or message_id("an e-mail", sent_to or to)
    text = f"""From: MAILER-DAEMON@y.example
To: hub@withermere.example
Date: {date or "Thu, 26 Nov 2020 10:00:00 +0000"}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.y.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--B
Content-Type: text/rfc822-headers

From: hub@withermere.example
Message-ID: {number}

--B--
"""
    return text.encode()


def read(content: bytes, monkeypatch: Any) -> str:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content)))
    call_command("read_bounces", stdout=out)
    return out.getvalue()


def test_an_e_mail_that_came_back_stops_its_address(monkeypatch):
    assert "newly dead: 1" in read(returned("gone@y.example"), monkeypatch)
    assert services.is_dead("GONE@y.example")
    assert "newly dead: 0" in read(returned("gone@y.example"), monkeypatch)


@pytest.mark.parametrize(
    "changed",
    [
        {"ids": "<something@elsewhere.example>"},
        {"sent_to": "somebody.else@y.example"},
        {"status": "5.2.2"},
        {"status": "4.4.1"},
        {"action": "delayed"},
    ],
)
def test_a_report_is_not_believed_blindly(changed, monkeypatch):
    read(returned("here@y.example", **changed), monkeypatch)
    assert not services.is_dead("here@y.example")


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"Content-Type: message/delivery-status\n\n\n\n"])
def test_what_is_no_report_is_passed_over(content, monkeypatch):
    assert "newly dead: 0" in read(content, monkeypatch)


def test_a_whole_mailbox_is_read(tmp_path):
    file = tmp_path / "bounces"
    letters = [returned("one@y.example"), b"Subject: Out of office\n\nBack on Monday.\n", returned("two@y.example")]
    file.write_bytes(b"\n".join(b"From x Thu Nov 26 10:00:00 2026\n" + letter for letter in letters))
    out = StringIO()
    call_command("read_bounces", str(file), stdout=out)
    assert "E-mails read: 3, addresses that are newly dead: 2" in out.getvalue()


def test_a_mailbox_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="no mailbox at /nowhere"):
        call_command("read_bounces", "/nowhere")


# -- the hub team ------------------------------------------------------------------------------------------------------
def test_the_hub_team_sees_whose_it_is_and_has_it_tried_again(hub_team: User, carys: User, monkeypatch):
    services.stop(carys.email, reason="550 gone")
    browser = browse(hub_team)
    shown = browser.get(reverse("core_dead_addresses")).content.decode()
    assert carys.name in shown
    assert "550 gone" in shown
    browser.post(reverse("core_dead_address_try_again", args=[DeadAddress.objects.get().pk]))
    assert send(carys.email) == [ServerReply.TAKEN]
    assert len(mail.outbox) == 1
    read(returned(carys.email), monkeypatch)  # that came back before
    assert not services.is_dead(carys.email)
    services.stop(carys.email, reason="550 gone again")
    assert services.is_dead(carys.email)


def test_the_hub_team_is_told_once_and_until_it_is_tried_again(hub_team: User, carys: User):
    for _each in range(2):
        services.stop(carys.email, reason="550 No such person here")
    drain("notices")
    assert (len(told_to(hub_team)), told_to(carys)) == (1, [])
    (told,) = told_to(hub_team)
    assert carys.email in str(told.words.title)
    assert carys.email not in str(told.words.subject)
    assert carys.name in str(told.words.text)
    services.try_again(DeadAddress.objects.get())
    assert told_to(hub_team) == []


def test_many_dead_addresses_are_one_matter_of_the_inbox(hub_team: User):
    for name in ("one", "two", "three"):
        services.stop(f"{name}@gone.example", reason="550 No such person here")
    drain("notices")
    assert browse(hub_team).get("/inbox/").content.decode().count('class="matter ') == 1


def told_to(person: User) -> list[Any]:
    return put_in_words(person, Happening.objects.concerning(person).select_related("actor"))


def test_nobody_else_does(carys: User):
    row = DeadAddress.objects.create(address="gone@y.example", reason="550")
    assert browse(carys).post(reverse("core_dead_address_try_again", args=[row.pk])).status_code in (302, 403, 404)
    assert services.is_dead("gone@y.example")
