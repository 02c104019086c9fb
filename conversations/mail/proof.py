"""Whether the operator's mail server found out that an e-mail is from whom it says (RFC 8601, DMARC).

The server writes what it found into ``Authentication-Results``, under its own name, and takes out what came under that
name from outside. Whatever stands there under another name was written by anybody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

PROVED = "pass"
WORD = r"[^\s<>()\",;:\\@\[\]]+"
ADDRESS = rf"(?P<address>{WORD}@{WORD})"
ALONE = re.compile(rf"\s*{ADDRESS}\s*")
NAMED = re.compile(rf'\s*(?:"(?:[^"\\]|\\.)*"|[^<>"(),;@:\\]*)\s*<{ADDRESS}>\s*')
LONGEST = 4000  # letters of one header


@dataclass(frozen=True)
class MethodResult:
    """What a server says of one method."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


def sender_of(written: Iterable[str]) -> str:
    """The address in ``From``; nothing unless there is one, written so that all programs read the same one in it."""
    headers = [" ".join(each.split()) for each in written]
    if len(headers) != 1 or len(headers[0]) > LONGEST:
        return ""
    match = ALONE.fullmatch(headers[0]) or NAMED.fullmatch(headers[0])
    return match["address"].casefold() if match else ""


def is_proved(sender: str, results: Iterable[str]) -> bool:
    """Whether our own server says that ``sender`` sent it. What it says twice it must say alike, and what stands under
    its name and cannot be read proves nothing: a forged header may stand beside it.
    """
    ours = settings.MAIL_AUTHSERV_ID.casefold()
    headers = [read(header) for header in results if ours and name_of(header) == ours]
    if not sender or not headers or None in headers:
        return False
    said = [found for header in headers for found in header or [] if found.method == "dmarc"]
    domain = sender.rpartition("@")[2]
    return bool(said) and all(
        found.result == PROVED and found.properties.get("header.from", "").casefold() == domain for found in said
    )


def name_of(header: str) -> str:
    """The server that wrote a header."""
    return re.split(r"[\s;(]", header.strip().casefold(), maxsplit=1)[0]


def read(header: str) -> list[MethodResult] | None:
    """What a server says, or ``None`` where that cannot be read."""
    parts = _parts(header) if len(header) <= LONGEST else []
    return [found for part in parts[1:] if (found := _finding(part)) is not None] if parts else None


def _finding(part: str) -> MethodResult | None:
    words = re.sub(r"\s*=\s*", "=", part).split()
    pairs = [tuple(word.split("=", 1)) for word in words if "=" in word]
    if not pairs:
        return None
    method, result = pairs[0]
    properties: dict[str, str] = {}
    for name, value in pairs[1:]:
        if properties.setdefault(name.casefold(), value) != value:
            properties[name.casefold()] = ""  # said twice in two ways
    return MethodResult(method.partition("/")[0].casefold(), result.casefold(), properties)


QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")


def _parts(header: str) -> list[str]:
    """The header at its semicolons, without comments; what stands in quotation marks separates nothing."""
    text = QUOTED.sub(lambda quoted: re.sub(r"[\s;=()\"\\]", "_", quoted[1]) or "_", header)
    while (shorter := COMMENT.sub(" ", text)) != text:  # the innermost first
        text = shorter
    return [] if "(" in text or '"' in text else text.split(";")
