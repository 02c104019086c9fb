"""How long somebody who searches waits at most, whatever a node does.

A time-out alone begins anew with every question of a search, every node that is asked it, and every byte that comes.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from typing import Any

import urllib3
from elastic_transport import NodeConfig, TransportError, Urllib3HttpNode
from urllib3.exceptions import ReadTimeoutError

_until: ContextVar[float] = ContextVar("until", default=inf)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """All that is asked inside shares this time."""
    before = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(before)


def left() -> float:
    return _until.get() - time.monotonic()


@dataclass(frozen=True, slots=True)
class BufferedResponse:
    """An answer that has been read to its end."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class Pool:
    """Connections to one node, over which an answer is waited for no longer than there is time."""

    def __init__(self, real: urllib3.HTTPConnectionPool) -> None:
        self.real = real
        self.close = real.close

    def urlopen(self, method: str, target: str, timeout: float | None = None, **options: Any) -> BufferedResponse:
        seconds = min(timeout or inf, left())
        within = urllib3.Timeout(None if seconds == inf else seconds)
        answer = self.real.urlopen(method, target, timeout=within, preload_content=False, **options)
        try:
            return BufferedResponse(answer.status, answer.headers, b"".join(self._pieces(answer, target)))
        except BaseException:
            answer.close()  # what is still to come would be taken for the next answer
            raise
        finally:
            answer.release_conn()

    def _pieces(self, answer: urllib3.BaseHTTPResponse, target: str) -> Iterator[bytes]:
        while piece := answer.read1():
            yield piece
            if left() <= 0:
                raise ReadTimeoutError(self.real, target, "The answer took too long.")


class DeadlineNode(Urllib3HttpNode):
    """A node that is asked as long as somebody waits, and that must be an Elasticsearch."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self.pool: Any = Pool(self.pool)

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        if left() <= 0:
            raise TransportError("The search cluster took too long.")
        answer = super().perform_request(*args, **kwargs)
        if answer.meta.status < 300 and "json" not in (answer.meta.mimetype or ""):
            raise TransportError("Something else than Elasticsearch answered. Look at SEARCH_URL.")
        return answer
