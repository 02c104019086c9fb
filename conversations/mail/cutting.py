"""What somebody wrote, without what they answered and without their signature.

Three things say where the words end: the line that stands on top of the hub's e-mails, what an HTML e-mail calls a
quotation, and the forms in which mail programs begin one (``mail-parser-reply``, many languages). A signature is cut
only where it looks like one: a few short lines at the end. Where in doubt it stays: its author can edit a post.
"""

import re
from dataclasses import dataclass

from mailparser_reply import EmailReplyParser

from conversations.mail.html import CUT
from core.answer_line import IS_ANSWER_LINE

LANGUAGES = ["en", "cs", "da", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
LOOKED_AT = 300  # lines
HALF_LINE = 60  # letters: patterns are tried on so many at both ends of a line
HEADING = 3  # lines in which a mail program says whom it quotes
QUOTE = re.compile(r"\s*>")
DASHES = re.compile(r"(--|__|—) ?")
SENT_FROM = re.compile(r"(Sent from|Get Outlook for|Anfonwyd o|Sent via)\b.{0,80}", re.IGNORECASE)
GREETING = re.compile(
    r"((kind|best|warm|many)( \w+)? regards|regards|best wishes|kind wishes|cofion( cynnes| gorau)?|"
    r"yours (sincerely|faithfully)|all the best)[,.!]?",
    re.IGNORECASE,
)
SIGNED_WITH, SIGNED_LINE = 8, 70  # lines of a signature, letters of one of them


@dataclass(frozen=True, slots=True)
class Cut:
    """The words, and whether they stood where they are expected: above what they answer."""

    words: str
    is_sure: bool


def cut(text: str) -> Cut:
    """What its author wrote of ``text``."""
    lines = text.split("\n")
    end = min(_marked_end(lines), _written_end(lines))
    above = _without_signature(lines[:end])
    if above:
        return Cut(above, is_sure=not any(QUOTE.match(line) for line in above.split("\n")))
    among = [line for line in lines if not (QUOTE.match(line) or IS_ANSWER_LINE.search(line) or CUT in line)]
    return Cut(_without_signature(among), is_sure=False)


def _marked_end(lines: list[str]) -> int:
    """Where the hub's own line stands, or the mail program's mark; before the line that says who wrote what follows, in
    whatever language.
    """
    end = next((n for n, line in enumerate(lines) if CUT in line or IS_ANSWER_LINE.search(line)), None)
    if end is None:
        return len(lines)
    above = [n for n in range(end) if lines[n].strip(" >")][-HEADING:]
    if not above or not lines[above[-1]].rstrip().endswith((":", "：")):
        return end
    return next((n for n in above if re.search(r"\d", "".join(lines[n : n + 1])) and _is_one_block(lines[n:end])), end)


def _is_one_block(lines: list[str]) -> bool:
    return "" not in [line.strip(" >") for line in "\n".join(lines).rstrip("\n >").split("\n")]


def _written_end(lines: list[str]) -> int:
    """Where a mail program begins to quote, as a number of lines. The parser changes the text, so lines are counted."""
    looked_at = [_short(line.strip()) for line in lines[:LOOKED_AT]]
    replies = EmailReplyParser(languages=LANGUAGES).read("\n".join(looked_at)).replies
    words = sum(1 for line in replies[0].content.split("\n") if line.strip()) if replies else 0
    end = _after_words(lines, words) if len(replies) > 1 else len(lines)
    return _before_the_rule(lines, end)


def _short(line: str) -> str:
    return line if len(line) <= 2 * HALF_LINE else f"{line[:HALF_LINE]}{line[-HALF_LINE:]}"


def _after_words(lines: list[str], words: int) -> int:
    """The place after so many lines that are not blank."""
    for number, line in enumerate(lines):
        if not words:
            return number
        words -= bool(line.strip())
    return len(lines)


def _before_the_rule(lines: list[str], end: int) -> int:
    """Outlook draws a line above what it quotes."""
    while end and end < len(lines) and re.fullmatch(r"[_-]{10,}|\s*", lines[end - 1].strip()):
        end -= 1
    return end


def _without_signature(lines: list[str]) -> str:
    """The lines without blank ones, quotations and a signature at their end."""
    kept = [line.rstrip() for line in lines]
    while kept and (not kept[-1].strip() or QUOTE.match(kept[-1])):
        kept.pop()
    for number in range(max(0, len(kept) - SIGNED_WITH - 1), len(kept)):
        if _is_signature(kept[number:]):
            kept = kept[:number]
            break
    return "\n".join(kept).strip("\n ")


def _is_signature(lines: list[str]) -> bool:
    first, *rest = (line.strip() for line in lines)
    if DASHES.fullmatch(first) and lines[0][:1] not in {" ", ""}:
        return True
    if any(len(line) > SIGNED_LINE for line in rest):
        return False
    return bool(SENT_FROM.fullmatch(first) or GREETING.fullmatch(first))
