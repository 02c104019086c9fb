"""``manage.py read_bounces``: reads e-mails that came back, and sends nothing to dead addresses any more."""

import sys
from collections.abc import Iterable, Iterator
from email import message_from_binary_file, message_from_bytes, policy
from email.message import Message
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from core.dead_addresses import services
from core.dead_addresses.returned import failures
from core.mailboxes import contents

LARGEST = 20_000_000  # bytes of one e-mail


class Command(BaseCommand):
    help = (
        "Reads reports of mail servers that an e-mail could not be delivered (RFC 3464): one e-mail from standard "
        "input, or all of a mailbox (mbox file or Maildir folder). Reading one again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mailbox", nargs="?", default="-", help="An mbox file, a Maildir folder, or - (default).")

    def handle(self, *, mailbox: str, **_options: object) -> None:
        read = stopped = 0
        for report in from_input() if mailbox == "-" else from_mailbox(Path(mailbox)):
            read += 1
            for failure in failures(report):
                stopped += services.stop(failure.address, reason=failure.reason, when=failure.when)
        self.stdout.write(f"E-mails read: {read}, addresses that are newly dead: {stopped}.")


def from_input() -> Iterable[Message]:
    yield message_from_binary_file(sys.stdin.buffer, policy=policy.default)


def from_mailbox(path: Path) -> Iterator[Message]:
    for content in contents(path, LARGEST + 1):
        if len(content) <= LARGEST:
            yield message_from_bytes(content, policy=policy.default)
