"""What can be set about search, from ``settings.SEARCH``."""

from dataclasses import dataclass, fields, replace
from typing import Any

from django.conf import settings

from indexing.address import SearchAddress
from indexing.fusion import DENSE_WEIGHT


@dataclass(frozen=True, slots=True)
class Options:
    """The settings, each with a default that suits most hubs."""

    address: SearchAddress
    dense_weight: float = DENSE_WEIGHT
    dense_floor: float = 0.35  # a cosine below this is a neighbour, not an answer
    sure_floor: float = 0.25  # a cosine from which a thing without all the words speaks for the people behind it
    lexical_floor: float = 0.3  # of the best document's score, where not every word is found
    good_answer: float = 0.5  # the cosine from which a passage is shown as the answer
    answer_floor: float = 0.26  # how sure one must be of a thing to say that it answers (``search.confidence``)
    naming_floor: float = 0.43  # and to name somebody for it
    depth: int = 200  # how many documents of each retriever say what is low and what is high
    threads: int = 0  # 0: as many as there are cores
    page_size: int = 20
    shards: int = 1  # of an index in Elasticsearch; one is right up to some millions of passages
    replicas: int = 1  # at most, as far as there are nodes

    def but(self, **changes: Any) -> "Options":
        return replace(self, **changes)


def options() -> Options:
    """The options of this hub. Keys are those of ``Options``, in capitals; ``URL`` is the address."""
    given = {key.lower(): value for key, value in settings.SEARCH.items()}
    address = SearchAddress.of(str(given.pop("url")))
    unknown = given.keys() - {field.name for field in fields(Options)}
    if unknown:
        raise ValueError(f"SEARCH has unknown keys: {', '.join(sorted(unknown))}.")
    return Options(address, **given)
