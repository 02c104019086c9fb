"""What somebody types in angle brackets and means as words: ``Dear <name>``. To Markdown it is a tag, and cleaning
would take it out without a word.
"""

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(\s[^<>]*)?/?>")
VALUES = re.compile(r"""[^\s"'=<>`]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
NAMES = """
a abbr acronym applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
canvas caption center cite code col colgroup dd del details dfn dialog dir div dl dt em embed fieldset figcaption
figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins
isindex kbd keygen legend li link main map mark marquee math menu menuitem meta meter nav nobr noembed noframes
noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search
section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot
th thead tr track tt u ul var video wbr xmp
"""
ELEMENTS = frozenset(NAMES.split())
"""Those of HTML, without the few that people write in their own sense: address, data, label, time and title."""


def keep_words(parser: MarkdownIt) -> MarkdownIt:
    """Have ``parser`` show what is no tag of HTML as it was typed."""
    parser.add_render_rule("html_inline", _inline)
    parser.add_render_rule("html_block", _block)
    return parser


def _inline(_self: object, tokens: Sequence[Token], number: int, _options: object, _env: object) -> str:
    return TAG.sub(_shown, tokens[number].content)


def _block(_self: object, tokens: Sequence[Token], number: int, _options: object, _env: object) -> str:
    content = tokens[number].content
    first = TAG.match(content.strip())
    if first is not None and _is_words(first):
        return f"<p>{escape(content.strip()).replace(chr(10), '<br>')}</p>"
    return TAG.sub(_shown, content)


def _shown(tag: re.Match[str]) -> str:
    return escape(tag[0]) if _is_words(tag) else tag[0]


def _is_words(tag: re.Match[str]) -> bool:
    """Whether it is no element of HTML, or one letter of it with words behind: ``a <b and c> d``. Elements that sites
    make up have a hyphen and are none of ours either, yet somebody types ``<your-name>``.
    """
    name, rest = tag[1].lower(), (tag[2] or "").strip(" \t\r\n/")
    return name not in ELEMENTS or (len(name) == 1 and bool(VALUES.sub("", rest).strip()))
