"""E-mails that came back: what a report of a mail server says (RFC 3464), and whether to believe it.

Anybody can write to the address at which reports arrive. One is believed only where it names, in what it brings back,
the ``Message-ID`` of an e-mail that the hub sent to that very address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from django.utils import timezone

from core.dead_addresses.refusals import is_dead_status, says_dead
from core.message_ids import is_ours
from core.text import one_line

PARTS = 50  # of one e-mail, and fields of a report: more than any server sends
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")


@dataclass(frozen=True)
class Failure:
    """One address that a report says nobody is at."""

    address: str
    reason: str
    when: datetime


def failures(report: Message) -> list[Failure]:
    """The dead addresses that ``report`` tells of and that it may be believed for. None where it is no such report."""
    parts = [part for part, _number in zip(report.walk(), range(PARTS), strict=False)]
    written = {line for part in parts for line in _ids_in(part)}
    when = _date(report)
    return [
        Failure(address, reason, when)
        for part in parts
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")
        for address, reason in _failed(part)
        if any(is_ours(one, address) for one in written)
    ]


def _failed(part: Message) -> Iterator[tuple[str, str]]:
    blocks: object = part.get_payload()
    for block in blocks[:PARTS] if isinstance(blocks, list) else []:
        action = str(block.get("Action", "")).strip().lower()
        status = str(block.get("Status", ""))
        said = one_line(str(block.get("Diagnostic-Code", "")).partition(";")[2])
        if action != "failed" or not (is_dead_status(status) or _says_so_in_words(status, said)):
            continue
        for field in ("Original-Recipient", "Final-Recipient"):
            address = str(block.get(field, "")).partition(";")[2].strip().strip("<>")
            if "@" in address:
                yield address, f"{status.strip()} {said}".strip()


def _says_so_in_words(status: str, said: str) -> bool:
    """``5.0.0`` says nothing; what the other server answered may."""
    code = said[:3]
    return status.strip() == "5.0.0" and code.isdigit() and says_dead(int(code), said)


def _ids_in(part: Message) -> Iterator[str]:
    """The ``Message-ID`` of what was brought back."""
    if part.get_content_type() not in RETURNED:
        return
    payload: object = part.get_payload()
    if isinstance(payload, list):
        yield from (str(inner.get("Message-ID", "")) for inner in payload[:PARTS])
        return
    for line in str(payload).splitlines():
        name, _colon, value = line.partition(":")
        if name.lower() == "message-id":
            yield value.strip()


def _date(report: Message) -> datetime:
    try:
        sent = parsedate_to_datetime(str(report["Date"]))
    except (TypeError, ValueError):
        return timezone.now()
    return min(sent if sent.tzinfo else sent.replace(tzinfo=UTC), timezone.now())
