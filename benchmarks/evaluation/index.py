"""An index for one measurement, which nothing of the hub's is part of."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.evaluation.sets import SetError
from indexing.address import SearchAddress
from indexing.conf import Options
from indexing.documents import Document
from indexing.embedding import Encoder, shared_encoder
from indexing.embedding.encoder import Vectors
from indexing.engines.base import Progress
from indexing.engines.embedded import EmbeddedEngine


class Forgetful:
    """The sentence model without its memory of questions, so that each half is timed with all its work."""

    def __init__(self) -> None:
        self.encoder = shared_encoder()
        self.name = self.encoder.name

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.encoder.passages(texts, progress)

    def query(self, text: str) -> Vectors:
        vector: Vectors = self.encoder.passages([text])[0]
        return vector


@contextmanager
def filled(
    documents: Sequence[Document], progress: Progress | None, encoder: Callable[[], Encoder] = Forgetful
) -> Iterator[EmbeddedEngine]:
    """An engine with the product's settings that holds ``documents``, in a folder that goes away."""
    if not documents:
        raise SetError("There are no documents to search.")
    with tempfile.TemporaryDirectory(prefix="folkmoot-evaluate-") as folder:
        engine = EmbeddedEngine(Options(SearchAddress.folder(Path(folder))), encoder)
        engine.put(documents, progress)
        yield engine
