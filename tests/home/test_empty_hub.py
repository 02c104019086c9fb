"""A hub with nothing in it: each list says what to do first, or what will stand there."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core.mail import contact
from home.models import HomePage
from people.models import User
from tests.conftest import browse

EMPTY = {
    "/communities/": ("Start the first community", "communities", "communitypage", "People with a purpose will stand"),
    "/stories/": ("Tell the first story", "stories", "storypage", "What people did and what came of it will stand"),
    "/guidance/": (
        "Write the first page",
        "knowledge",
        "guidancepage",
        "What communities know and keep true will stand",
    ),
    "/surgeries/": (
        "Announce the first surgery",
        "surgeries",
        "surgerypage",
        "Drop-ins with people who know will stand",
    ),
}


def shown(browser: Client, address: str) -> str:
    return " ".join(browser.get(address).content.decode().split())


@pytest.mark.parametrize("address", [*EMPTY, "/"])
def test_whoever_may_begins_there(hub_team: User, carys: User, address: str) -> None:
    action, app, model, _words = EMPTY["/communities/" if address == "/" else address]
    index = Page.objects.get(slug="communities" if address == "/" else address.strip("/"), depth=3)
    begin = reverse("wagtailadmin_pages:add", args=[app, model, index.pk])
    for reader in (None, carys, hub_team, carys):  # what is kept for one is not shown to another
        page = shown(browse(reader), address)
        assert (begin in page, action in page) == (reader is hub_team, reader is hub_team)
    assert browse(hub_team).get(begin).status_code == 200


@pytest.mark.parametrize("address", [*EMPTY, "/"])
@pytest.mark.parametrize("reader", ["nobody", "carys"])
def test_others_read_what_will_stand_there_and_whom_to_tell(
    home: HomePage, carys: User, address: str, reader: str
) -> None:
    page = shown(browse(carys if reader == "carys" else None), address)
    assert EMPTY["/communities/" if address == "/" else address][3] in page
    assert f"mailto:{contact().email}" in page.partition("<footer")[0]


def test_whoever_is_not_signed_in_learns_how_to_see_people(home: HomePage) -> None:
    page = shown(browse(), "/people/")
    assert "Nobody shows their page here yet." in page
    assert "Sign in to see them" in page


def test_a_name_that_nobody_has_is_not_an_empty_hub(home: HomePage, carys: User) -> None:
    page = shown(browse(carys), "/people/?q=zzyzx")
    assert "Nobody by that name is here." in page
    assert "Nobody shows their page" not in page


def test_search_says_that_there_is_nothing_to_find_yet(home: HomePage) -> None:
    assert "There is nothing to find yet." in shown(browse(), "/search/")
