"""What people ask of councils and of whoever they work for, and of the world: to tell when a question is about that.

Nearness in meaning says that “burial plot” has to do with a plot of vegetables. That it has more to do with burials
says that the plot is no answer. So there is a list of subjects in ``subjects.txt``, a line each. Where a question is
clearly near one of them and a thing is near to neither, they stand apart, by as much as the question is nearer. A
subject that the hub has something on takes nothing away from that: it is as near to it as the question.

The list is nobody's to keep in step with the hub. A subject that is missing in it only makes search less strict.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

from indexing.conf import options
from indexing.embedding import Encoder, shared_encoder
from indexing.embedding.encoder import Vectors
from indexing.engines.base import IndexedDocument
from search.answer_extraction import vector

SUBJECTS = Path(__file__).with_name("subjects.txt")
CLEAR = 0.4  # the cosine from which a question is about a subject
ANSWERS = 0.8  # how much a thing's own nearness to the question counts against that


def apart(question: str, stored: IndexedDocument) -> float:
    """How much nearer the question is to a subject than the thing is, between 0 and 1."""
    encoder = shared_encoder(options().threads)
    asked = nearness(question, encoder)
    about = asked >= CLEAR
    if not about.any():
        return 0.0
    thing = np.max([directions(encoder) @ vector(text, encoder) for text in said(stored)], axis=0)
    thing = np.maximum(thing, ANSWERS * stored.cosine)
    return max(float((asked - thing)[about].max()), 0.0)


def said(stored: IndexedDocument) -> list[str]:
    """What a thing says of itself: all of it, and each topic, since some of it may be just what is asked."""
    return [f"{stored.title}. {stored.summary} {', '.join(stored.topics)}", *stored.topics]


@lru_cache(1000)  # a page asks for each of a few things
def nearness(question: str, encoder: Encoder) -> Vectors:
    near: Vectors = directions(encoder) @ encoder.query(question)
    return near


@lru_cache(2)
def directions(encoder: Encoder) -> Vectors:
    """A row for each subject. Reading them takes the model a fifth of a second, once."""
    return encoder.passages(SUBJECTS.read_text("utf-8").splitlines())
