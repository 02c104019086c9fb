"""Who may see what, at every address of the hub."""

from typing import Any

import pytest
from django.conf import settings
from wagtail.models import get_page_models

from tests.visibility import PAGES, ROWS, TABLE
from tests.visibility.routes import answer_of, routes
from tests.visibility.rows import VIEWERS
from tests.visibility.world import World


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert routes() == set(TABLE)


def test_every_page_type_has_a_row_and_every_row_a_page_type() -> None:
    ours = {model._meta.label for model in get_page_models() if model._meta.app_label in settings.ROOMS}
    assert ours == set(PAGES)


@pytest.mark.parametrize("name", ROWS)
def test_each_viewer_gets_what_the_table_says(world: World, db: Any, name: str) -> None:
    row, wrong = ROWS[name], []
    for audience in row.audiences:
        shelf, expected = getattr(world, audience), dict(zip(VIEWERS, getattr(row, audience).split(), strict=True))
        got = {viewer: answer_of(row.ask(world.browser(viewer), shelf)) for viewer in VIEWERS}
        wrong += [(audience, who, expected[who], got[who]) for who in VIEWERS if got[who] != expected[who]]
    assert not wrong
