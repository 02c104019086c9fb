"""Links in posts. One to a thing of the hub that stands on a line of its own becomes a card with the thing's title and
kind, for readers who may see the thing now. A link that leads outside stays a link, and shows where it leads.

Nothing outside is fetched. Cards depend on the reader, and stand in no part that is kept for several.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from conversations.models import Conversation, Post
from core import links
from core.audiences import Viewer
from design.templatetags.prose import cleaned
from indexing.documents import key_for
from people.models import User
from search.lookup import Thing, now

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
BREAK = re.compile(r"<br>\s*")
LONE = re.compile(r'<a href="([^"]*)"[^>]*>(?!@)[^<]*</a>')
OUTSIDE = re.compile(r'<a href="(https?://[^"]*)" rel="noopener">(.*?)</a>', re.DOTALL)
CONVERSATION = re.compile(r"/conversations/(\d{1,9})/(?:new/)?")
PERSON = re.compile(r"/people/([\w-]{1,120})/")


def words_of(posts: Sequence[Post], viewer: Viewer) -> dict[int, SafeString]:
    """What each post says, safe to show to ``viewer``: a fixed number of queries for all of them."""
    texts = {post.pk: post.html for post in posts if post.removed is None}
    hidden = links.hidden_addresses(texts.values())
    cards = _cards({href for html in texts.values() for href in _lone(html)}, viewer)
    return {pk: _shown(cleaned(html, hidden), cards) for pk, html in texts.items()}


def words_in(html: str, viewer: Viewer) -> SafeString:
    """The same of words that are not sent yet."""
    return words_of([Post(pk=0, html=html)], viewer)[0]


def _shown(html: str, cards: Mapping[str, Thing]) -> SafeString:
    html = PARAGRAPH.sub(lambda found: "".join(_with_cards(found[1], cards)), html) if cards else html
    return mark_safe(OUTSIDE.sub(_outside, html))  # noqa: S308 (cleaned before; what is put in is escaped)


# -- cards -------------------------------------------------------------------------------------------------------------
def _lone(html: str) -> Iterator[str]:
    """The addresses of links that have a line to themselves."""
    for paragraph in PARAGRAPH.findall(html):
        yield from (found[1] for line in BREAK.split(paragraph) if (found := LONE.fullmatch(line.strip())))


def _with_cards(paragraph: str, cards: Mapping[str, Thing]) -> Iterator[str]:
    """A paragraph, ended before each card and begun again after it."""
    words: list[str] = []
    for line in [*BREAK.split(paragraph), None]:
        found = LONE.fullmatch(line.strip()) if line is not None else None
        card = cards.get(found[1]) if found else None
        if (line is None or card) and words:
            yield f"<p>{'<br>'.join(words)}</p>"
            words = []
        if card and found:
            yield render_to_string("conversations/card.html", {"thing": card, "url": unescape(found[1])})
        elif line is not None:
            words.append(line)


def _cards(hrefs: Iterable[str], viewer: Viewer) -> dict[str, Thing]:
    """The things behind these addresses, as far as ``viewer`` may see them."""
    paths = {href: path for href in hrefs if (path := links.path_here(href))}
    keys = _keys(set(paths.values())) if paths else {}
    things = now(keys.values(), viewer) if keys else {}
    return {href: things[keys[path]] for href, path in paths.items() if keys.get(path) in things}


def _keys(paths: set[str]) -> dict[str, str]:
    """What stands at these paths: conversations, people, and pages of any kind."""
    talks = {path: key_for(Conversation, found[1]) for path in paths if (found := CONVERSATION.fullmatch(path))}
    slugs = {path: found[1] for path in paths if (found := PERSON.fullmatch(path))}
    people = dict(User.objects.filter(slug__in=slugs.values()).values_list("slug", "pk")) if slugs else {}
    persons = {path: key_for(User, people[slug]) for path, slug in slugs.items() if slug in people}
    return {**links.page_keys(paths - talks.keys() - slugs.keys()), **talks, **persons}


# -- outside -----------------------------------------------------------------------------------------------------------
def _outside(found: re.Match[str]) -> str:
    """The same with its host, and no word for search engines. Words that say another host lead nobody astray."""
    href, words = found[1], found[2]
    if links.path_here(href):
        return found[0]
    host = "" if words == href else f' <span class="soft">({escape(_host(href))})</span>'
    return f'<a href="{href}" rel="nofollow noopener">{words}</a>{host}'


def _host(href: str) -> str:
    """As machines write it, so that no letter of another script passes for one of ours."""
    try:
        host = urlsplit(unescape(href)).hostname or ""
        return host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return "?"
