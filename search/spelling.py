"""Words that were mistyped: the nearest ones that this viewer's part of the hub knows.

The vocabulary is that of the titles, names, topics and summaries that the viewer may see. A word that stands in private
things alone is as unknown to a stranger as one that was never written. Common words of the language are right as they
are, whether anybody here writes them or not: the sentence model says which those are.
"""

import logging
from collections.abc import Iterable, Mapping
from itertools import islice

from core.audiences import Viewer, viewer_tokens
from indexing import engines, text_analysis
from indexing.conf import options
from indexing.edit_distance import distance, slips_forgiven
from indexing.embedding.encoder import EncoderMissing, MiniLM, shared_encoder
from indexing.engines.base import EngineUnavailable
from search import lookup

logger = logging.getLogger(__name__)

FEWEST_LETTERS = 4  # too many words are near a short one
MOST_WORDS = 12  # of a question that are looked at
MOST_TRIES = 3  # near words that are looked for in the database before giving up
INFLECTIONS = ("s", "es", "d", "ed", "er", "r", "ly")  # longer ones are too far to be taken for slips


def corrected(text: str, viewer: Viewer, shown: Iterable[str] = ()) -> str:
    """The text with its unknown words put right, or nothing where there is nothing to put right.

    ``shown`` is what was found: a word that stands there is a word, whether the vocabulary has it or not.
    """
    slips = [match for match in islice(text_analysis.WORD.finditer(text), MOST_WORDS) if is_checked(match.group())]
    better = corrections({text_analysis.fold(slip.group()) for slip in slips}, viewer)
    if not any(better.values()):
        return ""
    stems = {text_analysis.stem(word) for one in shown for word in text_analysis.words(one)}
    put_right, end = [], 0
    for slip in slips:
        word = text_analysis.fold(slip.group())
        if better.get(word) and text_analysis.stem(word) not in stems:
            put_right += [text[end : slip.start()], better[word]]
            end = slip.end()
    return "".join([*put_right, text[end:]]) if put_right else ""


def corrections(words: Iterable[str], viewer: Viewer) -> dict[str, str]:
    """For each word the one that was probably meant. Common words are right; nothing is while the engine is away."""
    doubtful = sorted(word for word in words if not is_common(word))
    try:
        known = engines.engine().words_near(doubtful, viewer_tokens(viewer)) if doubtful else {}
        return {word: nearest(word, near, viewer) for word, near in known.items()}
    except EngineUnavailable as error:
        logger.warning("Search corrects nothing: %s", error)
        return {}


def is_checked(word: str) -> bool:
    """Whether a word is long enough and made of letters only: numbers, references and abbreviations are never
    corrected.
    """
    if text_analysis.is_shorthand(word):
        return False
    folded = text_analysis.fold(word)
    return len(folded) >= FEWEST_LETTERS and folded.isalpha() and folded not in text_analysis.STOP_WORDS


def nearest(word: str, near: Mapping[str, int], viewer: Viewer) -> str:
    """The word that was probably meant; nothing where the viewer's vocabulary has this one, or another form of it."""
    if word in near or any(is_form_of(other, word) for other in near):
        return ""
    most = slips_forgiven(word)
    likely = sorted(near, key=lambda other: (distance(word, other, most), other[0] != word[0], -near[other], other))
    return next((other for other in likely[:MOST_TRIES] if is_said(other, viewer)), "")


def is_common(word: str) -> bool:
    """Whether the language has the word; unknown while there is no sentence model."""
    try:
        model = shared_encoder(options().threads)
    except EncoderMissing:
        return False
    return isinstance(model, MiniLM) and model.knows(word)


def is_form_of(one: str, other: str) -> bool:
    """Whether two words differ by an ending alone, which search forgives by itself."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in INFLECTIONS


def is_said(word: str, viewer: Viewer) -> bool:
    """Whether the viewer may read the word somewhere at this moment: an index may lag behind."""
    keys = engines.engine().holding(word, viewer_tokens(viewer), MOST_TRIES)
    if any(word in text_analysis.words(f"{it.title} {it.summary}") for it in lookup.now(keys, viewer).values()):
        return True
    return any(word in text_analysis.words(name) for name in lookup.topics(viewer).values_list("name", flat=True))
