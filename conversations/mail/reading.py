"""Reads an e-mail: who says that they wrote it, and what. Whatever comes, there is an answer and no error.

Strangers write these. Nothing in one is fetched, run or kept but its words; what cannot be read is given as it came, so
that its author can still find it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from hashlib import sha256

from conversations.mail.cutting import Cut, cut
from conversations.mail.html import CUT, plain_of_html
from conversations.mail.proof import sender_of
from core.text import UNPRINTABLE, one_line

LARGEST = 10_000_000  # bytes of one e-mail
LONGEST = 200_000  # letters of the whole that are kept
PARTS = 50
DEPTH = 20
TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc", "Resent-To")
BY_MACHINE = ("X-Autoreply", "X-Autorespond", "List-Id", "X-Loop", "Feedback-ID")
OUT_OF_OFFICE = re.compile(r"(automatic reply|auto(matic)?[ -]?response|out of (the )?office)\b", re.IGNORECASE)
PRECEDENCE = {"bulk", "junk", "list", "auto_reply", "auto-reply"}


@dataclass(frozen=True)
class Letter:
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
    is_automatic: bool = False
    may_be_automatic: bool = False
    is_report: bool = False
    is_readable: bool = True
    is_sure: bool = True  # whether the words stood where they are expected
    is_too_large: bool = False


def read(content: bytes) -> Letter:
    """The e-mail, or as much of it as can be read."""
    is_too_large = len(content) > LARGEST
    content = content[:LARGEST]
    try:
        return _read(message_from_bytes(content, policy=policy.compat32), content, is_too_large)
    except Exception:  # noqa: BLE001 (the parser fails in many ways; the e-mail is kept as it came)
        return _unread(content)


def _read(message: Message, content: bytes, is_too_large: bool) -> Letter:
    subject = _line(message, "Subject", 300)
    body = _body(message, 0)
    cut_out = cut(body) if body else Cut("", is_sure=True)
    return Letter(
        key=_key(message, content),
        sender=sender_of(_all(message, "From"))[:320],
        results=_all(message, "Authentication-Results"),
        to=[each for name in TO for each in _all(message, name)],
        answers=re.findall(r"<[^<>\s]{1,250}>", " ".join(_all(message, "References") + _all(message, "In-Reply-To"))),
        subject=subject,
        text=cut_out.words[:LONGEST],
        whole=_whole(message, body.replace(CUT, "")),
        attached=list(_files(message)),
        is_automatic=_is_automatic(message),
        may_be_automatic=_may_be_automatic(message, subject),
        is_report=message.get_content_type() == "multipart/report",
        is_sure=cut_out.is_sure,
        is_too_large=is_too_large,
    )


def _unread(content: bytes) -> Letter:
    """One that the parser cannot take apart: its headers line by line, and the rest as it came."""
    head, _blank, _body = content[:LONGEST].replace(b"\r\n", b"\n").partition(b"\n\n")
    said = [line for line in clean(head.decode("latin-1")).split("\n") if ":" in line]
    named = [(name.strip().casefold(), value.strip()) for name, _colon, value in (line.partition(":") for line in said)]
    return Letter(
        key=sha256(content).hexdigest(),
        sender=sender_of([value for name, value in named if name == "from"])[:320],
        to=[value for name, value in named if name in {each.casefold() for each in TO}],
        whole=clean(content[:LONGEST].decode("utf-8", "replace")),
        is_automatic=any(name == "auto-submitted" and value != "no" for name, value in named),
        is_readable=False,
    )


def clean(text: str) -> str:
    """What a database takes and a reader sees, with the hub's own ends of lines."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# -- headers -----------------------------------------------------------------------------------------------------------
def _all(message: Message, name: str) -> list[str]:
    return [clean(str(value)).replace("\n", " ") for value in message.get_all(name, [])[:PARTS]]


def _line(message: Message, name: str, longest: int) -> str:
    value = next(iter(_all(message, name)), "")
    with suppress(ValueError, LookupError, UnicodeError):
        value = str(make_header(decode_header(value[:2000])))
    return one_line(clean(value))[:longest]


