"""The place of a name in a post's HTML: a key, and the name as it was, which is all that whoever may not see the thing
reads. No text that people write becomes such a mark: cleaning leaves them no attributes.
"""

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape

from conversations.mentions.names import MentionSpan
from conversations.mentions.parsing import with_marks
from core.writing.plain import rich_of

MARK = re.compile(r'<span data-mention="([a-z]+:[0-9:]+)">@([^<]*)</span>')
ASIDE = re.compile("<(/?)(?:blockquote|pre|code)>")
PLACES = r"(<[^>]*>)|%s-(\d+)-"


def marked(text: str, spans: Sequence[MentionSpan]) -> tuple[str, list[MentionSpan]]:
    """The HTML of ``text``, and those of ``spans`` that stand in it as words: what fell into an address or was cleaned
    away stays as it was typed, and so does what is quoted.
    """
    if not spans:
        return rich_of(text), []
    seal = f"mention{uuid.uuid4().hex}"
    html = rich_of(with_marks(text, [(span.start, span.end) for span in spans], lambda number: f"{seal}-{number}-"))
    found = list(_said_by_writer(html, seal))
    if len(found) < len(spans) or html.count(seal) > len(found):
        kept = [span for number, span in enumerate(spans) if number in found and html.count(f"{seal}-{number}-") == 1]
        return marked(text, kept) if len(kept) < len(spans) else (rich_of(text), [])
    return re.sub(PLACES % seal, lambda place: place[1] or mark_of(spans[int(place[2])]), html), list(spans)


def _said_by_writer(html: str, seal: str) -> Iterator[int]:
    """The numbers of names in the writer's own words: code is no word, and what is quoted was said before."""
    inside = 0
    for place in re.finditer(PLACES % seal, html):
        if place[2]:
            if not inside:
                yield int(place[2])
        elif element := ASIDE.match(place[1]):
            inside += -1 if element[1] else 1


def mark_of(span: MentionSpan) -> str:
    return f'<span data-mention="{span.named.key}">@{escape(span.named.name)}</span>'


def keys_in(html: str) -> set[str]:
    return {key for key, _name in MARK.findall(html)} if "data-mention" in html else set()


def without(html: str, key: str, words: str) -> str:
    """``html`` with ``words`` in the place of one key."""
    return MARK.sub(lambda mark: escape(words) if mark[1] == key else mark[0], html)


def with_each(html: str, show: Callable[[str, str], str]) -> str:
    """``html`` with what ``show`` gives for each key and the name that was written, which is plain text."""
    return MARK.sub(lambda mark: show(mark[1], unescape(mark[2])), html) if "data-mention" in html else html
