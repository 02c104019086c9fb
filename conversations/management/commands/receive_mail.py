"""``manage.py receive_mail``: takes an e-mail that somebody wrote to a conversation."""

import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from conversations.mail.reading import LARGEST
from conversations.mail.receiving import ReceivedAs, TryLater, receive
from core.mailboxes import contents

TRY_LATER = 75  # EX_TEMPFAIL: the mail server keeps it, and tries again


class Command(BaseCommand):
    help = (
        "Takes answers to the hub's e-mails, and reports of e-mails that came back: one e-mail from standard input, or "
        "all of a mailbox (mbox file or Maildir folder). Taking one again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mailbox", nargs="?", default="-", help="An mbox file, a Maildir folder, or - (default).")
        parser.add_argument("--to", action="append", default=[], help="Where the e-mail was to be brought.")

    def handle(self, *, mailbox: str, to: list[str], **_options: object) -> None:
        to = [*to, *filter(None, (os.environ.get("ORIGINAL_RECIPIENT"), os.environ.get("RECIPIENT")))]
        try:
            if mailbox == "-":
                self.stdout.write(_one(sys.stdin.buffer.read(LARGEST + 1), to))
            else:
                for content in contents(Path(mailbox), LARGEST + 1):
                    self.stdout.write(_one(content, []))
        except (DatabaseError, TryLater) as error:
            self.stderr.write(f"Not now: {error or 'too many e-mails'}")
            sys.exit(TRY_LATER)


def _one(content: bytes, to: list[str]) -> ReceivedAs:
    while len(content) > LARGEST and sys.stdin.buffer.read(LARGEST):
        pass  # a mail server takes it for a failure where the rest is not read
    return receive(content, to)
