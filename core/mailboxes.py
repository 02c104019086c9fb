"""Mailboxes on this machine, as a mail server leaves them."""

import mailbox
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError


def contents(path: Path, longest: int) -> Iterator[bytes]:
    """Each e-mail of an mbox file or a Maildir folder, cut after ``longest`` bytes."""
    if not path.exists():
        raise CommandError(f"There is no mailbox at {path}.")
    try:
        kind = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
        with closing(kind) as box:
            for key in box.keys():  # noqa: SIM118 (a mailbox iterates over messages, not keys)
                yield box.get_bytes(key)[:longest]
    except (OSError, mailbox.Error) as error:
        raise CommandError(f"{path} cannot be read as a mailbox: {error}") from error
