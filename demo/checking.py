"""Whether the demo council's content is true to itself: names that resolve, dates that can be, texts that fit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from demo.kind import Content, ContentKind, Faults
from demo.kinds import KINDS
from demo.shaping import ContentError

Kinds = Iterable[ContentKind[Any, Any]]


def check(content: Content, kinds: Kinds = KINDS) -> Content:
    """``content`` itself. Raises ``ContentError`` with every fault that it has."""
    faults = [*_names(content, kinds)]
    for kind, thing in _things(content, kinds):
        faults += [*kind.check(thing, content), *_parts(kind, thing)]
    if faults:
        raise ContentError("\n".join(faults))
    return content


def _things(content: Content, kinds: Kinds) -> Iterator[tuple[ContentKind[Any, Any], Any]]:
    return ((kind, thing) for kind in kinds for thing in content[kind])


def _names(content: Content, kinds: Kinds) -> Faults:
    """Every name that is used belongs to somebody or something, and to one only."""
    words = {kind.name: kind.word for kind in kinds}
    known = {kind.name: Counter(kind.key(thing) for thing in content[kind]) for kind in kinds}
    for name, keys in known.items():
        yield from (f"There are {n} of the {words[name]} {key}." for key, n in keys.items() if n > 1)
    for kind, thing in _things(content, kinds):
        for name, named in kind.names(thing):
            unknown = (key for key in named if key not in known[name])
            yield from (f"{kind.key(thing)}: there is no {words[name]} {key}." for key in unknown)


def _parts(kind: ContentKind[Any, Any], thing: Any) -> Faults:
    """Texts that are too long for their place, and words that are none of those to choose from."""
    where = kind.key(thing)
    for part in kind.parts(thing):
        for name, longest in kind.longest.items():
            if len(getattr(part, name, "")) > longest:
                yield f"{where}: {name} is longer than {longest} letters."
        for name, choices in kind.choices.items():
            if (chosen := getattr(part, name, choices[0])) not in choices:
                yield f"{where}: {name} cannot be {chosen}."
