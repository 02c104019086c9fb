"""Words that were mistyped: the nearest ones that this viewer's part of the hub knows.

The vocabulary is that of the titles, names, topics and summaries that the viewer may see. A word that stands in private
things alone is as unknown to a stranger as one that was never written. Common words of the language are right as they
are, whether anybody here writes them or not: the sentence model says which those are.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from core.audiences import Viewer
from indexing import text_analysis
from indexing.conf import options
from indexing.embedding.encoder import EncoderMissing, MiniLM, shared_encoder
from search import title_index
from search.title_index import Snapshot

FEWEST_LETTERS = 4  # too many words are near a short one
LONG = 8  # letters from which two slips are forgiven
MOST_WORDS = 12  # of a question that are looked at
MOST_TRIES = 3  # near words that are read again before giving up
INFLECTIONS = (
    "s",
    "es",
    "d",
    "ed",
    "er",
    "r",
    "ly",
)  # within two letters; longer ones are too far to be taken for slips


def corrected(text: str, viewer: Viewer, shown: Iterable[str] = ()) -> str:
    """The text with its unknown words put right, or nothing where there is nothing to put right.

    ``shown`` is what was found: a word that stands there is a word, whether the vocabulary has it or not.
    """
    known = title_index.current()
    slips = [match for match in islice(text_analysis.WORD.finditer(text), MOST_WORDS) if is_checked(match.group())]
    better = {slip.group(): nearest(known, text_analysis.fold(slip.group()), viewer) for slip in slips}
    if not any(better.values()):
        return ""
    stems = {text_analysis.stem(word) for one in shown for word in text_analysis.words(one)}
    put_right, end = [], 0
    for slip in slips:
        if better[slip.group()] and text_analysis.stem(text_analysis.fold(slip.group())) not in stems:
            put_right += [text[end : slip.start()], better[slip.group()]]
            end = slip.end()
    return "".join([*put_right, text[end:]]) if put_right else ""


def is_checked(word: str) -> bool:
    """Whether a word is long enough and made of letters only: numbers, references and abbreviations are never
    corrected.
    """
    if text_analysis.is_shorthand(word):
        return False
    folded = text_analysis.fold(word)
    return len(folded) >= FEWEST_LETTERS and folded.isalpha() and folded not in text_analysis.STOP_WORDS


def nearest(known: Snapshot, word: str, viewer: Viewer) -> str:
    """The word that was probably meant; nothing where the viewer's vocabulary has this one, or another form of it."""
    seen = known.visible(viewer)
    if how_often(known, word, seen) or is_common(word):
        return ""
    near = {other: how_far for other, how_far in neighbours(known, word) if how_often(known, other, seen)}
    if any(is_form_of(other, word) for other in near):
        return ""
    likely = sorted(near, key=lambda other: (near[other], other[0] != word[0], -how_often(known, other, seen), other))
    return next((other for other in likely[:MOST_TRIES] if is_said(known, other, seen, viewer)), "")


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


def how_often(known: Snapshot, word: str, seen: bytearray) -> int:
    """How many of the viewer's titles and summaries have the word."""
    return sum(seen[number] for number in known.written.get(word, ()))


def is_said(known: Snapshot, word: str, seen: bytearray, viewer: Viewer) -> bool:
    """Whether the viewer may read the word somewhere at this moment."""
    where = [number for number in known.written[word] if seen[number]][:MOST_TRIES]
    things = known.now(set(chain.from_iterable(known.samples(number, seen) for number in where)), viewer)
    return any(thing.says(word) for thing in things.values())


def neighbours(known: Snapshot, word: str) -> Iterator[tuple[str, int]]:
    """Words that a few slips lead to, each with how many. A slip in the first letter is forgiven once, and alone."""
    most = slips_forgiven(word)
    for length in range(len(word) - most, len(word) + most + 1):
        for other in known.by_length.get((word[0], length), ()):
            if (how_far := distance(word, other, most)) <= most:
                yield other, how_far
    for other in other_beginnings(word, {letter for letter, _length in known.by_length}):
        if other[0] != word[0] and other in known.written:
            yield other, 1


def slips_forgiven(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def other_beginnings(word: str, letters: Iterable[str]) -> Iterator[str]:
    """The word with its first letter left out, changed for the second, or another one for it or before it."""
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in letters:
        yield letter + word
        yield letter + word[1:]


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, leave out, replace or change with the next lead from one to the other.

    More than ``most`` are not counted on: the answer is then ``most + 1``.
    """
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, opposite in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before_last[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before_last, last = last, here
    return min(last[-1], most + 1)
