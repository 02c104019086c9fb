"""The parts of an e-mail: its words, and what is attached."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message

from conversations.mail.charsets import decoded
from conversations.mail.html import plain_of_html
from core.text import UNPRINTABLE, one_line

LONGEST = 200_000  # letters of the words
PARTS = 50
DEPTH = 20
SEALS = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/ms-tnef", "multipart/encrypted"}
"""What may have words in it that only some mail programs read: encrypted, signed as a whole, or Outlook's own form."""
SIGNING = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pgp-encrypted",
}
BEGINS_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
ARMOUR = re.compile(
    BEGINS_SIGNED + r"\n(?:[A-Z][A-Za-z-]{1,30}: [^\n]*\n)*\n(.*?)\n-----BEGIN PGP SIGNATURE-----"
    r".*?(?:-----END PGP SIGNATURE-----|\Z)",
    re.DOTALL,
)
REACTION = "text/vnd.google.email-reaction+json"


def clean(text: str) -> str:
    """What a database takes and a reader sees, with the hub's own ends of lines."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line_of(written: str, longest: int) -> str:
    """One line of a header as its writer meant it."""
    with suppress(ValueError, LookupError, UnicodeError):
        written = str(make_header(decode_header(written[:2000])))
    return one_line(clean(written))[:longest]


def kinds_in(part: Message, depth: int = 0) -> Iterator[str]:
    """The types of all parts."""
    yield part.get_content_type()
    for each in _inside(part) if depth < DEPTH else []:
        yield from kinds_in(each, depth + 1)


def is_sealed(message: Message) -> bool:
    """Whether there may be words in it that the hub cannot read."""
    return not SEALS.isdisjoint(kinds_in(message))


# -- the words ---------------------------------------------------------------------------------------------------------
def body_of(part: Message, depth: int = 0) -> str:
    """The words of a part: of several ways to say the same, the plain one."""
    if depth > DEPTH:
        return ""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        inside = [each for each in _inside(part) if not _is_file(each)]
        if part.get_content_type() == "multipart/alternative":
            inside.sort(key=lambda each: each.get_content_type() != "text/plain")
            return next((words for each in inside if (words := body_of(each, depth + 1)).strip()), "")
        return "\n\n".join(words for each in inside if (words := body_of(each, depth + 1)).strip())
    if part.get_content_type() == "text/plain":
        return _without_armour(_unfolded(part, clean(_text(part))[: 5 * LONGEST]))
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
    return decoded(content, str(part.get_content_charset() or "utf-8"))


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


def _without_armour(text: str) -> str:
    """What was signed within the text (RFC 9580), without its frame. Only the first one is looked for: strangers send
    thousands that do not end.
    """
    begin = text.find(BEGINS_SIGNED)
    signed = ARMOUR.match(text, begin) if begin >= 0 else None
    if signed is None:
        return text
    words = re.sub(r"^- ", "", signed[1], flags=re.MULTILINE)
    return f"{text[:begin]}{words}{text[signed.end() :]}"


# -- what is attached --------------------------------------------------------------------------------------------------
def files_of(message: Message) -> list[tuple[str, bytes]]:
    """Names and contents. What is nothing but a file is one, too: so a scanner sends it."""
    if message.get_content_maintype() == "multipart":
        return list(_files(message, 0))
    return [named(message)] if _is_file(message) and message.get_content_type() not in SEALS else []


def pictures_in(message: Message) -> list[tuple[str, bytes]]:
    """Pictures that stand in the words: where there are no words, they are what is said."""
    return [named(part) for part in pictures_of(message)]


def pictures_of(message: Message) -> list[Message]:
    """Their parts."""
    return [part for part, _number in zip(message.walk(), range(PARTS), strict=False) if _is_shown(part)]


def html_of(message: Message) -> str:
    """The words as HTML, where they came so, too."""
    for part, _number in zip(message.walk(), range(PARTS), strict=False):
        if part.get_content_type() == "text/html" and not _is_file(part):
            return clean(_text(part))[: 5 * LONGEST]
    return ""


def _is_file(part: Message) -> bool:
    is_text = part.get_content_type() in {"text/plain", "text/html"} or part.get_content_maintype() == "multipart"
    return part.get_content_disposition() == "attachment" or not is_text


def _files(part: Message, depth: int) -> Iterator[tuple[str, bytes]]:
    """What is attached. Pictures that stand in the words, such as a crest below a signature, are none; neither is a
    signature of the whole, nor another way to say it.
    """
    is_choice = part.get_content_type() == "multipart/alternative"
    for each in _inside(part) if depth < DEPTH else []:
        is_none = _is_shown(each) or each.get_content_type() in SIGNING
        if each.get_content_maintype() == "multipart":
            yield from _files(each, depth + 1)
        elif _is_file(each) and not is_none and (not is_choice or each.get_content_disposition() == "attachment"):
            yield named(each)


def named(part: Message) -> tuple[str, bytes]:
    content: object = part.get_payload(decode=True)
    name = line_of(str(part.get_filename() or part.get_content_type()), 200)
    return name, content if isinstance(content, bytes) else b""


def _is_shown(part: Message) -> bool:
    is_attached = part.get_content_disposition() == "attachment"
    return part.get_content_maintype() == "image" and part.get("Content-ID") is not None and not is_attached
