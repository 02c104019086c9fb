"""``python -m tools.pictures [ADDRESS] [NAME…]``: the pictures of the README and of the docs, from a hub that runs with
the demo. With names, those alone.

Needs what ``make test`` installs, and Chromium.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import browser
from tools.places import ROOT
from tools.terminal import Trouble, say, script

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 400_000  # bytes
LARGEST_IN_DOCS = 100_000
COLOURS = (256, 128, 64, 32, 16)
PASSWORD = "folkmoot"  # noqa: S105 (of the demo)
PRIYA = "priya.nair@withermere.example"
TEAM = "hub.team@withermere.example"
SIOBHAN = "siobhan.keogh@withermere.example"
PEOPLE = b"""E-mail,Name,Kind,Organisation
moses.okello@withermere.example,Moses Okello,staff,
tom.braithwaite@withermere.example,Thomas Braithwaite,staff,
ada.holroyd@thornefostering.example,Ada Holroyd,partner,Thorne Fostering Trust
nobody,Nobody,staff,
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in one window."""

    name: str
    path: str
    width: int = 1280
    height: int = 864
    theme: str = "light"
    person: str = PRIYA
    act: Callable[[Page], None] | None = None
    """What is pressed before the picture is taken."""
    largest: int = LARGEST


def of_docs(name: str, path: str, person: str = TEAM, *, height: int = 864, act: Any = None) -> Picture:
    """A smaller file: it shows words and no photographs."""
    return Picture(name, path, height=height, person=person, act=act, largest=LARGEST_IN_DOCS)


def first_link(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words).first.click()
    page.wait_for_load_state("networkidle")


def open_first_directory(page: Page) -> None:
    first_link(page, "Entra of Withermere Council")


def open_the_alarm(page: Page) -> None:
    first_link(page, "carbon monoxide")


def open_which_path(page: Page) -> None:
    first_link(page, "Which path shall be lit")


def open_bronwen(page: Page) -> None:
    first_link(page, "Bronwen Tate")


def upload_people(page: Page) -> None:
    """Lines that can be taken, one that changes somebody, and one that cannot be taken."""
    page.locator("[name=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE})
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/ways-in/people/*/")


PICTURES = (
    Picture("front", "/"),
    Picture("front-dark", "/", theme="dark"),
    Picture("community", "/communities/foster-care-together/"),
    Picture("search", "/search/?q=nighttime+pedestrians"),
    Picture("phone", "/", width=390, height=844),
    Picture("first-hour", "/first-hour/", height=1130, person=TEAM),
    of_docs("invitations", "/ways-in/invitations/", height=1080),
    of_docs("invite", "/ways-in/invitations/new/", height=1080),
    of_docs("from-outside", "/ways-in/stays/"),
    of_docs("from-a-file", "/ways-in/people/", height=1080, act=upload_people),
    of_docs("leaving", "/ways-in/leaving/yusuf-demir/", height=1080),
    of_docs("directories", "/ways-in/directories/", act=open_first_directory, height=1400),
    of_docs("conversation", "/conversations/in/winter-warmth/?kind=question", PRIYA, act=open_the_alarm, height=1000),
    of_docs(
        "consultation", "/conversations/in/parks-at-dusk/?kind=consultation", PRIYA, act=open_which_path, height=1250
    ),
    of_docs("named", "/named/waiting/", SIOBHAN, act=open_bronwen, height=1000),
    of_docs("inbox", "/inbox/", SIOBHAN, height=1080),
    of_docs("preferences", "/inbox/settings/", SIOBHAN, height=1080),
)


def main() -> int:
    """Take every picture as a member of staff sees the page."""
    address, *names = sys.argv[1:] or ["http://127.0.0.1:8000"]
    address = address.rstrip("/")
    chosen = [picture for picture in PICTURES if not names or picture.name in names]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.chromium())
        for picture in chosen:
            save(taken(chromium, address, picture), FOLDER / f"{picture.name}.png", picture.largest)
        chromium.close()
    return 0


def taken(chromium: Browser, address: str, picture: Picture) -> bytes:
    """The upper part of the page, as PNG."""
    context = chromium.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.theme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    sign_in(context, address, picture.person)
    page = context.new_page()
    answer = page.goto(address + picture.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise Trouble(f"{picture.path} did not answer as it should; does {address} show the demo?")
    if picture.act:
        picture.act(page)
    image = page.screenshot()
    context.close()
    return image


def sign_in(context: BrowserContext, address: str, person: str) -> None:
    """Through the door that everybody takes."""
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")
    page.close()


def save(image: bytes, path: Path, largest: int) -> None:
    """Write the picture with as many colours as its size allows."""
    whole = Image.open(BytesIO(image)).convert("RGB")
    for colours in COLOURS:
        whole.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= largest:
            break
    say(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    script(main)
