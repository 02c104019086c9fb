"""What somebody wrote, without what they answered and without their signature.

Three things say where the words end: the line that stands on top of the hub's e-mails, what an HTML e-mail calls a
quotation, and the forms in which mail programs begin one (``mail-parser-reply``, many languages). What was cut and is
not surely a quotation is looked at by its author first.
"""

import re
from dataclasses import dataclass

from mailparser_reply import EmailReplyParser

from conversations.mail.html import CUT
from conversations.mail.signatures import without_signature, without_warning
from core.answer_line import IS_ANSWER_LINE

LANGUAGES = ["en", "cs", "da", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
LOOKED_AT = 300  # lines
HALF_LINE = 60  # letters: patterns are tried on so many at both ends of a line
HEADING = 3  # lines in which a mail program says whom it quotes
QUOTE = re.compile(r"\s*>")
DIGITS = 4  # in a heading: it says when
ADDRESS = re.compile(r"\+[a-z0-9]{16}[0-9a-f]{20}@")  # for answers, as the hub writes it


@dataclass(frozen=True, slots=True)
class CutText:
    """The words, and whether they stood where they are expected: above what they answer."""

    words: str
    is_sure: bool


def cut(text: str, name: str = "") -> CutText:
    """What its author wrote of ``text``. ``name`` is what they call themselves in ``From``."""
    lines = without_warning(text.split("\n"))
    end = min(_marked_end(lines), _written_end(lines))
    above = _words(lines[:end], name)
    if above:
        quotes = any(QUOTE.match(line) for line in above.split("\n"))
        return CutText(above, is_sure=not quotes and _is_quotation(lines[end:]))
    among = [line for line in _without_headings(lines) if not (_is_quoted(line) or CUT in line)]
    return CutText(_words(among, name), is_sure=False)


def _is_quoted(line: str) -> bool:
    return bool(QUOTE.match(line) or IS_ANSWER_LINE.search(line))


def _is_quotation(lines: list[str]) -> bool:
    """Whether what was cut is surely what the hub sent, or marked as quoted. Whoever passes on an e-mail, or writes
    "On 3 May 2026 we wrote:", means it to be read.
    """
    if any(CUT in line or IS_ANSWER_LINE.search(line) or ADDRESS.search(line) for line in lines):
        return True
    said = [line for line in lines if line.strip()]
    quoted = [n for n, line in enumerate(said) if QUOTE.match(line)]
    return not said or (bool(quoted) and quoted[0] <= HEADING and quoted == list(range(quoted[0], len(said))))


def _words(lines: list[str], name: str) -> str:
    """The lines without blank ones, quotations and a signature at their end."""
    kept = [line.rstrip() for line in lines]
    while kept and (not kept[-1].strip() or QUOTE.match(kept[-1])):
        is_quoted = bool(kept[-1].strip())
        kept.pop()
        if is_quoted:
            del kept[_heading_of(kept) :]
    return "\n".join(without_signature(kept, name)).strip("\n ")


def _without_headings(lines: list[str]) -> list[str]:
    """Without the lines that say whom each quotation quotes."""
    kept: list[str] = []
    for line in lines:
        if QUOTE.match(line) and not (kept and QUOTE.match(kept[-1])):
            del kept[_heading_of(kept) :]
        kept.append(line)
    return kept


def _heading_of(lines: list[str]) -> int:
    """Where the heading of a quotation begins that follows ``lines``: who wrote it when, in whatever language, broken
    or not. Their number where there is none.
    """
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    if not (end and lines[end - 1].rstrip().endswith((":", "："))):
        return len(lines)
    for begin in range(end - 1, max(-1, end - 1 - HEADING), -1):
        if not lines[begin].strip() or QUOTE.match(lines[begin]):
            break
        if sum(letter.isdigit() for letter in "".join(lines[begin:end])) >= DIGITS:
            return begin
    return len(lines)


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
    while end and end < len(lines) and re.fullmatch(r"[_-]{10,}|-{3,}.{1,40}-{3,}|\s*", lines[end - 1].strip()):
        end -= 1
    return end
