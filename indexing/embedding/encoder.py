"""Turns texts into vectors with the sentence model. One model per process, safe for many threads."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import log
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Encoding, Tokenizer

from indexing.embedding import graph, weights

logger = logging.getLogger(__name__)

DIMENSIONS = graph.WIDTH
LONGEST = 256
BATCH = 32
REMEMBERED = 512
FIRST_WORD = 1995  # of the vocabulary: before it stand letters and signs
Vectors = NDArray[np.float32]
Progress = Callable[[int], None]


class EncoderMissing(Exception):
    """There is no sentence model to ask; the message says what to do."""


class Encoder(Protocol):
    """What the engines ask of a sentence model."""

    name: str

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of length one for each text; a text without words gives zeros."""

    def query(self, text: str) -> Vectors:
        """The vector of what somebody asked."""

    def __hash__(self) -> int:
        """What one model has read can be remembered beside it."""


class MiniLM:
    """all-MiniLM-L6-v2, from weights that were checked."""

    name = f"all-MiniLM-L6-v2:{weights.CHECKSUMS['model.safetensors'][:12]}"

    def __init__(self, files: weights.Weights, threads: int = 0) -> None:
        self.tokenizer = Tokenizer.from_file(str(files.tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.session = session(files, threads)
        # Paging and choosing facets ask the same words again; a vector costs more than anything else in a search.
        self.query = lru_cache(REMEMBERED)(self._query)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Texts of like length share a batch, so that little is spent on padding."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        encodings = self.tokenizer.encode_batch([clean(text) for text in texts])
        order = sorted(range(len(texts)), key=lambda index: len(encodings[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._run([encodings[index] for index in batch])
            if progress:
                progress(len(batch))
        vectors[[not text.strip() for text in texts]] = 0
        return vectors

    def knows(self, word: str) -> bool:
        """Whether the model learned the word as a whole: only common ones it did."""
        return self.tokenizer.token_to_id(word) is not None

    def rarity(self, word: str) -> float:
        """How rare the language has a word, between 0 and 1: the vocabulary begins with the most common ones, and has
        those that are rarer than any of it in pieces.
        """
        ids = self.tokenizer.encode(word, add_special_tokens=False).ids
        words = self.tokenizer.get_vocab_size() - FIRST_WORD
        return log(max(ids[0] - FIRST_WORD, 1)) / log(words) if len(ids) == 1 else 1.0

    def _query(self, text: str) -> Vectors:
        vector: Vectors = self.passages([text])[0]
        vector.flags.writeable = False
        return vector

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        ids = np.zeros((len(encodings), max(len(encoding) for encoding in encodings)), np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        vectors: Vectors = self.session.run(["vectors"], {"ids": ids, "mask": mask})[0]
        return vectors


def session(files: weights.Weights, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that wait give the core back: a hub's other requests need it more than this one needs the microseconds.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = graph.build(load_file(files.model))
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def clean(text: str) -> str:
    """The text without halves of characters, which no tokenizer accepts."""
    return text.encode("utf-8", "ignore").decode("utf-8")


_shared: dict[int, MiniLM] = {}
_lock = threading.Lock()


def shared_encoder(threads: int = 0) -> Encoder:
    """The model of this process, loaded when first asked for; EncoderMissing when there is none."""
    with _lock:
        if threads not in _shared:
            try:
                _shared[threads] = MiniLM(weights.find(), threads)
            except weights.WeightsError as error:
                raise EncoderMissing(str(error)) from error
        return _shared[threads]


def encoder_or_none(ask: Callable[[], Encoder]) -> Encoder | None:
    """What ``ask`` gives; nothing while there is no model. Search then works with words only, and the log says so."""
    try:
        return ask()
    except EncoderMissing as error:
        logger.warning("Search works with words only: %s", error)
        return None
