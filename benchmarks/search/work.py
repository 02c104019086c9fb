"""What is done inside the hub's Django: fills an engine, asks it, and fills and asks Wagtail's own search."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from rich.console import Console

from benchmarks.inside import READER
from benchmarks.places import HOST
from benchmarks.search.content import PASSAGES, Mixing, PassageInventor
from benchmarks.search.exact import nearest_of_all, recall
from benchmarks.search.peer import write
from home.models import PlainPage
from importing.progress import counting
from indexing import engines
from indexing.conf import options
from indexing.embedding import shared_encoder
from indexing.engines.base import EngineUnavailable, Request
from indexing.engines.elasticsearch import ElasticsearchEngine
from indexing.engines.embedded import EmbeddedEngine
from indexing.passages import cut
from people.models import User

READ = 256  # passages that the model reads to show how fast it does
TOKENS = frozenset({"everyone", "organisation", "community:1"})
PATIENCE = 90  # seconds
BEST, JUDGED = 10, 40  # of the nearest that must be found, for so many questions


def fill(order: Mapping[str, Any]) -> dict[str, Any]:
    """Make the index anew with so many passages, as ``search rebuild`` does."""
    invented, model = PassageInventor(), shared_encoder()
    mixing = Mixing(model, invented.sentences)
    kind = EmbeddedEngine if order["engine"] == "embedded" else ElasticsearchEngine
    engine = kind(options(), lambda: mixing)
    documents = invented.documents(order["passages"], people())
    with counting(Console(stderr=True), f"{order['engine']}, documents", order["passages"] // PASSAGES) as step:
        seconds = timed(lambda: engine.rebuild(documents, lambda _keys: [], step))
    stats = engine.stats()
    return {
        "documents": stats["documents"],
        "passages": stats["passages"],
        "written_per_second": round(int(stats["passages"]) / seconds, 1),
        "read_per_second": reading_rate(invented, model),
        "bytes": int(stats["bytes"]) + int(stats.get("bytes of vectors", 0)),
    }


def people() -> list[int]:
    """Who stands behind the documents, so that there is somebody who knows."""
    return list(User.objects.order_by("pk").values_list("pk", flat=True))


def reading_rate(invented: Any, model: Any) -> float:
    """Passages that the sentence model reads a second."""
    passages = [one.reading for each in invented.documents(READ, []) for one in cut(each.title, each.text)]
    return round(len(passages) / timed(lambda: model.passages(passages)), 1)


def ask(order: Mapping[str, Any]) -> dict[str, Any]:
    """The engine alone, without a page round it; and how many of the nearest it finds."""
    engine, judged = engines.engine(), order["questions"][:JUDGED]
    times = asked(order["questions"], order["warm"], lambda text: engine.search(Request(text, TOKENS)))
    invented = PassageInventor()
    mixing = Mixing(shared_encoder(), invented.sentences)
    documents = invented.documents(order["passages"], people())
    exact = nearest_of_all(documents, mixing, judged, TOKENS, BEST)
    return {"engine_ms": times, "recall": recall(engine, judged, TOKENS, exact)}


def peer(order: Mapping[str, Any]) -> dict[str, Any]:
    """The same documents as pages, found by Wagtail's search in the database."""
    pages = write(order["passages"])
    seconds = timed(lambda: call_command("update_index", "--verbosity", "0"))
    times = asked(order["questions"], 1, lambda text: first_page(PlainPage.objects.live().search(text)))
    return {"documents": pages, "written_per_second": round(order["passages"] / seconds, 1), "engine_ms": times}


def first_page(hits: Any) -> tuple[int, list[Any]]:
    """How many there are, and the first twenty: what a page of results asks for."""
    return hits.count(), list(hits[:20])


def cookie(_order: Mapping[str, Any]) -> dict[str, Any]:
    """The session of a reader who is signed in."""
    client = Client(HTTP_HOST=HOST)
    client.force_login(User.objects.get(email=READER))
    name = settings.SESSION_COOKIE_NAME
    return {"cookie": f"{name}={client.cookies[name].value}"}


def questions(order: Mapping[str, Any]) -> list[str]:
    """What everybody is asked."""
    return PassageInventor(seed=2).questions(order["number"])


def asked(questions: Sequence[str], warm: int, answer: Callable[[str], Any]) -> list[float]:
    """The milliseconds of every question but the first ones; of fewer where they take more than ``PATIENCE``."""
    wake(questions[0], answer)
    for question in questions[:warm]:
        answer(question)
    return list(milliseconds(questions[warm:], answer))


def wake(question: str, answer: Callable[[str], Any]) -> None:
    """Ask until there is an answer: an index that was just filled may take longer than anybody who searches waits."""
    for _second in range(PATIENCE):
        with suppress(EngineUnavailable):
            answer(question)
            return
        time.sleep(1)
    answer(question)


def milliseconds(questions: Sequence[str], answer: Callable[[str], Any]) -> Iterator[float]:
    until = time.monotonic() + PATIENCE
    for question in questions:
        yield round(1000 * timed(partial(answer, question)), 2)
        if time.monotonic() > until:
            return


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


WORK = {"fill": fill, "ask": ask, "peer": peer, "cookie": cookie, "questions": questions}
