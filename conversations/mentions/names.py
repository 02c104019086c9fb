"""What can be named, and what a text names of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from conversations.mentions.parsing import Beginning
from people.names import plain_words


@dataclass(frozen=True, slots=True)
class Mentionable:
    """Somebody or something that a post can name."""

    key: str
    name: str
    slug: str = ""  # by which it is named where two have one name
    about: str = ""  # what tells it from another of the same name

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def pk(self) -> int:
        return int(self.key.split(":")[1])


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A place in a text that names somebody."""

    start: int
    end: int
    typed: str
    named: Mentionable


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An @ that stays as it was typed: nobody is called so, or several are (``choices``)."""

    typed: str
    choices: Sequence[Mentionable] = ()


@dataclass
class Names:
    """What can be named, by the words of its name, accents and capitals aside, and by its address."""

    by_words: dict[tuple[str, ...], dict[str, Mentionable]] = field(default_factory=lambda: defaultdict(dict))
    by_slug: dict[str, dict[str, Mentionable]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, named: Mentionable, *also: str) -> None:
        for name in (named.name, *also):
            if words := tuple(plain_words(name)):
                self.by_words[words][named.key] = named
        if named.slug:
            self.by_slug[named.slug][named.key] = named

    def called(self, typed: str) -> list[Mentionable]:
        """Those that are called so. An address of several words is meant as one."""
        by_slug = self.by_slug.get(typed, {})
        if "-" in typed and by_slug:
            return list(by_slug.values())
        return list({**self.by_words.get(tuple(plain_words(typed)), {}), **by_slug}.values())


def read(text: str, found: Iterable[Beginning], *known: Names) -> tuple[list[MentionSpan], list[Unresolved]]:
    """What ``text`` names. What the first of ``known`` holds goes before the next."""
    spans: list[MentionSpan] = []
    unresolved = []
    for beginning in found:
        if spans and beginning.at < spans[-1].end:
            continue
        end, typed, called = _longest(beginning, known)
        if len(called) == 1:
            spans.append(_span(text, beginning.at, end, called[0]))
        else:
            unresolved.append(Unresolved(typed, called))
    return spans, unresolved


def _longest(beginning: Beginning, known: Sequence[Names]) -> tuple[int, str, list[Mentionable]]:
    for end, typed in beginning.names:
        for names in known:
            if called := names.called(typed):
                return end, typed, called
    end, typed = beginning.names[-1]
    return end, typed, []


def _span(text: str, at: int, end: int, named: Mentionable) -> MentionSpan:
    """A name that ends with a sign takes it along where it was typed: ``@Dev (parks)``."""
    if text.startswith(named.name, at + 1):
        end = max(end, at + 1 + len(named.name))
    return MentionSpan(at, end, text[at + 1 : end], named)
