"""The hub as an app: manifest, icons and the service worker, as a browser gets them."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from core.branding import branding
from design.art import mark
from home.installable import icons
from tests.hub.test_branding import picture, set_branding


def opened(address: str) -> Image.Image:
    answer = Client().get(address)
    assert answer["Cache-Control"].endswith("immutable")
    return Image.open(BytesIO(answer.content))


def test_the_manifest_says_whose_hub_it_is_and_its_icons_are_there(home: Any) -> None:
    set_branding(name="Fellmoot", body="Fell Council")
    answer = Client().get("/manifest.webmanifest")
    said = json.loads(answer.content)
    assert (said["name"], said["short_name"], said["display"]) == ("Fellmoot, Fell Council", "Fellmoot", "standalone")
    assert answer["Content-Type"] == "application/manifest+json"
    for one in said["icons"]:
        assert "x".join(map(str, opened(one["src"]).size)) == one["sizes"]
    assert {(one["sizes"], one["purpose"]) for one in said["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


def test_a_page_names_manifest_and_icon(home: Any) -> None:
    page = Client().get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    touch = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
    assert touch
    assert opened(touch[1]).size == (180, 180)


def test_the_drawn_icon_has_the_lines_of_the_mark() -> None:
    brand = (mark.HILL, mark.CUT)
    template = Path("templates/components/brand.html").read_text("utf-8")
    assert all(path in template for path in brand)
    colours = {colour for _count, colour in mark.drawn(64, 0.8).getcolors(9999)}
    assert {(0xF5, 0xF3, 0xEA), (0x5F, 0x6E, 0x2E)} <= colours


def test_the_logo_is_the_icon_on_its_own_ground(home: Any) -> None:
    before = icons.address(branding(), "maskable")
    set_branding(logo=picture(400, 200))
    made = opened(icons.address(branding(), "maskable"))
    assert made.getpixel((1, 1)) == made.getpixel((256, 256))  # one white picture on white
    assert Client().get(before).url == icons.address(branding(), "maskable")  # an old address leads on


def test_a_logo_whose_file_is_lost_gives_way_to_the_drawn_mark(home: Any) -> None:
    logo = picture(400, 200)
    set_branding(logo=logo)
    assert branding().logo
    logo.file.storage.delete(logo.file.name)
    assert opened(icons.address(branding(), "small")).size == (192, 192)


def test_no_icon_of_another_name(home: Any) -> None:
    assert Client().get(f"/icons/{icons.digest(branding())}/huge.png").status_code == 404


# -- the worker --------------------------------------------------------------------------------------------------------
def version(script: str) -> str:
    found = re.search(r'const VERSION = "(\w+)"', script)
    assert found
    return found[1]


def script() -> str:
    answer = Client().get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    return answer.content.decode()


def test_all_that_the_worker_keeps_is_open_to_everybody_and_needs_no_cookie(home: Any) -> None:
    found = re.search(r"const KEPT = (\[.*?\]);", script())
    assert found
    for address in json.loads(found[1]):
        if address.startswith("/static/"):
            continue  # served beside the application
        answer = Client().get(address)
        assert (answer.status_code, answer.cookies) == (200, {}), address


def test_another_name_is_another_version(home: Any) -> None:
    before = version(script())
    assert version(script()) == before
    set_branding(name="Fellmoot")
    assert version(script()) != before


@pytest.mark.parametrize("path", ["/offline/", "/sw.js", "/manifest.webmanifest"])
def test_what_is_kept_says_nothing_of_the_reader(hub_team: Any, path: str) -> None:
    browser = Client()
    browser.force_login(hub_team)
    assert browser.get(path).content == Client().get(path).content


def test_the_way_back_empties(home: Any, settings: Any) -> None:
    settings.SERVICE_WORKER = False
    assert "unregister()" in script()
    assert "installed.js" not in Client().get("/").content.decode()
