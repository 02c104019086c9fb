"""Whether what was found answers a question, or only lies near it.

An engine ranks whatever there is, and something is always nearest. How sure one can be of a thing follows from how near
it is in meaning, and from how much of the question its words hold: in its title and topics, in its summary, and close
together in the passage that was found. Common words say little, rare ones much. Where the words say that a thing is
about half of the question ("taxi licence", where there are taxis and no licences), a short question is not answered.
Nor is one that is about a subject of which the thing knows nothing (``search.subjects``).

A single word is answered by what it stands in, unless many things say it in passing and none is about it.

Judged on questions that the demo council can and cannot answer, and on others that chose nothing
(docs/search-quality.md).
It reads nothing but what every engine gives with a hit, so that both engines are equally sure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexing import text_analysis
from indexing.conf import options
from indexing.embedding.encoder import EncoderMissing, MiniLM, shared_encoder
from indexing.engines.base import IndexedDocument
from indexing.title_analysis import fold
from search import subjects
from search.synonyms import Groups, meanings, widening

IN_TITLE = 0.2  # what the question's words in a title or topic are worth, beside a cosine
IN_HEAD = 0.5  # in title, topics and summary
IN_ALL = 0.4  # wherever they stand
APART = 2.0  # taken away where a short question's words are half there
LITTLE_SAID = 1.0  # of weight: words of a question that is as short as this prove half as much
AGREEING = (
    0.2  # cosine that a single word needs before its standing somewhere counts for something; less with more words
)
APART_FROM = 1.5  # taken away for how much nearer the question is to a subject than the thing is
LOOKED_AT = 5  # things that are held to the subjects, each of which takes the model some milliseconds
ONE_WORD = 0.1  # where the word that is all of the question stands in a thing; as much less where it does not
FEW = 3  # things: what more of them say is an ordinary word here
SAME_BEGINNING = 4  # letters
NEAR_FLOOR = 0.3  # from which a thing that does not answer is worth being shown as near
SHORTEST_STEM = 5
ENDINGS = ("ingly", "edly", "ation", "ing", "ers", "ed", "er", "y")
PLURALS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))
GAP = "."  # words on both sides of it do not stand together


@dataclass(frozen=True)
class Question:
    """What is asked: each word by its form, with what it says; ``same`` are words that mean the same as some of it."""

    weights: Mapping[str, float]
    begun: frozenset[str] = frozenset()
    same: Sequence[tuple[frozenset[str], Sequence[frozenset[str]]]] = ()
    literal: bool = False
    text: str = ""

    @classmethod
    def of(cls, text: str, groups: Groups = ()) -> "Question":
        asked = [word for word in dict.fromkeys(text_analysis.terms(text)) if len(word) > 1]
        same = [
            (frozenset(map(form, used)), [frozenset(map(form, other)) for other in others])
            for used, others in meanings(text, groups)
        ]
        begun = frozenset(map(fold, text_analysis.beginnings(text)))
        literal = bool(text_analysis.phrases(text))
        weights = {form(fold(word)): weight(word) for word in asked}
        return cls(weights, begun, same, literal, f"{text} {widening(text, groups)}".rstrip())

    def is_answered(self, things: Sequence[IndexedDocument]) -> bool:
        """Whether one of them answers. What stands in quotation marks does where it stands word by word."""
        if self.literal or any(map(self.is_topic_of, things)) or self.is_word_of_few(things):
            return bool(things)
        floor = options().answer_floor
        sure = sorted(((self.sureness(thing), place) for place, thing in enumerate(things)), reverse=True)
        likely = [(sureness, things[place]) for sureness, place in sure[:LOOKED_AT] if sureness >= floor]
        return any(sureness - self.apart(thing) >= floor for sureness, thing in likely)

    def speaks_for_people(self, stored: IndexedDocument) -> bool:
        """Whether those behind a thing may be named, if anything answers. Of that one must be surer."""
        return self.literal or self.is_topic_of(stored) or self.sureness(stored) >= options().naming_floor

    def apart(self, stored: IndexedDocument) -> float:
        """What is taken away because the question is about something else."""
        return APART_FROM * subjects.apart(self.text, stored)

    def is_word_of_few(self, things: Iterable[IndexedDocument]) -> bool:
        """Whether the question is one word, which stands in a few things: whoever asks for it is given those."""
        if len(self.weights) != 1 or self.begun:
            return False
        where = [thing for thing in things if thing.whole or self.is_meant_in(thing)]
        return len(where) <= FEW and any(map(self.stands_in, where))

    def stands_in(self, stored: IndexedDocument) -> bool:
        """Whether the word stands in a thing that holds it, as far as one sees: to an engine, “retirement” stands where
        somebody is retired.
        """
        word = next(iter(self.weights))
        shown = {
            other for text in (*stored.topics, stored.title, stored.summary, stored.passage) for other in forms(text)
        }
        looks_alike = any(other[:SAME_BEGINNING] == word[:SAME_BEGINNING] for other in shown)
        return self.is_meant_in(stored) or self.share(shown) > 0 or not looks_alike

    def is_meant_in(self, stored: IndexedDocument) -> bool:
        """Whether words that editors know to mean the same as the whole question stand in one stretch of it."""
        asked = set(self.weights)
        texts = (*stored.topics, stored.title, stored.summary, stored.passage)
        return any(
            asked <= used and any(other <= set(forms(text)) for other in others for text in texts)
            for used, others in self.same
        )

    def is_topic_of(self, stored: IndexedDocument) -> bool:
        """Whether somebody said in so many words that the thing is about this."""
        return any(set(forms(topic)) == set(self.weights) for topic in stored.topics)

    def is_near(self, stored: IndexedDocument) -> bool:
        """Whether it is worth a look all the same: near in meaning, or every word stands there."""
        return stored.whole or self.sureness(stored) >= NEAR_FLOOR

    def sureness(self, stored: IndexedDocument) -> float:
        """A cosine, with what the words add to it or take away."""
        cosine, total, count = stored.cosine, sum(self.weights.values()), len(self.weights)
        if not count or not total:
            return cosine
        topics = [forms(topic) for topic in stored.topics]
        title, summary, passage = forms(stored.title), forms(stored.summary), forms(stored.passage)
        titled = self.share({*title, *(word for topic in topics for word in topic)})
        head = self.share({*title, *summary, *forms(stored.community), *(word for topic in topics for word in topic)})
        close = max(head, *(self.closest(part) for part in (title, summary, passage, *topics)))
        held = close
        if count > 2 or (stored.whole and count == 1):
            held = max(close, 1.0 if stored.whole else self.share({*title, *summary, *passage}))
        proof = total / (total + LITTLE_SAID)
        least = AGREEING / count
        agrees = min(max((cosine - least) / least, 0.0), 1.0)
        said = agrees * (IN_HEAD * head * proof + IN_ALL * (held * proof) ** 2)
        sure = cosine + IN_TITLE * titled + said - APART * close * (1 - close) / count**2
        return sure + ONE_WORD * (1 if stored.whole or held else -1) if count == 1 else sure

    def share(self, held: Iterable[str]) -> float:
        """How much of the question these words hold, between 0 and 1."""
        there = set(held)
        for used, others in self.same:
            if any(other <= there for other in others):
                there |= used
        found = sum(said for word, said in self.weights.items() if word in there or self.is_begun(word, there))
        return found / sum(self.weights.values())

    def is_begun(self, word: str, there: Iterable[str]) -> bool:
        return word in self.begun and any(other.startswith(word) for other in there)

    def closest(self, running: Sequence[str]) -> float:
        """The same for the stretch of some words in a row that holds most of it."""
        width = 2 * len(self.weights) + 2
        places = [place for place, word in enumerate(running) if word in self.weights]
        stretches = (
            {running[there] for there in places[n:] if there - first < width} for n, first in enumerate(places)
        )
        return max(map(self.share, stretches), default=0.0)


def weight(word: str) -> float:
    """What a word says, between 0 and 1, by how common the language has it; the same for all without a model."""
    try:
        model = shared_encoder(options().threads)
    except EncoderMissing:
        return 1.0
    return model.rarity(word) if isinstance(model, MiniLM) else 1.0


@lru_cache(50_000)
def form(word: str) -> str:
    """A word without what bends it, more strictly than what is marked: “parking” is no “park”, a “party” no “part”."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            stem = word[: -len(ending)]
            doubled = len(stem) > SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in "ls"
            return (stem[:-1] if doubled else stem).rstrip("e")
    single = singular(word)
    return single.rstrip("e") if len(single) > SHORTEST_STEM else single


def singular(word: str) -> str:
    for ending, single in PLURALS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) + len(single) >= 3:
            return word[: -len(ending)] + single
    return word


@lru_cache(2000)  # a page looks at twenty things, and the same ones answer most questions
def forms(text: str) -> tuple[str, ...]:
    """The forms of a text's words, in order."""
    return tuple(form(word) for word in text_analysis.WORD.findall(fold(text)))
