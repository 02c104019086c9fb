"""Nothing that somebody can send with a form of any page is answered with an error of the hub's own.

``test_hostile_addresses.py`` asks every pattern with what no link holds; here are the forms that pages offer, found by
themselves, sent as they are but for one thing that is hostile: what is typed, what is hidden, or what is chosen.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.urls import resolve

from communities.models import CommunityPage
from core.numbers import LARGEST
from stories.models import StoryPage
from tests.fuzzing import fill
from tests.visibility import ROWS
from tests.visibility.rows import VIEWERS
from tests.visibility.world import World

OFFERED_TO = ("asha", "hub_team", "dev", "nobody")
NOT_SENT = ("/account/logout/", "/admin/", "/django-admin/")
EVERY = 6
"""Each form is sent every so many-th value, the next one the values after these."""
HOSTILE = (
    "\0",
    "a\0b",
    "\r\nSet-Cookie: x=1\r\n",
    "\u202e\u200b",
    "x" * 70_000,
    "9" * 30,
    "-1",
    "²",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01T99:99",
    "00000000-0000-0000-0000-00000000000g",
    "[]",
    '{"a": [{}]}',
    "@" * 500,
    "' OR 1=1 --",
    "a@b@c",
    "\U000e0041\ufffe",
)
KINDS = ("typed", "hidden", "chosen")


def kind_of(box: Tag) -> str:
    """How somebody fills it: what a browser would not let one type is sent by a script."""
    kind = str(box.get("type", "text"))
    if box.name == "select" or kind in {"radio", "checkbox"}:
        return "chosen"
    return "hidden" if kind == "hidden" else "typed"


def offered(world: World) -> Iterator[tuple[str, str, Tag]]:
    """Each form of each page, once: to whom, where it goes, and itself."""
    seen = set()
    for row, who in product(ROWS.values(), OFFERED_TO):
        expected = dict(zip(VIEWERS, row.public.split(), strict=True))
        if row.method != "get" or expected[who] != "200":
            continue
        answer = row.ask(world.browser(who), world.public)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        here = answer.request["PATH_INFO"]
        for form in BeautifulSoup(answer.content, "html.parser").select('form[method="post"]'):
            address = urlsplit(urljoin(here, str(form.get("action", "")))).path
            if address.startswith(NOT_SENT):
                continue
            alike = (resolve(address).route, *sorted({str(box["name"]) for box in boxes(form)}))
            if alike not in seen:
                seen.add(alike)
                yield who, address, form


def boxes(form: Tag) -> list[Tag]:
    named = form.select("input[name], textarea[name], select[name], button[name]")
    return [box for box in named if box.get("type") != "file" and box["name"] != "csrfmiddlewaretoken"]


def sent(form: Tag) -> dict[str, Any]:
    """What a browser would send of it as it stands, with something typed wherever it may be needed."""
    return {name: value or "Words." for name, value in fill(form).items()}


@pytest.mark.slow
def test_every_form_takes_hostile_values(world: World, db: Any) -> None:
    """A few of the values for each form, others for the next."""
    wrong, asked = [], 0
    for number, (who, address, form) in enumerate(list(offered(world))):
        names = {str(box["name"]): kind_of(box) for box in boxes(form)}
        for value, kind in product(HOSTILE[number % EVERY :: EVERY], KINDS):
            hostile = {name: value for name, its in names.items() if its == kind}
            if hostile:
                asked += 1
                status = answered(world, who, address, {**sent(form), **hostile})
                wrong += [(address, kind, value[:40], status)] if status >= 500 and status != 503 else []
    assert wrong == []
    assert asked > 300


def answered(world: World, who: str, address: str, said: dict[str, Any]) -> int:
    """The status. What goes wrong inside is the hub's answer, and what was done is undone."""
    browser = world.browser(who)
    browser.raise_request_exception = False
    with transaction.atomic():
        status = int(browser.post(address, said).status_code)
        transaction.set_rollback(True)
    return status


def test_a_number_that_no_key_can_have_finds_nothing(community: CommunityPage) -> None:
    for number in (LARGEST + 1, -LARGEST - 2):
        assert not CommunityPage.objects.filter(pk=number).exists()
        assert not StoryPage.objects.filter(community=number).exists()
    assert community in CommunityPage.objects.exclude(pk=LARGEST + 1)
