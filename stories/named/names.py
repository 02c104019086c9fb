"""A name in a text, however it is written there: found, and something else said in its place.

Words are compared without accents and capitals. The whole name counts anywhere; a part of it alone (*Hannah*) where it
is written like a name, with a capital letter. *Hannah’s*, *the Whitlocks*, *H. Whitlock*, *Mrs Whitlock*, *Whitlock,
Hannah* and *Hannah <b>Whitlock</b>* are the same name.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.html import escape

from people.names import IN_BRACKETS, TITLES, plain_words

TAG = r"</?[a-zA-Z][^>]*>"
UNSEEN = "\u00ad\u200b-\u200d\u2060"
PIECE = re.compile(rf"(?P<tag>{TAG})|&\#?\w+;|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{UNSEEN}])*)")
GAP = re.compile(rf"(?:{TAG}|&nbsp;|&\#0*39;|&\#x0*27;|&apos;|&rsquo;|[\s.,'’ʼ‘`_+{UNSEEN}\-‐‑–])*")
INLINE = re.compile(r"</?(?:a|b|code|em|i|span|strong|sub|sup)\b[^>]*>")
LETTERS = re.compile(r"&\#?\w+;")
ATTRIBUTE = re.compile(r"""([\w-]+)(\s*=\s*)("[^"]*"|'[^']*')""")
PARTICLES = frozenset("al ap bin da de del den der di dos du el ibn la le of san st ten ter the van von zu".split())  # noqa: SIM905
SHORTEST = 2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """How one name may stand in a text. ``of`` says under which key a word stands in the two sets."""

    whole: frozenset[str]
    parts: frozenset[str]
    longest: int
    of: Callable[[str], str] = field(default=str)

    def as_digests(self) -> dict[str, Any]:
        """What knows the name again and does not say it."""
        whole, parts = sorted(map(digest, self.whole)), sorted(map(digest, self.parts))
        return {"whole": whole, "parts": parts, "longest": self.longest}


def digest(words: str) -> str:
    return salted_hmac("stories.consent", words, algorithm="sha256").hexdigest()[:32]


def forms_of(names: Iterable[str], also: str = "") -> Forms:
    """The forms of one person’s ``names`` and of what else they are called, parted by commas."""
    whole, parts = set(), set()
    for name in filter(None, names):
        words = [word for word in plain_words(IN_BRACKETS.sub("", name)) if word not in TITLES]
        if words:
            whole |= {" ".join(words), " ".join([words[0], words[-1]]), " ".join([words[0][0], words[-1]])}
            parts |= {word for word in words if len(word) >= SHORTEST and word not in PARTICLES}
    whole |= {" ".join(words) for called in also.split(",") if (words := plain_words(called))}
    longest = max((form.count(" ") + 1 for form in whole), default=0)
    return Forms(frozenset(form for form in whole if len(form) >= SHORTEST), frozenset(parts), longest)


def forms_of_digests(digests: dict[str, Any]) -> Forms:
    whole, parts = frozenset(digests.get("whole", ())), frozenset(digests.get("parts", ()))
    return Forms(whole, parts, digests.get("longest", 0), digest)


@dataclass(frozen=True, slots=True)
class NameWord:
    start: int
    end: int
    plain: str
    is_capital: bool


def _words_of(text: str) -> list[NameWord]:
    found = []
    for piece in PIECE.finditer(text):
        if (letters := piece["word"]) is not None:
            bare = re.sub(f"[{UNSEEN}]", "", letters)
            plain = "".join(plain_words(bare))
            if plain:
                found.append(NameWord(piece.start(), piece.end(), plain, bare[0].isupper()))
    return found


def find(text: str, forms: Forms, *, others: Iterable[Forms] = (), any_case: bool = False) -> list[Span]:
    """Where the name stands in ``text``. What is the whole name of one of ``others`` is not theirs."""
    words = _words_of(text)
    is_near = [bool(GAP.fullmatch(text, one.end, two.start)) for one, two in pairwise(words)]
    theirs = {place for other in others for run in _wholes(words, is_near, other) for place in run}
    mine = {place for run in _wholes(words, is_near, forms) for place in run}
    taken = set(mine) | {
        place
        for place, word in enumerate(words)
        if (word.is_capital or any_case) and place not in theirs and _is_form(word.plain, forms.parts, forms.of)
    }
    taken -= theirs - mine
    return _spans(words, is_near, taken)


def _is_form(words: str, known: frozenset[str], of: Callable[[str], str]) -> bool:
    return of(words) in known or (words.endswith("s") and of(words[:-1]) in known)


def _wholes(words: list[NameWord], is_near: list[bool], forms: Forms) -> Iterator[range]:
    place = 0
    while place < len(words):
        most = 1
        while most < forms.longest and place + most < len(words) and is_near[place + most - 1]:
            most += 1
        for length in range(most, 0, -1):
            if _is_form(" ".join(word.plain for word in words[place : place + length]), forms.whole, forms.of):
                yield range(place, place + length)
                place += length - 1
                break
        place += 1


def _spans(words: list[NameWord], is_near: list[bool], taken: set[int]) -> list[Span]:
    """Words side by side are one name, with a title before it and a name between two of them."""
    for place in range(1, len(words) - 1):
        between = {place - 1, place + 1} <= taken and is_near[place - 1] and is_near[place]
        if between and words[place].is_capital:
            taken.add(place)
    for place in sorted(taken):
        if place and is_near[place - 1] and words[place - 1].plain in TITLES:
            taken.add(place - 1)
    spans: list[Span] = []
    last = -2
    for place in sorted(taken):
        start, end = words[place].start, words[place].end
        if place == last + 1 and spans and is_near[last]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = place
    return spans


def replace(text: str, forms: Forms, instead: str, *, others: Iterable[Forms] = ()) -> str:
    """``text``, plain or rich, with ``instead`` wherever the name stood, in what its tags say as well."""
    others = list(others)
    if "&" in text:
        text = LETTERS.sub(_letter, text)
    is_rich = bool(re.search(TAG, text))
    for start, end in reversed(find(text, forms, others=others)):
        said = _as_begun(text[:start], instead)
        tags = "".join(re.findall(TAG, text[start:end]))
        text = text[:start] + (escape(said) if is_rich else said) + tags + text[end:]
    return re.sub(TAG, lambda tag: _tag_without(tag[0], forms, instead, others), text) if is_rich else text


def _letter(entity: re.Match[str]) -> str:
    letter = html.unescape(entity[0])
    return letter if letter.isalpha() else entity[0]


def _as_begun(before: str, instead: str) -> str:
    """With a capital letter at the beginning of a sentence."""
    said = re.sub(TAG, "\n", INLINE.sub("", before)).rstrip(" \"'“‘(")
    return instead[:1].upper() + instead[1:] if not said or said[-1] in ".!?\n" else instead


def _tag_without(tag: str, forms: Forms, instead: str, others: list[Forms]) -> str:
    def attribute(found: re.Match[str]) -> str:
        name, value = found[1], html.unescape(found[3][1:-1])
        if not find(value, forms, others=others, any_case=name in ("href", "src", "url")):
            return found[0]
        said = "#" if name in ("href", "src", "url") else replace(value, forms, instead, others=others)
        return f'{name}="{escape(said)}"'

    return ATTRIBUTE.sub(attribute, tag)
