"""E-mails that say one thing: an invitation, a link for a new password, a change of an account.

A template writes the plain text, and the HTML is made of it, so that both parts always say the same. What the text
marks is little: a blank line ends a paragraph, ``- `` begins a line of a list, a line that ends with one of the
``links`` is a button, and what follows ``--`` is the small print. Nothing is fetched when it is opened.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi

from core.branding import branding
from core.hub_address import hub_root
from core.mail import HubMail

SMALL_PRINT = "\n--\n"
BULLET = "- "


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of one kind. ``url`` is where a button leads."""

    kind: str  # "text", "list" or "button"
    lines: Sequence[str]
    url: str = ""


def letter(
    subject: str,
    plain: str,
    to: Sequence[str],
    *,
    links: Sequence[str] = (),
    from_email: str = "",
    headers: dict[str, str] | None = None,
) -> HubMail:
    """An e-mail in the hub's look. Only addresses that the hub wrote are ``links``: not what somebody typed."""
    made = HubMail(subject, plain, from_email, list(to), headers=headers)
    body, small_print = parted(plain)
    context = {
        "subject": subject,
        "hub": branding(),
        "root": hub_root(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "pieces": list(pieces(body, links)),
        "small_print": [line for line in small_print.splitlines() if line.strip()],
    }
    made.attach_alternative(render_to_string("core/email/letter.html", context), "text/html")
    return made


def parted(plain: str) -> tuple[str, str]:
    """The text and its small print. The last mark is the hub's own: somebody may have typed one, too."""
    before, mark, after = plain.rpartition(SMALL_PRINT)
    return (before, after) if mark else (after, "")


def pieces(body: str, links: Sequence[str]) -> Iterator[Piece]:
    """What stands in ``body``, in its order."""
    for block in re.split(r"\n\s*\n", body.strip()):
        for (kind, url), lines in groupby(block.splitlines(), key=lambda line: _kind(line, links)):
            if kind == "button":
                yield from (Piece(kind, [_label(line, url)], url) for line in lines)
            else:
                yield Piece(kind, [line.removeprefix(BULLET) if kind == "list" else line for line in lines])


def _kind(line: str, links: Sequence[str]) -> tuple[str, str]:
    url = next((link for link in links if link and line.endswith(link)), "")
    if url:
        return "button", url
    return ("list", "") if line.startswith(BULLET) else ("text", "")


def _label(line: str, url: str) -> str:
    return line.removesuffix(url).strip().rstrip(":").rstrip() or url
