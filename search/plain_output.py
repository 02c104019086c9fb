"""What somebody who asks is given, in plain data and as lines: for ``manage.py search ask``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from search.answering import SearchAnswer
from search.expert_finder import SuggestedExpert
from search.query import Hit

NEXT = gettext_lazy("Say it in other words, ask a community that is near it, or ask the hub team.")


def as_data(question: str, given: SearchAnswer) -> dict[str, Any]:
    """The answer as JSON has it. ``near`` answers nothing; it is what the page sets apart under “near it”."""
    found = given.results
    return {
        "question": question,
        "sure": bool(found.sure or given.pinned),
        "results": [
            *({"title": one.title, "url": one.url, "kind": "recommended", "score": 1.0} for one in given.pinned),
            *map(_row, found.hits),
        ],
        "people": [{"name": str(one.person.name), "why": why(one)} for one in given.people],
        "suggestion": given.better or ("" if found.sure or given.pinned else str(NEXT)),
        "near": [_row(hit) for hit in found.near],
        "message": str(found.degraded),
    }


def why(knowing: SuggestedExpert) -> str:
    """What speaks for somebody, and where they help next, in sentences."""
    sentences = [*knowing.reasons, *([knowing.helps.text] if knowing.helps else [])]
    return " ".join(f"{sentence}." for sentence in sentences)


def as_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The same to be read."""
    if told["message"]:
        yield told["message"]
    if told["results"]:
        yield from _listed(told["results"])
    else:
        yield _("We have nothing on “%(question)s”.") % {"question": told["question"]}
    if told["people"]:
        yield _("People who know:")
        yield from (f"  {one['name']}: {one['why']}" for one in told["people"])
    if told["near"]:
        yield _("Close matches:")
        yield from _listed(told["near"])
    if told["suggestion"]:
        yield (
            told["suggestion"] if not told["results"] else _("Did you mean: %(words)s") % {"words": told["suggestion"]}
        )


def _row(hit: Hit) -> dict[str, Any]:
    return {"title": hit.title, "url": hit.url, "kind": hit.kind, "score": round(hit.score, 4)}


def _listed(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    return (f"  {row['score']:.2f}  {row['title']} ({row['kind']})  {row['url']}" for row in rows)
