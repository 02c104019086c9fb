"""Shows a passage: shortened to what matters, the words asked for marked, everything else escaped."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from indexing import text_analysis

WIDTH = 45  # words of a snippet
SENTENCE_ENDS = frozenset(".!?…:;,–—)”’\"'")


def marked(text: str, question: str) -> SafeString:
    """The text, safe to show, with the words of the question in ``<mark>``."""
    pieces, done = [], 0
    for start, end in text_analysis.spans(text, text_analysis.stems(question)) if question else ():
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # noqa: S308  (every piece of it is escaped above)


def flowing(passage: str, title: str = "") -> str:
    """A passage as one stretch of text: a heading is set off with a dash, and the thing's own title left out."""
    lines = [line.strip() for line in passage.splitlines() if line.strip()]
    if len(lines) > 1 and text_analysis.words(lines[0]) == text_analysis.words(title):
        del lines[0]
    return " ".join([*(line if line[-1] in SENTENCE_ENDS else f"{line} –" for line in lines[:-1]), *lines[-1:]])


def snippet(text: str, question: str, width: int = WIDTH) -> SafeString:
    """The stretch of the text that holds most of the question's words, marked."""
    held = text.split()
    wanted = text_analysis.stems(question) if question else frozenset()
    start = (
        densest([not wanted.isdisjoint(text_analysis.stems_within(word)) for word in held], width)
        if len(held) > width
        else 0
    )
    short = " ".join(held[start : start + width])
    before, after = "… " if start else "", " …" if start + width < len(held) else ""
    return mark_safe(f"{before}{marked(short, question)}{after}")  # noqa: S308  (marked() escapes)


def densest(wanted: list[bool], width: int) -> int:
    """Where the window of ``width`` words begins that holds most of the wanted ones; the first of equals."""
    best = most = 0
    for start in range(0, max(len(wanted) - width, 0) + 1, 5):
        count = sum(wanted[start : start + width])
        if count > most:
            best, most = start, count
    return best
