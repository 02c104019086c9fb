"""How many things a search lists, in all and in each facet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexing.engines.base import FACETS


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """So many things, in all and with each value of each facet."""

    total: int = 0
    facets: Mapping[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in FACETS})

    def __add__(self, other: "FacetCounts") -> "FacetCounts":
        """Of two lots that have nothing in common."""
        facets = {name: self.facets[name] + other.facets[name] for name in FACETS}
        return FacetCounts(self.total + other.total, facets)


def counted(answer: Mapping[str, Any]) -> FacetCounts:
    """What the aggregations of ``questions.counts`` say."""
    told = answer["aggregations"]
    values = {name: told[name]["values"]["buckets"] for name in FACETS}
    facets = {name: Counter({each["key"]: int(each["doc_count"]) for each in found}) for name, found in values.items()}
    return FacetCounts(int(told["total"]["doc_count"]), facets)
