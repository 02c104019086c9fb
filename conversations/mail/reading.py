"""Reads an e-mail: who says that they wrote it, and what. Whatever comes, there is an answer and no error.

Strangers write these. Nothing in one is fetched, run or kept but its words; what cannot be read is given as it came, so
that its author can still find it.
"""

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from hashlib import sha256

from conversations.mail.automatic import is_automatic, may_be_automatic
from conversations.mail.cutting import CutText, cut
from conversations.mail.html import CUT
from conversations.mail.parts import LONGEST, PARTS, body_of, clean, files_of, is_sealed, line_of, pictures_in
from conversations.mail.pictures import pictures_beside_words
from conversations.mail.proof import sender_of

LARGEST = 10_000_000  # bytes of one e-mail
TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc", "Resent-To")


@dataclass(frozen=True)
class ParsedMail:
    """What came. ``text`` is what its author wrote, ``whole`` all of it."""

    key: str
    sender: str = ""
    results: list[str] = field(default_factory=list)  # what mail servers say about who sent it
    to: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # the ids of what it answers
    subject: str = ""
    text: str = ""
    whole: str = ""
    attached: list[tuple[str, bytes]] = field(default_factory=list)  # names and contents
    crests: list[str] = field(default_factory=list)  # fingerprints of those attached that may belong to a signature
    is_automatic: bool = False
    may_be_automatic: bool = False
    is_report: bool = False
    is_readable: bool = True
    is_sure: bool = True  # whether the words stood where they are expected
    is_sealed: bool = False  # whether its words can be read by some mail programs alone
    is_too_large: bool = False


def read(content: bytes) -> ParsedMail:
    """The e-mail, or as much of it as can be read."""
    is_too_large = len(content) > LARGEST
    content = content[:LARGEST]
    try:
        return _read(message_from_bytes(content, policy=policy.compat32), content, is_too_large)
    except Exception:  # noqa: BLE001 (the parser fails in many ways; the e-mail is kept as it came)
        return _unread(content)


def _read(message: Message, content: bytes, is_too_large: bool) -> ParsedMail:
    subject = _line(message, "Subject", 300)
    body = body_of(message)
    name = _name_in(_line(message, "From", 300))
    cut_out = cut(body, name) if body else CutText("", is_sure=True)
    files = files_of(message)
    beside = pictures_beside_words(message, name)
    return ParsedMail(
        key=_key(message, content),
        sender=sender_of(_all(message, "From"))[:320],
        results=_all(message, "Authentication-Results"),
        to=[each for name in TO for each in _all(message, name)],
        answers=re.findall(r"<[^<>\s]{1,250}>", " ".join(_all(message, "References") + _all(message, "In-Reply-To"))),
        subject=subject,
        text=cut_out.words[:LONGEST],
        whole=_whole(message, body.replace(CUT, "")),
        attached=[*files, *beside.all] if cut_out.words else files or pictures_in(message),
        crests=beside.crests if cut_out.words else [],
        is_automatic=is_automatic(message),
        may_be_automatic=may_be_automatic(message, subject),
        is_report=message.get_content_type() == "multipart/report",
        is_sure=cut_out.is_sure,
        is_sealed=not cut_out.words and is_sealed(message),
        is_too_large=is_too_large,
    )


def _unread(content: bytes) -> ParsedMail:
    """One that the parser cannot take apart: its headers line by line, and the rest as it came."""
    head, _blank, _body = content[:LONGEST].replace(b"\r\n", b"\n").partition(b"\n\n")
    said = [line for line in clean(head.decode("latin-1")).split("\n") if ":" in line]
    named = [(name.strip().casefold(), value.strip()) for name, _colon, value in (line.partition(":") for line in said)]
    return ParsedMail(
        key=sha256(content).hexdigest(),
        sender=sender_of([value for name, value in named if name == "from"])[:320],
        to=[value for name, value in named if name in {each.casefold() for each in TO}],
        whole=clean(content[:LONGEST].decode("utf-8", "replace")),
        is_automatic=any(name == "auto-submitted" and value != "no" for name, value in named),
        is_readable=False,
    )


# -- headers -----------------------------------------------------------------------------------------------------------
def _all(message: Message, name: str) -> list[str]:
    return [clean(str(value)).replace("\n", " ") for value in message.get_all(name, [])[:PARTS]]


def _line(message: Message, name: str, longest: int) -> str:
    return line_of(next(iter(_all(message, name)), ""), longest)


def _name_in(sender: str) -> str:
    """What somebody calls themselves."""
    return sender.partition("<")[0].strip(' "')


def _key(message: Message, content: bytes) -> str:
    """What two copies of an e-mail have in common."""
    number = next(iter(_all(message, "Message-ID")), "").strip()
    return sha256(number.encode("utf-8", "replace") if number else content).hexdigest()


def _whole(message: Message, body: str) -> str:
    heads = [f"{name}: {_line(message, name, 500)}" for name in ("From", "To", "Date", "Subject") if message.get(name)]
    return "\n".join([*heads, "", body]).strip()[:LONGEST]
