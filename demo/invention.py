"""Invents as many things as one likes, in the words of the demo council.

Everything follows from a seed. Sentences are taken from what the demo says about the same topics, so that search has
something to find; nobody would read them twice. What is peculiar to a kind stands in its module.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

from django.db import models

from communities.models import CommunityPage
from core.audiences import Audience
from importing.texts import TextRow

SENTENCE = re.compile(r"(?<=[.!?’])\s+(?=[A-Z‘I])")
ENDINGS = ("a first winter", "what we tried", "one year on", "the second attempt", "who does what", "the beginning",
           "how it was paid for", "the awkward questions", "what the figures say", "and what came after")  # fmt: skip
MARK = "invented"  # how the ids of invented things begin
YEARS_BACK = 6 * 365
AUDIENCES = (Audience.EVERYONE,) * 6 + (Audience.ORGANISATION,) * 3 + (Audience.MEMBERS,)


@dataclass(slots=True)
class Inventor:
    """Draws everything from one seeded source of ``chance``, always in the same order."""

    chance: Random
    now: datetime
    topics: Mapping[str, str]  # names by slug
    places: Sequence[str]
    names: Sequence[tuple[str, str]]  # given and family names
    job_titles: Sequence[str]
    sentences: Mapping[str, Sequence[str]]  # by topic
    people: list[str] = field(default_factory=list)  # the ids of those who were invented
    hosts: list[str] = field(default_factory=list)  # what communities that were invented are called

    def texts(self, number: int) -> Iterator[TextRow]:
        """Stories, or pages of guidance."""
        for n in range(number):
            topics = self.some_topics(2)
            place, ending = self.chance.choice(self.places), self.chance.choice(ENDINGS)
            yield TextRow(
                id=f"{MARK}-{n}",
                title=f"{self.topics[topics[0]]} in {place}: {ending}",
                summary=self.say(topics, 1)[:400],
                body="\n\n".join(self.say(topics, self.chance.randint(3, 6)) for _part in range(3)),
                published=self.moment(),
                authors=self.some_people(2),
                topics=topics,
                source="",
                source_url="",
            )

    def pairs(self) -> list[tuple[str, str]]:
        pairs = list(product(self.topics, self.places))
        self.chance.shuffle(pairs)
        return pairs

    def moment(self) -> datetime:
        return self.now - timedelta(days=self.chance.randint(1, YEARS_BACK), minutes=self.chance.randint(0, 600))

    def some_topics(self, number: int) -> tuple[str, ...]:
        return tuple(self.chance.sample(sorted(self.topics), number))

    def some_people(self, number: int) -> tuple[str, ...]:
        return tuple(self.chance.sample(self.people, min(number, len(self.people))))

    def say(self, topics: Sequence[str], number: int) -> str:
        """``number`` sentences about these topics."""
        pool = [sentence for topic in topics for sentence in self.sentences[topic]]
        return " ".join(self.chance.choice(pool) for _sentence in range(number))


def sentences(*texts: str) -> list[str]:
    """The sentences of paragraphs, without headings and lists."""
    paragraphs = (line for text in texts for line in text.split("\n") if line[:1].isalpha() or line[:1] == "‘")
    return [sentence for paragraph in paragraphs for sentence in SENTENCE.split(paragraph) if sentence]


def invented(model: type[models.Model]) -> Any:
    """Those of one model that were invented."""
    return model._default_manager.filter(imported_id__startswith=f"{MARK}-").order_by("pk")


def save_audiences(pages: Sequence[Any], fields: list[str]) -> None:
    type(pages[0])._default_manager.bulk_update(pages, fields, batch_size=500)


def scatter(model: type[models.Model], communities: Sequence[CommunityPage], chance: Random) -> None:
    """Every page that was invented belongs to a community, some of it in private."""
    pages = list(invented(model))
    for page in pages:
        page.community, page.audience = chance.choice(communities), chance.choice(AUDIENCES)
    save_audiences(pages, ["community", "audience"])