def _key(message: Message, content: bytes) -> str:
    """What two copies of an e-mail have in common."""
    number = next(iter(_all(message, "Message-ID")), "").strip()
    return sha256(number.encode("utf-8", "replace") if number else content).hexdigest()


def _is_automatic(message: Message) -> bool:
    """Whether a program wrote it: a note of absence, a list, a report. Nothing answers these (RFC 3834)."""
    submitted = [each.partition(";")[0].strip().casefold() for each in _all(message, "Auto-Submitted")]
    if any(each != "no" for each in submitted):
        return True
    if any(each.strip().casefold() in PRECEDENCE for each in _all(message, "Precedence")):
        return True
    if any(message.get(name) is not None for name in BY_MACHINE):
        return True
    from_nobody = any(each.strip() in {"<>", ""} for each in _all(message, "Return-Path"))
    return from_nobody or sender_of(_all(message, "From")).startswith(("mailer-daemon@", "postmaster@"))


def _may_be_automatic(message: Message, subject: str) -> bool:
    """Exchange writes the one header on what people wrote, too, and on notes of absence sometimes none at all."""
    return message.get("X-Auto-Response-Suppress") is not None or OUT_OF_OFFICE.match(subject) is not None


# -- the body ----------------------------------------------------------------------------------------------------------
def _body(part: Message, depth: int) -> str:
    """The words of a part: of several ways to say the same, the plain one."""
    if depth > DEPTH:
        return ""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        inside = [each for each in _inside(part) if not _is_file(each)]
        if part.get_content_type() == "multipart/alternative":
            inside.sort(key=lambda each: each.get_content_type() != "text/plain")
            return next((words for each in inside if (words := _body(each, depth + 1)).strip()), "")
        return "\n\n".join(words for each in inside if (words := _body(each, depth + 1)).strip())
    if part.get_content_type() == "text/plain":
        return _unfolded(part, clean(_text(part)))
    if part.get_content_type() == "text/html":
        html = clean(_text(part))
        return plain_of_html(html[: 5 * LONGEST])
    return ""


def _inside(part: Message) -> list[Message]:
    payload: object = part.get_payload()
    return [each for each in payload[:PARTS] if isinstance(each, Message)] if isinstance(payload, list) else []


def _text(part: Message) -> str:
    payload: object = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    for charset in (str(part.get_content_charset() or "utf-8"), "utf-8"):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _unfolded(part: Message, text: str) -> str:
    """Lines that a mail program broke, whole again (RFC 3676)."""
    if str(part.get_param("format", "")).casefold() != "flowed":
        return text
    glued = str(part.get_param("delsp", "")).casefold() == "yes"
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        words = line.removeprefix(" ")
        if goes_on and not words.startswith(">"):
            lines[-1] += words
        else:
            lines.append(words)
        goes_on = words.endswith(" ") and words != "-- " and not words.startswith(">")
        if goes_on and glued:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _whole(message: Message, body: str) -> str:
    heads = [f"{name}: {_line(message, name, 500)}" for name in ("From", "To", "Date", "Subject") if message.get(name)]
    return "\n".join([*heads, "", body]).strip()[:LONGEST]


# -- what is attached --------------------------------------------------------------------------------------------------
def _is_file(part: Message) -> bool:
    is_text = part.get_content_type() in {"text/plain", "text/html"} or part.get_content_maintype() == "multipart"
    return part.get_content_disposition() == "attachment" or not is_text


def _files(part: Message, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """What is attached. Pictures that stand in the words, such as a crest below a signature, are none."""
    if depth > DEPTH:
        return
    for each in _inside(part) if part.get_content_maintype() == "multipart" else []:
        if each.get_content_maintype() == "multipart":
            yield from _files(each, depth + 1)
        elif _is_file(each) and not _is_shown(each):
            content: object = each.get_payload(decode=True)
            name = one_line(clean(str(each.get_filename() or each.get_content_type())))[:200]
            yield name, content if isinstance(content, bytes) else b""


def _is_shown(part: Message) -> bool:
    is_attached = part.get_content_disposition() == "attachment"
    return part.get_content_maintype() == "image" and part.get("Content-ID") is not None and not is_attached
