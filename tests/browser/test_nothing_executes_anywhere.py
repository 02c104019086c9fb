"""Hostile words through every form of every page that somebody is offered, whatever it is about, looked at in Chromium.

The pages are those of the table of addresses (``tests/visibility/``), so that a new page is typed into by itself. What
only a state of its own offers is in ``test_nothing_executes_in_states.py``.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django import forms
from django.db import transaction
from django.urls import resolve

from tests.browser.test_nothing_executes import ALL, lines, show
from tests.test_fields_are_attacked import ANYWHERE, fields_that
from tests.visibility import ROWS
from tests.visibility.rows import VIEWERS
from tests.visibility.world import World

__all__ = ["show"]
OFFERED_TO = ("asha", "hub_team", "nobody")
"""A facilitator, who runs the hub, and who is not signed in yet."""
WORDS = {"text", "search", "url", "tel"}
LOOKED_AT = {"email", "date", "time", "number"}
"""Kinds whose form by itself refuses anything else: words in them come back, with all that stands beside them."""
TYPED = WORDS | LOOKED_AT
MOST = 2000  # letters of one field
OF_THE_EDITOR = "wagtailadmin/"
"""Templates that are Wagtail's: what its own pages hold is not looked at here."""


def test_every_form_that_a_page_offers(show: Any, world: World, db: Any) -> None:
    attacked, seen = set(), set()
    for who, offered in pages(world):
        known = [*(f"{each.name} " for each in offered.templates), *(f"{name}." for name in forms_on(offered))]
        for form in BeautifulSoup(offered.content, "html.parser").select("form"):
            names, address = typed_into(form), address_of(form, offered)
            alike = (resolve(urlsplit(address).path).route, *names)
            attacked |= {f"{place}{name}" for place in known for name in names}
            if not names or alike in seen:
                continue
            seen.add(alike)
            is_looked_at = not LOOKED_AT.isdisjoint(str(box.get("type")) for box in form.select("input"))
            for kinds in [WORDS, TYPED] if is_looked_at else [WORDS]:
                answer = send(world.browser(who), address, form, kinds, len(seen))
                show(answer, answer.request["PATH_INFO"], is_hostile=False)
    assert set(fields_that(ANYWHERE)) <= attacked


def pages(world: World) -> Iterator[tuple[str, Any]]:
    """Each page of the hub, as those see it who are offered it."""
    for row in ROWS.values():
        expected = dict(zip(VIEWERS, row.public.split(), strict=True))
        for who in OFFERED_TO if row.method == "get" else ():
            if expected[who] == "200":
                answer = row.ask(world.browser(who), world.public)
                is_page = answer.get("Content-Type", "").startswith("text/html")
                if is_page and not any(str(each.name).startswith(OF_THE_EDITOR) for each in answer.templates):
                    yield who, answer


def forms_on(answer: Any) -> Iterator[str]:
    """The classes of forms that a page was given."""
    for layer in answer.context or ():
        for value in (value for each in getattr(layer, "dicts", [layer]) for value in each.values()):
            for kind in type(value).__mro__ if isinstance(value, forms.BaseForm) else ():
                if issubclass(kind, forms.BaseForm):
                    yield kind.__name__


def typed_into(form: Tag) -> list[str]:
    boxes = form.select("textarea[name], input[name]")
    return [str(box["name"]) for box in boxes if box.name == "textarea" or box.get("type", "text") in TYPED]


def address_of(form: Tag, offered: Any) -> str:
    """Where the form of a page goes."""
    asked = offered.request
    return urljoin(f"{asked['PATH_INFO']}?{asked['QUERY_STRING']}", str(form.get("action", "")))


def send(client: Any, address: str, form: Tag, kinds: set[str], number: int) -> Any:
    """What is answered to the form, filled as full as it may be. What it changed is changed back."""
    sent: dict[str, list[str]] = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        value = value_of(box, kinds, number + len(sent))
        if value is not None:
            sent.setdefault(str(box["name"]), []).append(value)
    button = form.select_one("button:not([type=button])")
    if button is not None and button.has_attr("name"):
        sent[str(button["name"])] = [str(button.get("value", ""))]
    ask = client.post if str(form.get("method", "get")).lower() == "post" else client.get
    with transaction.atomic():
        answer = ask(address, sent, follow=True)
        transaction.set_rollback(True)
    return answer


def value_of(box: Tag, kinds: set[str], number: int) -> str | None:
    """What stands in it when it is sent; ``None`` for what is not sent."""
    kind = box.name if box.name != "input" else str(box.get("type", "text"))
    if kind == "select":
        options = [str(one.get("value", one.text)) for one in box.select("option[selected]") or box.select("option")]
        return next(filter(None, options), "")
    if kind == "textarea":
        return ALL[: min(int(str(box.get("maxlength", MOST))), MOST)]
    if kind in kinds:
        return next(iter(lines(min(int(str(box.get("maxlength", 200))), 500), 1, number * 7)), "<b>")
    if kind in {"radio", "checkbox"}:
        return str(box.get("value", "on")) if box.has_attr("checked") or box.has_attr("required") else None
    return None if kind in {"submit", "button", "file"} else str(box.get("value", ""))
