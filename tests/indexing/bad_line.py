"""A line between a hub and its search cluster that fails in all the ways in which lines and servers do."""

import http.client
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

HOST = "127.0.0.1"
TOO_LONG = 3.0  # seconds: longer than a node has to answer a question
ELASTIC = (("X-Elastic-Product", "Elasticsearch"), ("Content-Type", "application/json"))
OURS = ("content-length", "transfer-encoding", "date", "server")  # headers that the line itself writes


class Line(ThreadingHTTPServer):
    """Carries requests to the real server at ``url``, as well as its ``fault`` lets it. ``asked`` counts them."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, url: str) -> None:
        super().__init__((HOST, 0), Exchange)
        self.real = urlsplit(url).netloc
        self.asked = 0
        self.over = threading.Event()
        self.mend()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    def mend(self) -> None:
        self.fault: Fault = Exchange.carry

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, *args: object) -> None:
        """Whoever asked did not wait for the answer, as is to be expected."""


class Exchange(BaseHTTPRequestHandler):
    """One connection to the line."""

    protocol_version = "HTTP/1.1"
    server: Line

    def do_GET(self) -> None:
        self.server.asked += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.fault(self, body)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815 (http.server wants these names)

    def carry(self, body: bytes, share: float = 1.0) -> None:
        """Ask the real server and give back its answer, or the first part of it."""
        with closing(http.client.HTTPConnection(self.server.real, timeout=60)) as real:
            real.request(self.command, self.path, body, dict(self.headers))
            answer = real.getresponse()
            told = answer.read()
        self.tell(answer.status, told, answer.getheaders(), share)

    def tell(self, status: int, body: bytes, headers: Any = ELASTIC, share: float = 1.0) -> None:
        self.head(status, body, headers)
        if self.command != "HEAD":
            self.wfile.write(body[: int(len(body) * share)])
        self.close_connection = share < 1

    def head(self, status: int, body: bytes, headers: Any = ELASTIC) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in OURS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nobody reads what the line has to say."""


Fault = Callable[[Exchange, bytes], None]


def slow(exchange: Exchange, body: bytes) -> None:
    exchange.server.over.wait(TOO_LONG)
    exchange.carry(body)


def silent(exchange: Exchange, body: bytes) -> None:
    exchange.server.over.wait()


def trickling(exchange: Exchange, body: bytes) -> None:
    """A byte now and a byte then: there is always something, and never all of it."""
    answer = b'{"responses": [' + b" " * 1000 + b"]}"
    exchange.head(200, answer)
    for place in range(len(answer)):
        exchange.wfile.write(answer[place : place + 1])
        exchange.server.over.wait(0.1)


def hung_up(exchange: Exchange, body: bytes) -> None:
    exchange.close_connection = True


def cut(exchange: Exchange, body: bytes) -> None:
    exchange.carry(body, share=0.5)


def busy(exchange: Exchange, body: bytes) -> None:
    exchange.tell(503, b'{"error": {"type": "no_shard_available_action_exception"}, "status": 503}')


def crowded(exchange: Exchange, body: bytes) -> None:
    exchange.tell(429, b'{"error": {"type": "es_rejected_execution_exception"}, "status": 429}')


def garbled(exchange: Exchange, body: bytes) -> None:
    exchange.tell(200, b'{"responses": [{"took": 1, "hi')


def somebody_else(exchange: Exchange, body: bytes) -> None:
    exchange.tell(200, b"<h1>Please sign in to the guest network</h1>", [("Content-Type", "text/html")])


def now_and_then(fault: Fault) -> Fault:
    """Every second request fares so."""
    return lambda exchange, body: (Exchange.carry if exchange.server.asked % 2 else fault)(exchange, body)


def the_first_time(fault: Fault) -> Fault:
    """Each question fares so when it is asked first. Several are asked at once, so that to count them says nothing of
    which one is asked again.
    """
    known: set[bytes] = set()

    def fare(exchange: Exchange, body: bytes) -> None:
        question = exchange.path.encode() + body
        carries = question in known
        known.add(question)
        (Exchange.carry if carries else fault)(exchange, body)

    return fare


FAULTS: Mapping[str, Fault] = {
    fault.__name__: fault for fault in (slow, silent, trickling, hung_up, cut, busy, crowded, garbled, somebody_else)
}
