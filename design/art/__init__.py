"""Pictures drawn by code: linocuts from a seed, as small SVG that knows day and night.

A community's emblem and cover, a story without a photograph and a person without a portrait all get a print that is
always the same for them and made for nobody else. The same seed and variant give the same picture, byte for byte, for
as long as ``VERSION`` stays the same; it stands in the address of a picture, so that a browser may keep it for good.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from design.art.covers import COVERS
from design.art.emblems import EMBLEMS
from design.art.portfolio import Portfolio
from design.art.portraits import PORTRAITS
from design.art.scenes import STORIES

__all__ = ["KINDS", "VERSION", "apart", "describe", "draw", "known", "resolve"]

_PORTFOLIOS = {portfolio.kind: portfolio for portfolio in (STORIES, COVERS, EMBLEMS, PORTRAITS)}

KINDS: dict[str, list[str]] = {kind: portfolio.names for kind, portfolio in _PORTFOLIOS.items()}
"""The variants that each kind of picture comes in."""


def draw(kind: str, seed: str, variant: str = "") -> str:
    """The picture as SVG text. An unknown kind or variant is a ``ValueError``."""
    return _portfolio(kind).draw(resolve(kind, seed, variant), seed)


def resolve(kind: str, seed: str, variant: str = "") -> str:
    """The variant that is drawn: the one asked for, or the seed's own where none is."""
    portfolio = _portfolio(kind)
    if variant and variant not in portfolio.drawings:
        raise ValueError(f"There is no {kind} called {variant!r}.")
    return variant or portfolio.choose(seed)


def known(kind: str, variant: str) -> str:
    """``variant`` where there is one of that name, else none: a database may name a picture that is no longer drawn."""
    return variant if variant in _portfolio(kind).drawings else ""


def apart(kind: str, pictures: Iterable[tuple[str, str]]) -> list[str]:
    """The variant for each seed and variant of one list, so that none is seen twice while there are others.

    The first to want a variant has it. Whoever wants it after them gets the least used one that follows it in the
    portfolio, so that the same list always gets the same pictures.
    """
    names = _portfolio(kind).names
    wanted = [resolve(kind, seed, variant) for seed, variant in pictures]
    used = Counter(set(wanted))
    first: set[str] = set()
    given: list[str] = []
    for name in wanted:
        if name in first:
            after = names.index(name)
            name = min(names[after:] + names[:after], key=used.__getitem__)  # noqa: PLW2901 (the next best)
            used[name] += 1
        else:
            first.add(name)
        given.append(name)
    return given


def describe(kind: str, variant: str, seed: str = "") -> str:
    """What the picture shows, in the reader's language, for its alternative text."""
    return str(_portfolio(kind).drawings[resolve(kind, seed, variant)].alt)


def _portfolio(kind: str) -> Portfolio:
    try:
        return _PORTFOLIOS[kind]
    except KeyError:
        raise ValueError(f"There is no kind of picture called {kind!r}.") from None


def _version() -> str:
    """A hash of the package's source: any change to how pictures are cut gives them new addresses."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for module in sorted(folder.rglob("*.py")):
        digest.update(module.relative_to(folder).as_posix().encode() + b"\0" + module.read_bytes() + b"\0")
    return digest.hexdigest()[:10]


VERSION: str = _version()
