"""``manage.py read_bounces``: reads e-mails that came back, and sends nothing to dead addresses any more."""

import mailbox
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from email import message_from_binary_file, message_from_bytes, policy
from email.message import Message
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dead_addresses import services
from core.dead_addresses.returned import failures

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
    if not path.exists():
        raise CommandError(f"There is no mailbox at {path}.")
    try:
        kind = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
        with closing(kind) as box:
            for key in box.keys():  # noqa: SIM118 (a mailbox iterates over messages, not keys)
                content = box.get_bytes(key)
                if len(content) <= LARGEST:
                    yield message_from_bytes(content, policy=policy.default)
    except (OSError, mailbox.Error) as error:
        raise CommandError(f"{path} cannot be read as a mailbox: {error}") from error
