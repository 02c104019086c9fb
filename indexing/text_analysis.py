"""Words of a text, as the lexical retriever sees them: cut, folded, counted, marked.

What somebody types is never handed to an index as syntax. It is cut here into bare words first, so that operators,
markup and control characters fall between the words and vanish. Two signs mean something, and are read here too:
“quotation marks” keep words together, and a star* after a word's beginning stands for whatever follows.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from core.normalisation import readable

MOST_TERMS = 128
MOST_PHRASES = 8
WORD = re.compile(r"[^\W_]+")
QUOTES = re.compile(r"[\"“”„«»]")
QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")
STARRED = re.compile(r"([^\W_]+)\*")
SHORTEST_BEGINNING = 3
SHORTHAND = 5  # capital letters
# Words that say how a question is asked, not what it is about. The list is short: common words barely count anyway.
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "she",
        "he",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
# Words that ask, beside those: "who knows about", "how do I find", "tell me", "is there anybody". They ask only where a
# question begins with them. "Home help" and "find a friend" are about helping and finding.
ASKING = frozenset(
    {
        *(
            "anybody",
            "anyone",
            "ask",
            "cannot",
            "explain",
            "find",
            "get",
            "got",
            "hello",
            "help",
            "hi",
            "know",
            "knows",
            "like",
        ),
        *("look", "looking", "need", "needs", "please", "show", "somebody", "someone", "tell", "want", "wants"),
        "wondering",
    }
)
ENDINGS = ("ingly", "edly", "ation", "ing", "ers", "ies", "ied", "ed", "er", "es", "ly", "e", "s", "y")
SHORTEST_STEM = 3


def fold(text: str) -> str:
    """Lower case without diacritics, so that “Café” and “cafe” are one word."""
    if text.isascii():
        return text.lower()
    text = readable(text)
    # Twice: taking letters apart gives new ones to fold (𝛢 is Α only then), and folding gives some to take apart.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded words of a text, in order, repeated where the text repeats them."""
    return WORD.findall(fold(text))


def terms(text: str) -> list[str]:
    """The words of a question that say what it is about.

    A word that was repeated stays repeated, because it weighs more. A question made of nothing but stop words and
    words that ask keeps them all, so that “who are we” still finds what is called so; one with a phrase in quotation
    marks means its words.
    """
    asked = words(text)
    about = asked if phrases(text) else asked[asking(asked) :]
    telling = [word for word in about if word not in STOP_WORDS]
    return (telling or asked)[:MOST_TERMS]


def asking(asked: list[str]) -> int:
    """How many of the words at the beginning only ask: a run of them that one of the ``STOP_WORDS`` is among."""
    run = next((place for place, word in enumerate(asked) if word not in STOP_WORDS | ASKING), len(asked))
    return run if not STOP_WORDS.isdisjoint(asked[:run]) else 0


def phrases(text: str) -> list[list[str]]:
    """The words of each stretch in quotation marks: what is found must hold them side by side, in that order."""
    return list(filter(None, (words(stretch) for stretch in QUOTED.findall(text))))[:MOST_PHRASES]


def bare(text: str) -> str:
    """The text without quotation marks, so that nothing of it must stand word by word."""
    return " ".join(QUOTES.sub(" ", text).split())


def beginnings(text: str) -> list[str]:
    """The words that were asked for by their beginning, with a star after it: “libr*”."""
    found = (words(beginning) for beginning in STARRED.findall(text))
    return [some[-1] for some in found if some and len(some[-1]) >= SHORTEST_BEGINNING][:MOST_PHRASES]


def unfinished(text: str) -> str:
    """The question with a star after its last word, where that may be the beginning of one; else nothing."""
    last = WORD.search(text[::-1]) if text and not phrases(text) else None
    if last is None or last.start() > 0 or len(last.group()) < SHORTEST_BEGINNING or is_shorthand(last.group()):
        return ""
    return f"{text}*"


def is_shorthand(word: str) -> bool:
    """Whether a word is an abbreviation: “TOIL” is neither a slip for “foil” nor the beginning of “toilet”."""
    return word.isupper() and len(word) <= SHORTHAND


@lru_cache(50_000)
def stem(word: str) -> str:
    """A rough stem, good enough to mark “carers” where “carer” was asked for."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(1000)  # a page asks it of its question for every hit
def stems(text: str) -> frozenset[str]:
    return frozenset(stem(term) for term in terms(text))


def spans(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where in the text words stand whose stem is wanted."""
    stems_wanted = frozenset(wanted)
    return [found.span() for found in WORD.finditer(text) if not stems_wanted.isdisjoint(stems_within(found.group()))]


@lru_cache(50_000)
def stems_within(word: str) -> frozenset[str]:
    """The stems in what stands between two blanks; the same few thousand come again and again."""
    return frozenset(stem(each) for each in words(word))


def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset().union(*map(stems_within, text.split()))


def hits(text: str, wanted: frozenset[str]) -> int:
    """How many words of the text have a stem that is wanted."""
    return sum(stem(word) in wanted for word in words(text))
