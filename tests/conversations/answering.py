"""Answers from a mail program, and the mail server of an operator that brings them to the hub."""

import io
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command

from conversations import services
from conversations.choices import Level
from conversations.mail.addresses import address_of, written
from conversations.models import Conversation, IncomingMail
from conversations.models.mail import Came
from people.models import User
from tests.conversations.saying import begun
from tests.replay import replayed
from tools.elasticsearch.nodes import free_ports

SERVER = "mx.withermere.example"
ADDRESS = "answers@withermere.example"


@pytest.fixture
def answers_are_taken(settings: Any) -> None:
    """As an operator sets it."""
    settings.REPLY_ADDRESS, settings.MAIL_AUTHSERV_ID = ADDRESS, SERVER


def letter(sender: str, to: str, text: str = "I have one.", **headers: str) -> EmailMessage:
    """What a mail program sends."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, "Re: An answer"
    made["Message-ID"] = make_msgid(domain="example.org")
    made.set_content(text)
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    return made


def found(sender: str, result: str = "pass", by: str = SERVER) -> str:
    """What a mail server writes about who sent it."""
    return f"{by}; spf=pass smtp.mailfrom={sender}; dmarc={result} (p=none) header.from={sender.rpartition('@')[2]}"


def proved(sender: str, to: str, text: str = "I have one.", **headers: str) -> bytes:
    return letter(sender, to, text, **{"Authentication_Results": found(sender), **headers}).as_bytes()


class Operator:
    """A mail server that says whose e-mails are proved, and hands those for the hub to a pipe, as Postfix does."""

    def __init__(self, signing: set[str]) -> None:
        self.signing = signing
        self.taken: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        head, _blank, body = envelope.content.partition(b"\r\n\r\n")
        lines = [
            line
            for line in head.split(b"\r\n")
            if not line.lower().startswith(f"authentication-results: {SERVER}".encode())
        ]
        sender = parseaddr(next(line for line in lines if line.lower().startswith(b"from:")).decode()[5:])[1]
        said = found(sender, "pass" if sender in self.signing else "fail")
        content = b"\r\n".join([f"Authentication-Results: {said}".encode(), *lines]) + b"\r\n\r\n" + body
        self.taken += [(to, content) for to in envelope.rcpt_tos]
        return "250 OK"


class Line:
    """The way from a mail program to the hub."""

    def __init__(self, operator: Operator, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.operator, self.port, self.monkeypatch = operator, port, monkeypatch

    def send(self, made: EmailMessage) -> list[str]:
        """Send it; what the hub says to each copy."""
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.send_message(made)
        said = []
        while self.operator.taken:
            to, content = self.operator.taken.pop(0)
            out = io.StringIO()
            self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
            self.monkeypatch.setenv("ORIGINAL_RECIPIENT", to)
            call_command("receive_mail", stdout=out)
            said.append(out.getvalue().strip())
        return said


@contextmanager
def operated(monkeypatch: pytest.MonkeyPatch, *signing: str) -> Iterator[Line]:
    """A mail server at work that proves the e-mails of some addresses."""
    (port,) = free_ports(1)
    server = Controller(Operator(set(signing)), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield Line(server.handler, port, monkeypatch)
    finally:
        server.stop()


@pytest.fixture
@replayed
def talk(community, asha, bryn) -> Conversation:
    """Asha began it, and Bryn follows it."""
    conversation = begun(community, asha)
    services.set_level(conversation, bryn, Level.FOLLOW)
    return conversation


def where(conversation: Conversation, person: User) -> str:
    """The address that their e-mails about it name."""
    return written(address_of(conversation, person))


def said(conversation: Conversation) -> list[tuple[str, str]]:
    return [(post.author.short_name, post.text) for post in conversation.posts.after(1).order_by("number")]


def waiting(person: User) -> IncomingMail:
    return IncomingMail.objects.get(person=person, came=Came.WAITING)
