"""Who may see what, at every address of the hub; and what every answer keeps to, whoever asks."""

from collections import deque
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from wagtail.models import get_page_models

from tests.quick import some
from tests.visibility import PAGES, ROWS, TABLE
from tests.visibility.promises import KEPT_BY_ALL, broken
from tests.visibility.routes import answer_of, routes
from tests.visibility.rows import VIEWERS
from tests.visibility.world import MARKER, World

MEMBERS_FIRST = sorted(VIEWERS, key=lambda viewer: viewer != "dev")
"""Parts of pages are kept: what a member saw is not for whoever comes next."""
ON_POSTGRESQL = [viewer for viewer in MEMBERS_FIRST if viewer not in {"carys", "bryn"}]
"""Of outsiders who signed in, Asha brings the same queries the most groups: what Carys and Bryn may not see is asked
with fewer values of the same kind.
"""
NUMBERS = {name: number for number, name in enumerate(ROWS)}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert routes() == set(TABLE)


def test_every_page_type_has_a_row_and_every_row_a_page_type() -> None:
    ours = {model._meta.label for model in get_page_models() if model._meta.app_label in settings.ROOMS}
    assert ours == set(PAGES)


@pytest.mark.parametrize("name", ROWS)
def test_each_viewer_gets_what_the_table_says_and_nothing_else(world: World, db: Any, name: str) -> None:
    """PostgreSQL is asked for what is private: the same queries, with the fewest who may."""
    row, wrong, everywhere = ROWS[name], [], connection.vendor == "sqlite"
    audiences, readers = (row.audiences, MEMBERS_FIRST) if everywhere else (row.audiences[-1:], ON_POSTGRESQL)
    for audience, who in some(product(audiences, readers), every=len(readers), turn=NUMBERS[name]):
        expected = dict(zip(VIEWERS, getattr(row, audience).split(), strict=True))[who]
        response = row.ask(world.browser(who), getattr(world, audience))
        if (got := answer_of(response)) != expected:
            wrong.append((audience, who, expected, got))
        wrong += [(audience, who, fault) for fault in broken(name, who, response)]
        deque(getattr(response, "streaming_content", ()), maxlen=0)  # read to its end, so that its file is closed
    assert not wrong


def answer(content: str = "") -> Any:
    """What the hub might answer to somebody who asked for a page."""
    response: Any = HttpResponse(content)
    response.request = {"PATH_INFO": "/page/", "QUERY_STRING": ""}
    return response


@pytest.mark.parametrize("mark", ['<p style="">', "<style>", "<a onclick=x>", "<a href='javascript:x'>"])
def test_what_no_answer_may_hold_is_seen_in_it(mark: str) -> None:
    said = list(broken("page/", "carys", answer(f"{mark} {MARKER.title()}")))
    assert len(said) == len(list(broken("page/", "carys", answer()))) + 2 == 5


@pytest.fixture
def kept(world: World, db: Any) -> Callable[[str], str]:
    browser = world.browser("carys")
    return lambda name: str(ROWS[name].ask(browser, world.public).get("Cache-Control", ""))


def test_what_depends_on_no_reader_is_kept_by_shared_caches(kept: Callable[[str], str]) -> None:
    """Without this the table might find nothing because nothing is kept."""
    assert [name for name in ROWS if name.startswith(KEPT_BY_ALL) and "public" in kept(name)]
