"""A real mail server for tests."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

from tools.elasticsearch.nodes import free_ports


class Post:
    """A mail server that takes everything but what is for one of ``refused``, and keeps it. It may be ``slow`` to say
    so, or say ``answer`` instead.
    """

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.taken: list[Any] = []
        self.slow = 0.0
        self.answer = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if address in self.refused:
            return "550 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        await asyncio.sleep(self.slow)
        return self.answer


@contextmanager
def mail_server(settings: Any) -> Iterator[Post]:
    """A mail server at work, and a hub that hands its e-mails to it."""
    (port,) = free_ports(1)
    server = Controller(Post(), hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "core.mail.MarkedByMachine"  # as in a hub; Django puts another in its place for tests
    settings.EMAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield server.handler
    finally:
        server.stop()
