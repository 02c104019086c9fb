"""Invents as many people, communities, stories and pages as one likes, in the words of the demo council.

Everything follows from a seed. Sentences are taken from what the demo says about the same topics, so that search has
something to find; nobody would read them twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import product
from random import Random

from core.audiences import Audience
from demo.shapes import Content, Guidance, Story
from importing.kinds.communities import CommunityRow
from importing.kinds.events import EventRow
from importing.kinds.people import PersonRow
from importing.texts import TextRow

SENTENCE = re.compile(r"(?<=[.!?’])\s+(?=[A-Z‘I])")
ENDINGS = ("a first winter", "what we tried", "one year on", "the second attempt", "who does what", "the beginning",
           "how it was paid for", "the awkward questions", "what the figures say", "and what came after")  # fmt: skip
MARK = "invented"  # how the ids of invented things begin
YEARS_BACK = 6 * 365


class Inventor:
    """Draws everything from one seeded source of chance, always in the same order."""

    def __init__(self, content: Content, seed: int, now: datetime) -> None:
        self._chance, self._now = Random(seed), now  # noqa: S311 (content of a demo, not a secret)
        self._topics = {topic.slug: topic.name for topic in content.topics}
        self._places = sorted({person.location for person in content.people if person.location})
        self._names = [(person.given_name, other.family_name) for person, other in product(content.people, repeat=2)]
        self._job_titles = sorted({person.job_title for person in content.people})
        self._sentences = sentences_by_topic(content)
        self._chance.shuffle(self._names)

    def people(self, number: int) -> list[PersonRow]:
        return [self._person(n) for n in range(number)]

    def _person(self, n: int) -> PersonRow:
        given, family = self._names[n % len(self._names)]
        job_title = self._chance.choice(self._job_titles)
        return PersonRow(
            id=f"{MARK}-{n}",
            name=f"{given} {family}",
            given_name=given,
            family_name=family,
            organisation="Withermere Council",
            about=f"{job_title}. {self._say(self._some_topics(1), 2)}",
            location=self._chance.choice(self._places),
        )

    def communities(self, number: int, people: Sequence[PersonRow]) -> Iterator[CommunityRow]:
        for n, (topic, place) in zip(range(number), self._pairs(), strict=False):
            opened = self._moment()
            yield CommunityRow(
                id=f"{MARK}-{n}",
                title=f"{self._topics[topic]}, {place}",
                summary=self._say([topic], 1)[:400],
                purpose=self._say([topic], 1),
                body="\n\n".join(self._say([topic], 4) for _part in range(2)),
                opened=opened.date(),
                closed=self._now.date() if self._chance.random() < 0.05 else None,
                leads=self._some_people(people, 2),
                topics=(topic, *self._some_topics(1)),
                channels=(),
            )

    def texts(self, number: int, people: Sequence[PersonRow]) -> Iterator[TextRow]:
        """Stories, or pages of guidance."""
        for n in range(number):
            topics = self._some_topics(2)
            place, ending = self._chance.choice(self._places), self._chance.choice(ENDINGS)
            yield TextRow(
                id=f"{MARK}-{n}",
                title=f"{self._topics[topics[0]]} in {place}: {ending}",
                summary=self._say(topics, 1)[:400],
                body="\n\n".join(self._say(topics, self._chance.randint(3, 6)) for _part in range(3)),
                published=self._moment(),
                authors=self._some_people(people, 2),
                topics=topics,
                source="",
                source_url="",
            )

    def sessions(self, number: int, hosts: Sequence[str], people: Sequence[PersonRow]) -> Iterator[EventRow]:
        """Half of them over, half to come, some time in half a year either way."""
        for n in range(number):
            topics = self._some_topics(1)
            day = self._now + timedelta(days=self._chance.randint(-180, 180))
            starts = day.replace(hour=self._chance.randint(9, 18), minute=0, second=0, microsecond=0)
            yield EventRow(
                id=f"{MARK}-{n}",
                title="",
                summary=self._say(topics, 1)[:400],
                body="",
                starts=starts,
                ends=starts + timedelta(minutes=self._chance.choice((60, 90, 120))),
                host=self._chance.choice(hosts),
                location=self._chance.choice(self._places),
                people=self._some_people(people, 2),
                topics=topics,
            )

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = list(product(self._topics, self._places))
        self._chance.shuffle(pairs)
        return pairs

    def _moment(self) -> datetime:
        return self._now - timedelta(days=self._chance.randint(1, YEARS_BACK), minutes=self._chance.randint(0, 600))

    def _some_topics(self, number: int) -> tuple[str, ...]:
        return tuple(self._chance.sample(sorted(self._topics), number))

    def _some_people(self, people: Sequence[PersonRow], number: int) -> tuple[str, ...]:
        return tuple(person.id for person in self._chance.sample(people, min(number, len(people))))

    def _say(self, topics: Sequence[str], number: int) -> str:
        """``number`` sentences about these topics."""
        pool = [sentence for topic in topics for sentence in self._sentences[topic]]
        return " ".join(self._chance.choice(pool) for _sentence in range(number))


def sentences_by_topic(content: Content) -> dict[str, list[str]]:
    """What the demo says to everyone about each topic. Private words never become part of something public."""
    said: dict[str, list[str]] = defaultdict(list)
    for topic in content.topics:
        said[topic.slug] += [topic.summary, f"This is about {topic.name.lower()}."]
    things: list[Story | Guidance] = [*content.stories, *content.guidance]
    for thing in things:
        if thing.audience == Audience.EVERYONE:
            for slug in thing.topics:
                said[slug] += _sentences(thing)
    return said


def _sentences(thing: Story | Guidance) -> list[str]:
    parts = (thing.body,) if isinstance(thing, Guidance) else (thing.need, thing.did, thing.changed, thing.reuse)
    paragraphs = (line for part in parts for line in part.split("\n") if line[:1].isalpha() or line[:1] == "‘")
    return [sentence for paragraph in paragraphs for sentence in SENTENCE.split(paragraph) if sentence]
