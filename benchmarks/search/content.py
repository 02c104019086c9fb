"""What is searched: documents of two passages each, and the questions, all invented from the demo council's words.

Reading a million passages with the sentence model would take hours and say nothing about search. The model reads each
sentence of the demo once; the vector of a passage is the mean of its sentences', which is near to what the model itself
would make of it, since it takes the mean of its words. How fast the model reads is measured by itself.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import numpy as np

from demo.growing import sentences_by_topic
from demo.kinds.people import PEOPLE
from demo.kinds.topics import TOPICS
from demo.reading import read_content
from indexing.documents import Document
from indexing.embedding import Encoder
from indexing.embedding.encoder import Vectors
from indexing.engines.base import Progress

PASSAGES = 2  # of each document
SENTENCES = 8  # of each passage, about 110 words
SPLIT = re.compile(r"(?<=[.!?])\s+")
KINDS = ("story", "story", "guidance", "session")
TOKENS = (("everyone",), ("everyone",), ("organisation",), ("community:1",))
NEWEST = date(2026, 11, 1)


class PassageInventor:
    """Everything follows from a seed, whatever the number of documents."""

    def __init__(self, seed: int = 1) -> None:
        content = read_content()
        self._chance = Random(seed)  # noqa: S311 (content of a benchmark, not a secret)
        said = {one for some in sentences_by_topic(content).values() for one in some}
        self.sentences = sorted(one for one in said if len(SPLIT.split(one)) == 1 and len(one.split()) > 4)
        self.topics = sorted(topic.name for topic in content[TOPICS])
        self.places = sorted({person.location for person in content[PEOPLE] if person.location})
        self.names = [f"{one.given_name} {two.family_name}" for one, two in product(content[PEOPLE], repeat=2)]

    def documents(self, passages: int, people: Sequence[Any]) -> Iterator[Document]:
        """As many documents as give so many passages."""
        choose, chance = self._chance.choice, self._chance
        for number in range(passages // PASSAGES):
            topic, place = choose(self.topics), choose(self.places)
            sections = (f"## {choose(self.topics)}\n\n{self._say(SENTENCES)}" for _passage in range(PASSAGES))
            kind = KINDS[number % len(KINDS)]
            yield Document(
                key=f"bench.{kind}:{number}",
                kind=kind,
                title=f"{topic} in {place}: {choose(self.names)}",
                url=f"/bench/{number}/",
                tokens=frozenset(TOKENS[number % len(TOKENS)]),
                body="\n\n".join(sections),
                topics=(topic,),
                people=(choose(people),) if people else (),
                community=f"{topic}, {place}",
                community_key=f"bench.community:{topic}, {place}",
                date=NEWEST - timedelta(days=chance.randrange(2000)),
            )

    def questions(self, number: int) -> list[str]:
        """As people ask: a name, two words, half a sentence; no two alike."""
        found: dict[str, None] = {}
        while len(found) < number:
            words = self._chance.choice(self.sentences).rstrip(".!?").split()
            length = self._chance.choice((2, 4, 6, 9))
            start = self._chance.randrange(max(len(words) - length, 1))
            found[" ".join(words[start : start + length])] = None
            found[self._chance.choice(self.names)] = None
            found[f"{self._chance.choice(self.topics)} {self._chance.choice(self.places)}"] = None
        return list(found)[:number]

    def _say(self, number: int) -> str:
        return " ".join(self._chance.choices(self.sentences, k=number))


class Mixing:
    """The sentence model for questions; for passages the mean of the sentences that it has read."""

    def __init__(self, model: Encoder, sentences: Sequence[str]) -> None:
        self.name = model.name
        self.query = model.query
        self._places = {sentence: place for place, sentence in enumerate(sentences)}
        self._vectors = model.passages(sentences)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.array([self._mean(text) for text in texts], np.float32)

    def _mean(self, text: str) -> Vectors:
        said = (one for line in text.split("\n")[1:] for one in SPLIT.split(line))
        places = [self._places[one] for one in said if one in self._places]
        mean = self._vectors[places].mean(axis=0) if places else self._vectors[0]
        vector: Vectors = mean / np.linalg.norm(mean)
        return vector
