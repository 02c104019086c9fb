"""What can be set about search, from ``settings.SEARCH``."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from search.fusion import DENSE_WEIGHT


@dataclass(frozen=True, slots=True)
class Options:
    """The settings, each with a default that suits most hubs."""

    path: Path
    engine: str = "search.engines.embedded.EmbeddedEngine"
    dense_weight: float = DENSE_WEIGHT
    dense_floor: float = 0.35  # a cosine below this is a neighbour, not an answer
    lexical_floor: float = 0.3  # of the best document's score, where not every word is found
    good_answer: float = 0.5  # the cosine from which a passage is shown as the answer
    depth: int = 200  # how many documents of each half say what is low and what is high
    threads: int = 0  # 0: as many as there are cores
    page_size: int = 20

    def but(self, **changes: Any) -> "Options":
        return replace(self, **changes)


def options() -> Options:
    """The options of this hub. Keys are those of ``Options``, in capitals."""
    given = {key.lower(): value for key, value in settings.SEARCH.items()}
    unknown = given.keys() - {field.name for field in fields(Options)}
    if unknown:
        raise ValueError(f"SEARCH has unknown keys: {', '.join(sorted(unknown))}.")
    return Options(**(given | {"path": Path(given["path"])}))
