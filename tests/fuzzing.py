"""Hostile addresses: every pattern of the hub, with what no link of it holds. Seeded, so that a fault comes back."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bs4 import Tag
from django.test import Client
from django.urls import get_resolver

from tests.visibility.routes import THIRD_PARTY_TREES, routes_below
from tests.visibility.world import World

HOSTILE = (
    "%00",
    "a%00b",
    "0",
    "-1",
    "99999999999999999999999",
    "2147483648",
    "1e9",
    "%D9%A3",  # an Arabic three, which is a digit to Python
    "%C2%B2",  # a raised two, which is a digit and no number
    "%FF%FE",  # no UTF-8
    "%E2%80%AE",
    "%F0%9F%8C%BB",
    "%0d%0aSet-Cookie:x=1",
    "..%2F..%2Fetc%2Fpasswd",
    "%2e%2e",
    "'%22%3E%3Cscript%3E",
    "x" * 3000,
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "2026-W99-9",
    "null",
    "nan",
    "None",
    "%",
    "%zz",
    "*",
    "%22%22%22",
    "AND+OR+NOT+NEAR(",
    "%7B%7Bx%7D%7D",
)
NAMES = (
    *("q", "page", "p", "kind", "topic", "community", "person", "source", "date", "year", "week", "for", "next"),
    *("removed", "id", "order", "ordering", "tab", "version", "by", "where", "thing", "of", "about", "from", "to"),
)
FORMS = ("q", "text", "not", "email", "role", "note", "alerts", "filters", "kind", "topic", "login", "password", "stay")
GROUP = re.compile(r"<[^>]+>|\((?:\?P<\w+>)?[^()]*(?:\([^()]*\)[^()]*)*\)[*+?]?")


@dataclass(frozen=True)
class Shot:
    """One hostile request."""

    method: str
    address: str
    form: tuple[tuple[str, str], ...] = ()

    def fire(self, browser: Client) -> int:
        """The status. What goes wrong inside is the hub's answer, not the test's end."""
        browser.raise_request_exception = False
        if self.method == "get":
            return int(browser.get(self.address).status_code)
        return int(browser.post(self.address, dict(self.form)).status_code)


def front() -> list[str]:
    """The patterns that readers meet."""
    return sorted(route for route in routes_below(get_resolver(), "") if route not in THIRD_PARTY_TREES)


def editor() -> list[str]:
    """The patterns of Wagtail's editor and of Django's admin that name a thing."""
    trees = [tree for tree in get_resolver().url_patterns if str(tree.pattern) in THIRD_PARTY_TREES]
    everything = (route for tree in trees for route in _below(tree, str(tree.pattern)))
    return sorted({route for route in everything if GROUP.search(route)})


def _below(tree: Any, above: str) -> Iterator[str]:
    for pattern in getattr(tree, "url_patterns", ()):
        route = above + str(pattern.pattern).removeprefix("^")
        if hasattr(pattern, "url_patterns"):
            yield from _below(pattern, route)
        else:
            yield route


def filled(route: str, values: Iterator[str]) -> str:
    """The address of a pattern, with something for each of its groups."""
    plain = GROUP.sub(lambda _group: next(values), route.replace("/^", "/").removeprefix("^").removesuffix("$"))
    return "/" + plain.replace("\\.", ".").replace("\\Z", "").replace("$", "").lstrip("/")


def shots(route: str, chance: random.Random, count: int) -> Iterator[Shot]:
    """``count`` hostile requests of one pattern, about every third of them a form."""
    first = chance.randrange(3)
    for number in range(first, first + count):
        address = filled(route, iter(lambda: chance.choice(HOSTILE), None))
        if number % 3 == 2:
            yield Shot("post", address, tuple((name, _typed(chance)) for name in chance.sample(FORMS, 4)))
        else:
            asked = "&".join(f"{name}={chance.choice(HOSTILE)}" for name in chance.sample(NAMES, 5))
            yield Shot("get", f"{address}?{asked}&{chance.choice(NAMES)}[]=1&{chance.choice(NAMES)}")


def known(world: World, addresses: list[str], chance: random.Random) -> Iterator[Shot]:
    """Every address that there is, each parameter with every hostile value in its turn."""
    for address in addresses:
        bare = address.partition("?")[0]
        for start in range(0, len(HOSTILE), 6):
            values = HOSTILE[start : start + 6]
            asked = "&".join(f"{name}={value}" for value in values for name in chance.sample(NAMES, 3))
            yield Shot("get", f"{bare}?{asked}")


def _typed(chance: random.Random) -> str:
    return chance.choice(("\0", "a\0b", "9" * 30, "-1", "²", "\u202e", "x" * 20_000, "[]", "{}", quote("\r\n"), "\r\n"))


def fill(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched. Files are left alone."""
    found: dict[str, Any] = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(box["name"]), box.get("type", "text")
        if box.name == "textarea":
            found[name] = box.text.removeprefix("\n")
        elif box.name == "select":
            options = box.select("option")
            chosen = next((one for one in options if one.has_attr("selected")), options[-1] if options else None)
            found[name] = chosen.get("value", chosen.text) if chosen else ""
        elif kind in {"radio", "checkbox"}:
            if box.has_attr("checked") or (kind == "radio" and name not in found):
                found[name] = box.get("value", "on")
        elif kind not in {"file", "submit"}:
            found[name] = box.get("value", "")
    found.pop("csrfmiddlewaretoken", None)
    return found
