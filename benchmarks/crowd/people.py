"""The crowd: each person is a thread with a connection and a session of their own. It stops by itself."""

import secrets
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from benchmarks.crowd.deeds import MIX
from benchmarks.places import HOST

TIMEOUT = 60  # seconds
AWAY = 0  # in the place of a status: nobody answered


@dataclass(slots=True)
class TimedResponse:
    """One request: of which kind, what was answered, after how many milliseconds, and when."""

    kind: str
    path: str
    status: int
    taken: float
    at: float


@dataclass(slots=True)
class Crowd:
    """So many people for so many seconds."""

    port: int
    hub: dict[str, Any]
    seconds: float
    seed: int = 1
    answers: list[TimedResponse] = field(default_factory=list)

    def run(self) -> None:
        """Let all of them do what people do until the time is over."""
        until = time.monotonic() + self.seconds
        people = [SimulatedPerson(self, number, session) for number, session in enumerate(self.hub["sessions"])]
        threads = [threading.Thread(target=person.live, args=(until,), daemon=True) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=self.seconds + 2 * TIMEOUT)


class SimulatedPerson:
    """Somebody with a browser."""

    def __init__(self, crowd: Crowd, number: int, session: str) -> None:
        self.crowd, self.chance = crowd, Random(crowd.seed * 1000 + number)  # noqa: S311 (nothing secret)
        self.token = secrets.token_hex(16)
        cookies = {crowd.hub["cookie"]: session, crowd.hub["csrf"]: self.token}
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.connection = HTTPConnection(HOST, crowd.port, timeout=TIMEOUT)

    def live(self, until: float) -> None:
        deeds, weights = list(MIX), list(MIX.values())
        while time.monotonic() < until:
            deed = self.chance.choices(deeds, weights)[0]
            deed(self, self.chance, self.crowd.hub)
        self.connection.close()

    def get(self, kind: str, path: str, **parameters: str) -> str:
        return self._ask(kind, "GET", f"{path}?{urlencode(parameters)}" if parameters else path)

    def post(self, kind: str, path: str, /, **data: Any) -> str:
        return self._ask(kind, "POST", path, urlencode({"csrfmiddlewaretoken": self.token, **data}, doseq=True))

    def send_form(self, kind: str, path: str, **changes: str) -> str:
        """Fetch the page with a form that is sent to itself, and send it with some fields changed."""
        page = BeautifulSoup(self.get("form", path), "html.parser")
        forms = page.find_all("form", method="post")
        form = next((one for one in forms if one.select_one(f"[name={next(iter(changes))}]")), None)
        return self.post(kind, path, **{**filled(form), **changes}) if form else ""

    def _ask(self, kind: str, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        began, status, text = time.monotonic(), AWAY, ""
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            status, text = answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException):
            self.connection.close()
            time.sleep(0.2)
        taken = (time.monotonic() - began) * 1000
        self.crowd.answers.append(TimedResponse(kind, path, status, taken, began))
        return text


def filled(form: Any) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched. Files are left alone."""
    sent: dict[str, Any] = {}
    for each in form.find_all(["input", "textarea", "select"]):
        name, kind = each.get("name"), each.get("type", "text")
        if not name or kind in {"file", "submit", "button"}:
            continue
        if each.name == "textarea":
            sent[name] = each.text.removeprefix("\n")
        elif each.name == "select":
            sent[name] = [option.get("value", option.text) for option in each.find_all("option", selected=True)]
        elif kind not in {"checkbox", "radio"} or each.has_attr("checked"):
            empty = "on" if kind in {"checkbox", "radio"} else ""
            sent.setdefault(name, []).append(each.get("value", empty))
    sent.pop("csrfmiddlewaretoken", None)
    return sent
